// What no pattern and no reservoir by itself shows of a row: whom a decision from upstream goes to,
// whose requests a Default's reservoir serves, and what one rule's change does to another.

#include <dosimeter/sampler.h>
#include <dosimeter/sampling_target.h>

#include "tests/support/catch.h"

#include <string>

using namespace dosimeter;

namespace {

TimePoint second(std::int64_t number) {
  return TimePoint{std::chrono::seconds(1'780'000'000 + number)};
}

Rule rule(const char* name, std::int64_t priority, const char* path, double rate = 0) {
  RuleSpec spec{.name = name, .priority = priority, .fixed_rate = rate, .reservoir_size = 1};
  spec.url_path = path;
  return Rule::from(std::move(spec)).value();
}

/// In whole reservoirs, as a recorder has them that is alone.
Sampler sampler_of(const Recorder& recorder, RuleKind kind) {
  return Sampler(RuleSetBuilder(recorder, kind)
                     .add(rule("first", 1, "/first"))
                     .add(rule("Default", 10000, "*"))
                     .build()
                     .value());
}

template <typename Check>
void for_each_kind(const Check& check) {
  for (const Recorder& recorder : recorders()) {
    for (const RuleKind kind : {RuleKind::central, RuleKind::local}) {
      if (kind == RuleKind::local && !recorder.local) continue;
      INFO(recorder.name << (kind == RuleKind::local ? ", local" : ", central"));
      check(recorder, kind);
    }
  }
}

}  // namespace

TEST_CASE("sampler rows: who puts requests to the rules that upstream has decided") {
  for_each_kind([](const Recorder& recorder, RuleKind kind) {
    Sampler sampler = sampler_of(recorder, kind);
    const Request decided{.host = "h",
                          .http_method = "GET",
                          .url_path = "/first",
                          .upstream = UpstreamDecision::sampled};
    const Decision decision = sampler.decide(decided, second(1), 0.9);
    CHECK(decision.sampled);
    CHECK(decision.cause == Cause::upstream);
    // AbstractSegmentBuilder of the X-Ray SDK for Java asks its strategy in any case.
    CHECK((decision.rule != kNoRule) == (recorder.name == "xray-java"));
  });
}

TEST_CASE("sampler rows: whose requests the default's reservoir serves") {
  for_each_kind([](const Recorder& recorder, RuleKind kind) {
    Sampler sampler = sampler_of(recorder, kind);
    const Request first{
        .service_name = "s", .host = "h", .http_method = "GET", .url_path = "/first"};
    const Request other{
        .service_name = "s", .host = "h", .http_method = "GET", .url_path = "/other"};
    // A bucket begins empty, with its first request.
    static_cast<void>(sampler.decide(first, second(1), 0.9));
    static_cast<void>(sampler.decide(other, second(1), 0.9));
    static_cast<void>(sampler.decide(first, second(5), 0.9));
    // LocalSampler of the Ruby SDK takes from the default's reservoir before it looks for a rule.
    const bool drained = recorder.name == "xray-ruby" && kind == RuleKind::local;
    CHECK(sampler.decide(other, second(5), 0.9).sampled == !drained);
  });
}

TEST_CASE("sampler rows: whether a rule keeps its quota when another one changes") {
  for (const Recorder& recorder : recorders()) {
    if (!recorder.reads_central_rules) continue;
    INFO(recorder.name);
    const auto rules = [&](double rate) {
      return RuleSetBuilder(recorder)
          .add(rule("first", 1, "/first"))
          .add(rule("second", 2, "/second", rate))
          .add(rule("Default", 10000, "*"))
          .build()
          .value();
    };
    SamplerOptions options;
    options.quotas = QuotaSource::targets;
    options.rules_fetched = second(0);
    Sampler sampler(rules(0), options);
    SamplingTarget target;
    target.rule_name = "first";
    target.fixed_rate = Rate::from(0).value();
    target.reservoir_quota = 3;
    target.quota_expiry = second(100);
    sampler.apply_targets({&target, 1}, second(1));
    sampler.swap_rules(rules(0.5), second(2));
    const Request request{
        .service_name = "s", .host = "h", .http_method = "GET", .url_path = "/first"};
    // A bucket begins empty, with its first request.
    static_cast<void>(sampler.decide(request, second(5), 0.9));
    int taken = 0;
    for (int i = 0; i < 5; ++i) {
      if (sampler.decide(request, second(10), 0.9).cause == Cause::reservoir) ++taken;
    }
    // OpenTelemetry's Java sampler makes all rules anew where one of them differs; the X-Ray SDK
    // for Node.js never spends a quota.
    CHECK((taken > 0) == (recorder.name != "otel-java" && recorder.name != "xray-node"));
  }
}
