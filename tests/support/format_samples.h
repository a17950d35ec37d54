#pragma once

#include <array>
#include <string>
#include <string_view>

namespace dosimeter::test {

/// A line that a format knows, with a request in it, and what has to stand above it.
struct FormatSample {
  std::string_view format;
  std::string_view line;
  std::string_view above = {};
};

/// One for each format of lines.
inline constexpr std::array kFormatSamples = {
    FormatSample{"alb",
                 "http 2026-05-04T10:15:03.186641Z app/shop/50dc6c495c0c9188 203.0.113.7:41872 "
                 "10.0.3.17:4567 0.001 0.048 0.000 200 200 412 9313 \"GET http://shop.example:80/a "
                 "HTTP/1.1\" \"curl/7.46.0\" - - - \"-\" \"-\" \"-\" 0 "
                 "2026-05-04T10:15:02.364000Z \"forward\" \"-\" \"-\" \"-\" \"200\" \"-\" \"-\""},
    FormatSample{"api-gateway",
                 "203.0.113.7 - - [04/May/2026:10:15:02 +0000] \"GET /a HTTP/1.1\" 200 531 "
                 "1f8a2c3e-1111-2222-3333-444455556666"},
    FormatSample{"api-gateway-csv",
                 "203.0.113.7,-,-,04/May/2026:10:15:02 +0000,GET,/a,HTTP/1.1,200,531,1f8a2c3e"},
    FormatSample{"api-gateway-json",
                 R"({"requestId":"1f8a2c3e-1111","ip":"203.0.113.7","requestTime":)"
                 R"("04/May/2026:10:15:02 +0000","httpMethod":"GET","resourcePath":"/a",)"
                 R"("status":"200"})"},
    FormatSample{"caddy",
                 R"({"level":"info","ts":1777889702.1864,"logger":"http.log.access","msg":)"
                 R"("handled request","request":{"remote_ip":"203.0.113.7","method":"GET","host":)"
                 R"("api.example","uri":"/a","headers":{"User-Agent":["x"]}},"duration":0.0489,)"
                 R"("size":1,"status":200})"},
    FormatSample{"cloudflare",
                 R"({"ClientIP":"203.0.113.7","ClientRequestHost":"www.example.com",)"
                 R"("ClientRequestMethod":"GET","ClientRequestURI":"/a","EdgeResponseStatus":200,)"
                 R"("EdgeStartTimestamp":1777889702137000000,"RayID":"87a1"})"},
    FormatSample{"cloudfront",
                 "2026-05-04\t10:15:02\tFRA2-C1\tGET\td111.cloudfront.net\t/a\t200\twww.example."
                 "com\t0.001",
                 "#Version: 1.0\n#Fields: date time x-edge-location cs-method cs(Host) cs-uri-stem "
                 "sc-status x-host-header time-taken\n"},
    FormatSample{"combined",
                 "203.0.113.7 - - [04/May/2026:10:15:02 +0000] \"GET /a HTTP/1.1\" 200 9313 \"-\" "
                 "\"Mozilla/5.0\""},
    FormatSample{"elb",
                 "2026-05-04T10:15:02.250000Z my-lb 192.0.2.1:2817 10.0.0.1:80 0.000086 0.001048 "
                 "0.001337 200 200 0 57 \"GET https://www.example.com:443/a HTTP/1.1\" "
                 "\"curl/7.38.0\" DHE-RSA-AES128-SHA TLSv1.2"},
    FormatSample{"envoy",
                 "[2026-05-04T10:15:02.137Z] \"GET /a HTTP/2\" 200 - 0 9313 49 48 \"203.0.113.7\" "
                 "\"Mozilla/5.0\" \"f3a1\" \"api.example\" \"10.0.3.17:4567\""},
    FormatSample{"envoy-json",
                 R"({"start_time":"2026-05-04T10:15:02.137Z","method":"GET","path":"/a",)"
                 R"("protocol":"HTTP/2","response_code":200,"response_flags":null,)"
                 R"("duration":49,"authority":"api.example","upstream_host":"10.0.3.17:4567"})"},
    FormatSample{"google",
                 R"({"httpRequest":{"latency":"0.048123s","requestMethod":"GET","requestUrl":)"
                 R"("https://api.example/a","status":200},"resource":{"labels":)"
                 R"({"backend_service_name":"backend"},"type":"http_load_balancer"},)"
                 R"("timestamp":"2026-05-04T10:15:02.137360Z"})"},
    FormatSample{"haproxy",
                 "203.0.113.7:55008 [04/May/2026:10:15:02.137] ft bk/s1 0/0/0/48/49 200 9313 - - "
                 "---- 5/4/0/1/0 0/0 \"GET /a HTTP/1.1\""},
    FormatSample{"heroku",
                 "2026-05-04T10:15:02.186030+00:00 heroku[router]: at=info method=GET path=\"/a\" "
                 "host=shop.herokuapp.com request_id=d7c85cc2 fwd=\"203.0.113.7\" dyno=web.1 "
                 "connect=0ms service=48ms status=200 bytes=9313 protocol=https"},
    FormatSample{"iis", "2026-05-04 10:15:02 10.0.0.1 GET /a - 80 203.0.113.7 200 20",
                 "#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip "
                 "cs-method cs-uri-stem cs-uri-query s-port c-ip sc-status time-taken\n"},
    FormatSample{"json",
                 R"({"ts":"2026-05-04T10:15:02.137Z","level":"info","http":{"method":"GET"},)"
                 R"("path":"\/a","status":200})"},
    FormatSample{"ltsv",
                 "time:04/May/2026:10:15:02 +0000\thost:203.0.113.7\treq:GET /a "
                 "HTTP/1.1\tstatus:200\tsize:1"},
    FormatSample{"nginx-json",
                 R"({"time_iso8601":"2026-05-04T10:15:02+00:00","remote_addr":"203.0.113.7",)"
                 R"("host":"api.example","request":"GET /a HTTP/1.1","status":"200",)"
                 R"("request_time":"0.049"})"},
    FormatSample{"otlp",
                 R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":)"
                 R"({"stringValue":"backend"}}]},"scopeSpans":[{"spans":[{"traceId":)"
                 R"("69f871a636d228ad5d99923122bbe354","spanId":"eee19b7ec3c1b174","kind":2,)"
                 R"("startTimeUnixNano":"1777889702137000000","attributes":[{"key":)"
                 R"("http.request.method","value":{"stringValue":"GET"}},{"key":"url.path",)"
                 R"("value":{"stringValue":"/a"}}]}]}]}]})"},
    FormatSample{"s3",
                 "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be my-bucket "
                 "[04/May/2026:10:15:02 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT a "
                 "\"GET /a HTTP/1.1\" 200 - 113 113 7 6 \"-\" \"S3Console/0.4\" -"},
    FormatSample{"traefik",
                 R"({"ClientHost":"203.0.113.7","DownstreamStatus":200,"Duration":48902425,)"
                 R"("RequestHost":"api.example","RequestMethod":"GET","RequestPath":"/a",)"
                 R"("ServiceName":"api@docker","StartUTC":"2026-05-04T10:15:02.137360139Z",)"
                 R"("level":"info","msg":"","time":"2026-05-04T10:15:02Z"})"},
    FormatSample{"traefik-clf",
                 "203.0.113.7 - - [04/May/2026:10:15:02 +0000] \"GET /a HTTP/2.0\" 200 9313 \"-\" "
                 "\"-\" 17 \"api@docker\" \"http://10.0.3.17:4567\" 48ms"},
    FormatSample{"xray",
                 R"({"Traces":[{"Id":"1-59602603-23fc5b688855d396af79b496","Segments":[{"Id":)"
                 R"("194fcc8747581230","Document":"{\"id\":\"194fcc8747581230\",\"name\":)"
                 R"(\"shop\",\"start_time\":1.499473411562E9,\"http\":{\"request\":{\"url\":)"
                 R"(\"http://shop.example/a\",\"method\":\"GET\"}}}"}]}]})"},
};

}  // namespace dosimeter::test
