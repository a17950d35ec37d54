package io.opentelemetry.contrib.awsxray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * A driver of the OpenTelemetry sampler for X-Ray, in the sampler's package, since its rules and reservoirs are not public.
 * See ../README.md.
 */
public final class Driver {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, String> PLATFORMS = Map.of(
      "AWS::EC2::Instance", "aws_ec2",
      "AWS::ECS::Container", "aws_ecs",
      "AWS::EKS::Container", "aws_eks",
      "AWS::ElasticBeanstalk::Environment", "aws_elastic_beanstalk",
      "AWS::Lambda::Function", "aws_lambda");
  /** This version reads the older names alone. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of("host", "http.host", "http_method", "http.method", "url_path", "http.target");

  private static long nanos;

  private static final Clock CLOCK = new Clock() {
    @Override
    public long now() {
      return nanos;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }
  };

  /** What the network says next. */
  private static String said = "";

  private static final OkHttpClient NETWORK = new OkHttpClient.Builder().addInterceptor(chain -> new Response.Builder()
      .request(chain.request()).protocol(Protocol.HTTP_1_1).code(200).message("OK")
      .body(ResponseBody.create(said, MediaType.get("application/json"))).build()).build();

  /** Stands for the poller's thread: what is put off is never done. */
  private static final Object NEVER = Proxy.newProxyInstance(Driver.class.getClassLoader(),
      new Class<?>[] {ScheduledExecutorService.class}, (proxy, method, arguments) -> null);

  private final AwsXrayRemoteSampler sampler;
  /** Counted since the last report by rules that are gone or have been. */
  private final Map<String, long[]> counted = new HashMap<>();
  /** Until when a rule's rate would be a boosted one. */
  private final Map<String, Long> boosted = new HashMap<>();
  private boolean boostMissed;

  private Driver(JsonNode rules) throws Exception {
    // An endpoint that is no URL has the thread's first request fail at once.
    sampler = new AwsXrayRemoteSamplerBuilder(Resource.empty()).setClock(CLOCK).setEndpoint("none").build();
    ScheduledExecutorService thread = (ScheduledExecutorService) read(sampler, "executor");
    thread.submit(() -> {}).get();
    sampler.close();
    field(sampler, "executor").set(sampler, NEVER);
    Object client = new XraySamplerClient("http://127.0.0.1");
    field(client, "httpClient").set(client, NETWORK);
    field(sampler, "client").set(sampler, client);
    fetchRules(rules);
  }

  private void fetchRules(JsonNode rules) throws Exception {
    report();
    ObjectNode answer = NODES.objectNode();
    ArrayNode records = answer.putArray("SamplingRuleRecords");
    rules.forEach(rule ->
        records.addObject().put("CreatedAt", 0.0).put("ModifiedAt", 0.0).set("SamplingRule", rule));
    said = JSON.writeValueAsString(answer);
    invoke("getAndUpdateSampler");
  }

  private void fetchTargets(JsonNode targets) throws Exception {
    if (rules() == null) {
      return; // It asks for targets once it has rules.
    }
    report();
    for (JsonNode target : targets) {
      if (target.has("SamplingBoost")) {
        double until = target.get("SamplingBoost").path("BoostRateTTL").asDouble();
        boosted.put(target.get("RuleName").asText(), (long) (until * 1e9));
      }
    }
    ObjectNode answer = NODES.objectNode();
    answer.put("LastRuleModification", 0);
    answer.set("SamplingTargetDocuments", targets);
    answer.putArray("UnprocessedStatistics");
    said = JSON.writeValueAsString(answer);
    invoke("fetchTargets");
  }

  private void invoke(String name) throws Exception {
    Method method = AwsXrayRemoteSampler.class.getDeclaredMethod(name);
    method.setAccessible(true);
    method.invoke(sampler);
  }

  private Object rules() throws Exception {
    return read(sampler, "internalXrayRulesSampler");
  }

  private SamplingRuleApplier[] appliers() throws Exception {
    return rules() == null ? new SamplingRuleApplier[0] : (SamplingRuleApplier[]) read(rules(), "ruleAppliers");
  }

  /** Statistics go out whenever targets are asked for; they are kept until a step wants them. */
  private void report() throws Exception {
    for (SamplingRuleApplier applier : appliers()) {
      long[] counts = counted.computeIfAbsent(applier.getRuleName(), name -> new long[3]);
      counts[0] += counter(applier, "requests").sumThenReset();
      counts[1] += counter(applier, "sampled").sumThenReset();
      counts[2] += counter(applier, "borrowed").sumThenReset();
    }
  }

  private ObjectNode statistics() throws Exception {
    report();
    ObjectNode counts = NODES.objectNode();
    counted.forEach((name, of) -> {
      if (of[0] != 0) {
        counts.putArray(name).add(of[0]).add(of[1]).add(of[2]);
      }
    });
    counted.clear();
    return counts;
  }

  private static LongAdder counter(SamplingRuleApplier applier, String name) throws Exception {
    return (LongAdder) read(read(applier, "statistics"), name);
  }

  /** What changes when a bucket is paid out; null where there is no bucket. */
  private static Long balance(Object reservoir) throws Exception {
    return reservoir instanceof RateLimitingSampler
        ? ((AtomicLong) read(read(reservoir, "limiter"), "currentBalance")).get() : null;
  }

  private ObjectNode answer(JsonNode request, double draw) throws Exception {
    String type = request.path("service_type").asText(null);
    if (type != null && !PLATFORMS.containsKey(type)) {
      return NODES.objectNode().put("unsupported", "a service type is told by one of five platforms");
    }
    if (rules() != null) {
      field(rules(), "resource").set(rules(), resource(request, type));
    }
    Object fallback = read(read(read(sampler, "initialSampler"), "root"), "first");
    SamplingRuleApplier[] appliers = appliers();
    Long[] balances = new Long[appliers.length];
    for (int i = 0; i < appliers.length; ++i) {
      balances[i] = balance(read(appliers[i], "reservoirSampler"));
    }
    Long fallbackBalance = balance(fallback);
    long[] requests = new long[appliers.length];
    for (int i = 0; i < appliers.length; ++i) {
      requests[i] = counter(appliers[i], "requests").sum();
    }

    String traceId = String.format("0000000000000001%016x", (long) (draw * 0x1p63));
    Context parent = Context.root();
    String upstream = request.path("upstream").asText(null);
    if (upstream != null) {
      parent = parent.with(Span.wrap(SpanContext.createFromRemoteParent(traceId, "0000000000000001",
          upstream.equals("sampled") ? TraceFlags.getSampled() : TraceFlags.getDefault(), TraceState.getDefault())));
    }
    boolean sampled = sampler.shouldSample(parent, traceId, "span", SpanKind.SERVER, attributes(request),
        Collections.emptyList()).getDecision() == SamplingDecision.RECORD_AND_SAMPLE;

    ObjectNode answer = NODES.objectNode().putNull("rule").put("sampled", sampled);
    boolean paid = !balance(fallback).equals(fallbackBalance);
    boolean borrowed = false;
    boolean asked = false;
    for (int i = 0; i < appliers.length; ++i) {
      if (counter(appliers[i], "requests").sum() != requests[i]) {
        asked = true;
        answer.put("rule", appliers[i].getRuleName());
        Long now = balance(read(appliers[i], "reservoirSampler"));
        paid = now != null && !now.equals(balances[i]);
        borrowed = (boolean) read(appliers[i], "borrowing");
        if (!paid && boosted.getOrDefault(appliers[i].getRuleName(), 0L) > nanos) {
          boostMissed = true;
          return NODES.objectNode().put("unsupported", "this version knows no boosted rates");
        }
      }
    }
    if (upstream != null && !asked) {
      return answer.put("by", "upstream");
    }
    return answer.put("by", !sampled ? "none" : !paid ? "rate" : borrowed ? "borrow" : "reservoir");
  }

  private static Resource resource(JsonNode request, String type) {
    AttributesBuilder attributes = Attributes.builder();
    if (request.has("service_name")) {
      attributes.put("service.name", request.get("service_name").asText());
    }
    if (type != null) {
      attributes.put("cloud.platform", PLATFORMS.get(type));
    }
    if (request.has("resource_arn")) {
      attributes.put("AWS::Lambda::Function".equals(type) ? "cloud.resource_id" : "aws.ecs.container.arn",
          request.get("resource_arn").asText());
    }
    return Resource.create(attributes.build());
  }

  private static Attributes attributes(JsonNode request) {
    AttributesBuilder attributes = Attributes.builder();
    for (Iterator<Map.Entry<String, JsonNode>> given = request.path("attributes").fields(); given.hasNext();) {
      Map.Entry<String, JsonNode> one = given.next();
      JsonNode value = one.getValue();
      if (value.isTextual()) {
        attributes.put(one.getKey(), value.asText());
      } else if (value.isBoolean()) {
        attributes.put(one.getKey(), value.asBoolean());
      } else if (value.isIntegralNumber()) {
        attributes.put(one.getKey(), value.asLong());
      } else if (value.isNumber()) {
        attributes.put(one.getKey(), value.asDouble());
      } else {
        List<String> texts = JSON.convertValue(value, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        attributes.put(AttributeKey.stringArrayKey(one.getKey()), texts);
      }
    }
    ATTRIBUTES.forEach((key, name) -> {
      if (request.has(key)) {
        attributes.put(name, request.get(key).asText());
      }
    });
    return attributes.build();
  }

  private ArrayNode answers(JsonNode steps) throws Exception {
    ArrayNode answers = NODES.arrayNode();
    for (JsonNode step : steps) {
      setClock(step.get("at"));
      if (step.has("rules")) {
        fetchRules(step.get("rules"));
      } else if (step.has("targets")) {
        fetchTargets(step.get("targets"));
      } else if (step.has("statistics")) {
        ObjectNode statistics = statistics();
        if (boostMissed) {
          answers.addObject().put("unsupported", "this version knows no boosted rates");
        } else {
          answers.addObject().set("statistics", statistics);
        }
        boostMissed = false;
      } else {
        try {
          answers.add(answer(step.get("request"), step.get("draw").asDouble()));
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
    if (!mode.equals("central")) {
      return result.put("unsupported", "no mode " + mode);
    }
    setClock(given.get("at"));
    result.set("answers", new Driver(given.get("rules")).answers(given.get("steps")));
    return result;
  }

  private static void setClock(JsonNode at) {
    nanos = at.get(0).asLong() * 1_000_000_000L + at.get(1).asLong();
  }

  private static Field field(Object of, String name) throws NoSuchFieldException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static Object read(Object of, String name) throws Exception {
    return field(of, name).get(of);
  }

  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    try (InputStream stream = AwsXrayRemoteSampler.class.getResourceAsStream("version.properties")) {
      properties.load(stream);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ObjectNode hello = NODES.objectNode().put("protocol", 1).put("recorder", "otel-java")
        .put("sdk", "opentelemetry-aws-xray").put("version", properties.getProperty("contrib.version"));
    hello.putArray("modes").add("central");
    out.println(JSON.writeValueAsString(hello));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(JSON.writeValueAsString(replayed(JSON.readTree(line))));
    }
  }
}
