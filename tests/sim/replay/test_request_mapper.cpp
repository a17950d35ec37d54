#include "sim/replay/request_mapper.h"
#include "tests/support/catch.h"

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

LogRow row(FieldText host, FieldText target) {
  LogRow made;
  made.host = host;
  made.target = target;
  return made;
}

RuleSet default_rule_of(const Recorder& recorder) {
  return RuleSetBuilder(recorder).build().value();
}

}  // namespace

TEST_CASE("request mapper: documented cuts the query and leaves the rest as it was sent") {
  RequestMapper mapper(default_rule_of(kDocumentedRecorder), {});
  LogRow full = row("shop:8080", "/caf%C3%A9?next=%2F");
  full.service_name = "svc";
  full.service_type = "AWS::EC2::Instance";
  full.http_method = "GET";
  full.resource_arn = "arn";
  const Request request = mapper.map(full);
  CHECK(request.service_name == "svc");
  CHECK(request.service_type == "AWS::EC2::Instance");
  CHECK(request.host == "shop:8080");
  CHECK(request.http_method == "GET");
  CHECK(request.url_path == "/caf%C3%A9");
  CHECK(request.resource_arn == "arn");
  CHECK(request.upstream == UpstreamDecision::none);
  const Request nothing = mapper.map({});
  for (const Field field : kFields) CHECK_FALSE(nothing.field(field).has_value());
}

TEST_CASE("request mapper: every choice of text changes what the rules see") {
  const auto mapped = [](auto change, const LogRow& from) {
    Recorder recorder;
    change(recorder.text);
    RequestMapper mapper(RuleSetBuilder(recorder).build().value(), {});
    const Request request = mapper.map(from);
    return std::pair(std::string(request.host.value_or("none")),
                     std::string(request.url_path.value_or("none")));
  };
  const LogRow sent = row("shop:8080", "/caf%C3%A9?a=%2F");
  CHECK(mapped([](TextChoices& c) { c.query_string = QueryString::kept; }, sent).second ==
        "/caf%C3%A9?a=%2F");
  const auto decoded = [](TextChoices& c) { c.path_encoding = PathEncoding::percent_decoded; };
  CHECK(mapped(decoded, sent).second == "/caf\xC3\xA9");
  CHECK(mapped(decoded, row({}, "/100%/%4/%zz/%41%")).second == "/100%/%4/%zz/A%");
  const auto no_port = [](TextChoices& c) { c.host_port = HostPort::removed; };
  const std::pair<const char*, const char*> hosts[] = {{"shop:8080", "shop"}, {"shop", "shop"},
                                                       {"[::1]:80", "[::1]"}, {"[::1]", "[::1]"},
                                                       {"::1", "::1"},        {":80", ""}};
  for (const auto& [host, expected] : hosts) {
    CAPTURE(host);
    CHECK(mapped(no_port, row(host, {})).first == expected);
  }
}

TEST_CASE("request mapper: what the log lacks is filled in") {
  RequestDefaults defaults;
  defaults.service_name = "fallback";
  defaults.host = "api.example.com";
  RequestMapper mapper(default_rule_of(kDocumentedRecorder), defaults);
  CHECK(mapper.map({}).service_name == "fallback");
  CHECK(mapper.map({}).host == "api.example.com");
  LogRow has = row("other", {});
  has.service_name = "own";
  CHECK(mapper.map(has).service_name == "own");
  CHECK(mapper.map(has).host == "other");
}

TEST_CASE(
    "request mapper: dynamic naming goes by the host, else by the row, else by the fallback") {
  RequestDefaults defaults;
  defaults.service_name = "fallback";
  defaults.naming_pattern = "*.example.com";
  RequestMapper mapper(default_rule_of(kDocumentedRecorder), defaults);
  CHECK(mapper.map(row("API.example.com", {})).service_name == "API.example.com");
  CHECK(mapper.map(row("10.0.0.1", {})).service_name == "fallback");
  CHECK(mapper.map({}).service_name == "fallback");
  LogRow named = row("10.0.0.1", {});
  named.service_name = "own";
  CHECK(mapper.map(named).service_name == "own");
}

TEST_CASE("request mapper: a trace header decides as the recorder reads it") {
  RequestMapper mapper(default_rule_of(kDocumentedRecorder), {});
  LogRow decided;
  decided.trace_header = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0";
  CHECK(mapper.map(decided).upstream == UpstreamDecision::not_sampled);
  decided.trace_header = "Root=1-5759e988-bd862e3fe1be46a994272793";
  CHECK(mapper.map(decided).upstream == UpstreamDecision::none);
}

TEST_CASE("request mapper: texts as they were sent are what the view makes of them") {
  constexpr const char* kHosts[] = {"shop",     "shop:80", "shop:", ":80",
                                    "[::1]:80", "[::1]",   "::1",   ":"};
  constexpr const char* kTargets[] = {"/a", "/a?b=%2F", "?", "/a?b?c", "*", "/%41", "-"};
  constexpr const char* kHeaders[] = {"Sampled=1", "Root=1-a;Sampled=0", "Sampled=?", "x"};
  Recorder recorder;
  // Different from the documented text in what a trace header means alone.
  recorder.text.missing_sampled = MissingSampled::not_sampled;
  for (const TextChoices& text : {TextChoices{}, recorder.text}) {
    RequestMapper mapper(text, MatchChoices{}, {"svc", {}, {}, "/shop"});
    RecorderView view(text, "/shop");
    for (const char* host : kHosts) {
      for (const char* target : kTargets) {
        for (const char* header : kHeaders) {
          LogRow sent = row(host, target);
          sent.trace_header = header;
          sent.http_method = "-";
          RawRequest raw{.service_name = "svc", .trace_header = header};
          raw.set_host(host);
          if (target != std::string_view("-")) raw.set_target(target);
          const Request expected = view.view(raw);
          const Request found = mapper.map(sent);
          CAPTURE(host, target, header);
          for (const Field field : kFields) CHECK(found.field(field) == expected.field(field));
          CHECK(found.upstream == expected.upstream);
        }
      }
    }
  }
}
