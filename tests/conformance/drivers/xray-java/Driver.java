import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.internal.UnsignedXrayClient;
import com.amazonaws.xray.jakarta.servlet.AWSXRayServletFilter;
import com.amazonaws.xray.strategy.sampling.CentralizedSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.GetSamplingTargetsRequest;
import com.amazonaws.xray.strategy.sampling.LocalizedSamplingStrategy;
import com.amazonaws.xray.strategy.sampling.SamplingRequest;
import com.amazonaws.xray.strategy.sampling.SamplingResponse;
import com.amazonaws.xray.strategy.sampling.SamplingStrategy;
import com.amazonaws.xray.strategy.sampling.manifest.CentralizedManifest;
import com.amazonaws.xray.strategy.sampling.reservoir.CentralizedReservoir;
import com.amazonaws.xray.strategy.sampling.rule.CentralizedRule;
import com.amazonaws.xray.strategy.sampling.rule.SamplingRule;
import com.amazonaws.xray.strategy.sampling.rule.Statistics;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;

/** A driver of the AWS X-Ray SDK for Java. See ../README.md. */
public final class Driver {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What the network says next. */
  private static byte[] said = {};

  private final SamplingStrategy strategy;
  /** Null where the rules are local. */
  private final CentralizedSamplingStrategy central;
  /** The reservoirs of local rules, by their places. */
  private final List<Object> reservoirs = new ArrayList<>();

  private Driver(JsonNode given) throws Exception {
    if (given.get("mode").asText().equals("local")) {
      said = JSON.writeValueAsBytes(given.get("document"));
      strategy = new LocalizedSamplingStrategy(new URL("http://127.0.0.1/document"));
      central = null;
      for (Object rule : (List<?>) read(strategy, "rules")) {
        reservoirs.add(((SamplingRule) rule).getReservoir());
      }
    } else {
      central = new CentralizedSamplingStrategy();
      strategy = central;
      field(central, "isStarted").setBoolean(central, true); // without pollers
      fetchRules(given.get("rules"));
    }
  }

  private void fetchRules(JsonNode rules) throws Exception {
    ObjectNode answer = NODES.objectNode();
    ArrayNode records = answer.putArray("SamplingRuleRecords");
    rules.forEach(rule ->
        records.addObject().put("CreatedAt", 0.0).put("ModifiedAt", 0.0).set("SamplingRule", rule));
    said = JSON.writeValueAsBytes(answer);
    Object poller = read(central, "rulePoller");
    Method poll = poller.getClass().getDeclaredMethod("pollRule");
    poll.setAccessible(true);
    try {
      poll.invoke(poller);
    } catch (InvocationTargetException refused) {
      // As the poller does: it goes on with the rules it has.
    }
  }

  private void fetchTargets(JsonNode targets) throws Exception {
    ObjectNode answer = NODES.objectNode();
    answer.put("LastRuleModification", 0);
    answer.set("SamplingTargetDocuments", targets);
    answer.putArray("UnprocessedStatistics");
    said = JSON.writeValueAsBytes(answer);
    UnsignedXrayClient client = (UnsignedXrayClient) read(read(central, "targetPoller"), "client");
    manifest().putTargets(
        client.getSamplingTargets(GetSamplingTargetsRequest.create(Collections.emptyList())).getDocuments(),
        Replaced.now);
  }

  private CentralizedManifest manifest() throws Exception {
    return (CentralizedManifest) read(central, "manifest");
  }

  private ObjectNode statistics() throws Exception {
    ObjectNode counts = NODES.objectNode();
    List<CentralizedRule> rules = new ArrayList<>(manifest().getRules().values());
    if (manifest().getDefaultRule() != null) {
      rules.add(manifest().getDefaultRule());
    }
    for (CentralizedRule rule : rules) {
      if (((Statistics) read(rule, "statistics")).getRequests() != 0) {
        var document = rule.snapshot(Date.from(Replaced.now));
        counts.putArray(rule.getName()).add(document.getRequestCount()).add(document.getSampledCount())
            .add(document.getBorrowCount());
      }
    }
    return counts;
  }

  private ObjectNode answer(JsonNode request) throws Exception {
    ObjectNode answer = NODES.objectNode();
    if (request.has("upstream")) {
      return answer.put("sampled", filtered(request)).put("by", "upstream").putNull("rule");
    }
    Replaced.reservoir = null;
    Replaced.taken = false;
    SamplingResponse response = strategy.shouldTrace(new SamplingRequest(text(request, "service_name"),
        text(request, "host"), text(request, "url_path"), text(request, "http_method"),
        text(request, "service_type")));
    if (central == null) {
      int place = reservoirs.indexOf(Replaced.reservoir);
      answer.set("rule", place < 0 ? NODES.textNode("default") : NODES.numberNode(place));
    } else {
      answer.put("rule", response.getRuleName().orElse(null));
    }
    answer.put("sampled", response.isSampled());
    boolean borrowed = Replaced.reservoir instanceof CentralizedReservoir reservoir && reservoir.isExpired(Replaced.now);
    return answer.put("by",
        !response.isSampled() ? "none" : !Replaced.taken ? "rate" : borrowed ? "borrow" : "reservoir");
  }

  /** Puts a request with a trace header to the servlet filter, which weighs header and strategy. */
  private boolean filtered(JsonNode request) {
    AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
    recorder.setSamplingStrategy(strategy);
    recorder.setOrigin(text(request, "service_type"));
    String header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled="
        + (request.get("upstream").asText().equals("sampled") ? "1" : "0");
    HttpServletRequest incoming = (HttpServletRequest) Proxy.newProxyInstance(Driver.class.getClassLoader(),
        new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> switch (method.getName()) {
          case "getHeader" -> switch ((String) arguments[0]) {
            case "X-Amzn-Trace-Id" -> header;
            case "Host" -> text(request, "host");
            default -> null;
          };
          case "getMethod" -> text(request, "http_method");
          case "getRequestURI" -> text(request, "url_path");
          case "getRequestURL" -> new StringBuffer();
          default -> null;
        });
    // The sampler is asked with the first name; the segment has the second, which may not be blank.
    Iterator<String> names = List.of(request.path("service_name").asText(), "segment").iterator();
    try {
      Segment segment = new AWSXRayServletFilter(asked -> names.next()).preFilter(incoming, null);
      return segment.isSampled();
    } finally {
      recorder.clearTraceEntity();
    }
  }

  private ArrayNode answers(JsonNode steps) throws Exception {
    ArrayNode answers = NODES.arrayNode();
    for (JsonNode step : steps) {
      setClock(step.get("at"));
      Replaced.draw = step.path("draw").asDouble();
      if (step.has("rules")) {
        fetchRules(step.get("rules"));
      } else if (step.has("targets")) {
        fetchTargets(step.get("targets"));
      } else if (step.has("statistics")) {
        answers.addObject().set("statistics", statistics());
      } else {
        try {
          answers.add(answer(step.get("request")));
        } catch (RuntimeException error) {
          answers.addObject().put("error", error.toString());
        }
      }
    }
    return answers;
  }

  private static ObjectNode replayed(JsonNode given) throws Exception {
    ObjectNode result = NODES.objectNode();
    result.set("case", given.get("case"));
    String mode = given.get("mode").asText();
    if (!mode.equals("central") && !mode.equals("local")) {
      return result.put("unsupported", "no mode " + mode);
    }
    setClock(given.get("at"));
    Driver driver;
    try {
      driver = new Driver(given);
    } catch (RuntimeException refused) {
      return result.put("refused", refused.toString());
    }
    result.set("answers", driver.answers(given.get("steps")));
    return result;
  }

  private static void setClock(JsonNode at) {
    Replaced.now = Instant.ofEpochSecond(at.get(0).asLong(), at.get(1).asLong());
  }

  private static String text(JsonNode request, String key) {
    return request.has(key) ? request.get(key).asText() : null;
  }

  private static Field field(Object of, String name) throws NoSuchFieldException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static Object read(Object of, String name) throws Exception {
    return field(of, name).get(of);
  }

  /** Stands for the network: whatever is asked, `said` is the answer. */
  private static final class Said extends HttpURLConnection {
    Said(URL url) {
      super(url);
    }

    @Override
    public void connect() {}

    @Override
    public void disconnect() {}

    @Override
    public boolean usingProxy() {
      return false;
    }

    @Override
    public int getResponseCode() {
      return HTTP_OK;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(said);
    }
  }

  public static void main(String[] arguments) throws Exception {
    System.setProperty("org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    URL.setURLStreamHandlerFactory(protocol -> !protocol.equals("http") ? null : new URLStreamHandler() {
      @Override
      protected URLConnection openConnection(URL url) {
        return new Said(url);
      }
    });
    Properties properties = new Properties();
    try (InputStream stream = AWSXRayRecorder.class.getResourceAsStream("/com/amazonaws/xray/sdk.properties")) {
      properties.load(stream);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ObjectNode hello = NODES.objectNode().put("protocol", 1).put("recorder", "xray-java")
        .put("sdk", "aws-xray-recorder-sdk-core")
        .put("version", properties.getProperty("awsxrayrecordersdk.version"));
    hello.putArray("modes").add("central").add("local");
    out.println(JSON.writeValueAsString(hello));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(JSON.writeValueAsString(replayed(JSON.readTree(line))));
    }
  }
}
