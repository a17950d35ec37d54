#include <dosimeter/recorder.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/rules/sampling_rules_body.h>
#include <dosimeter/rules/sampling_targets_body.h>
#include <dosimeter/sampler.h>

#include "tests/conformance/vector_file.h"
#include "tests/support/catch.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;
using json = nlohmann::ordered_json;

/// A whole SDK polled a stand-in for the daemon (drivers/end_to_end.py). The engine is given the
/// same bodies and the same requests in the same order, and must decide and count the same.
namespace {

json recorded(const std::string& recorder) {
  const std::string name = recorder + ".end_to_end.json";
  const char* const folder = std::getenv("DOSIMETER_END_TO_END");
  if (folder == nullptr) return vector_file("recorded/" + name);
  std::ifstream file(std::string(folder) + "/" + name);
  REQUIRE(file.is_open());
  return json::parse(file);
}

TimePoint at_second(const json& second) {
  return TimePoint(std::chrono::seconds(second.get<std::int64_t>()));
}

/// Requests, samples and loans of a rule.
using Counts = std::array<std::uint64_t, 3>;

class Replay {
 public:
  Replay(const json& run, const Recorder& recorder)
      : run_(run),
        recorder_(recorder),
        sampler_(RuleSetBuilder(recorder, RuleKind::central).build().value(),
                 {.quotas = QuotaSource::targets}) {}

  /// What came out otherwise than in the SDK.
  std::vector<std::string> differences() {
    for (const json& event : run_.at("events")) {
      const std::string kind = event.at(0);
      if (kind == "request") request(event);
      if (kind == "rules") swap_rules(event);
      if (kind == "targets") apply_targets();
      if (kind == "report") report(event);
    }
    return differences_;
  }

  /// How often each thing was done.
  [[nodiscard]] std::size_t count(const std::string& kind) const {
    std::size_t number = 0;
    for (const json& event : run_.at("events")) number += event.at(0) == kind ? 1u : 0u;
    return number;
  }

 private:
  void differ(const json& event, const std::string& here) {
    differences_.push_back(event.dump() + ": here " + here);
  }

  void request(const json& event) {
    const std::string path = event.at(1);
    const Request asked{
        .service_name = "shop", .host = "shop.example", .http_method = "GET", .url_path = path};
    now_ = at_second(event.at(2));
    // Rates are 0 or 1, so that the draw does not matter where a central rule decides.
    constexpr double kDraw = 0.5;
    const Decision decision = sampler_.decide(asked, now_, kDraw);
    const std::string rule = sampler_.rule_name(decision.rule);
    if (event.at(3).is_null()) {
      if (rule != kLocalSamplerName) differ(event, rule);
    } else if (rule != event.at(3) || decision.sampled != event.at(4)) {
      differ(event, rule + (decision.sampled ? " sampled" : " not sampled"));
    }
  }

  void swap_rules(const json& event) {
    const std::string& text = run_.at("rules").at(rules_++).get_ref<const std::string&>();
    auto body = rules::read_sampling_rules({"GetSamplingRules", text}).body;
    REQUIRE(body.has_value());
    RuleSetBuilder builder(recorder_, RuleKind::central);
    for (rules::SamplingRuleRecord& record : body->records) builder.add(std::move(record.rule));
    sampler_.swap_rules(std::move(builder).build().value(), at_second(event.at(1)));
  }

  void apply_targets() {
    const std::string& text = run_.at("targets").at(targets_++).get_ref<const std::string&>();
    const auto body = rules::read_sampling_targets({"SamplingTargets", text}).body;
    REQUIRE(body.has_value());
    sampler_.apply_targets(body->targets, now_);
  }

  /// A rule may be reported less often than the others; what it did until then adds up.
  void report(const json& event) {
    for (const RuleStatistics& did : sampler_.take_statistics(now_)) {
      Counts& sum = counts_[did.name];
      sum = {sum[0] + did.requests, sum[1] + did.sampled, sum[2] + did.borrowed};
    }
    for (const json& said : event.at(1)) {
      Counts& here = counts_[said.at(0).get<std::string>()];
      if (here != Counts{said.at(1), said.at(2), said.at(3)}) {
        differ(said, json(here).dump());
      }
      here = {};
    }
  }

  const json& run_;
  const Recorder& recorder_;
  Sampler sampler_;
  TimePoint now_ = {};
  std::size_t rules_ = 0;
  std::size_t targets_ = 0;
  std::map<std::string, Counts> counts_;
  std::vector<std::string> differences_;
};

}  // namespace

TEST_CASE("end to end: a whole SDK decides and reports as the engine does") {
  for (const std::string name : {"xray-python", "xray-node"}) {
    const json run = recorded(name);
    CAPTURE(name);
    REQUIRE(run.at("about").at("recorder") == name);
    Replay replay(run, *find_recorder(name));
    // How many there were is the clock's business; that there were some is not.
    CHECK(replay.count("request") >= 50);
    CHECK(replay.count("rules") >= 2);
    CHECK(replay.count("targets") >= 4);
    CHECK(replay.count("report") >= 4);
    CHECK(replay.differences() == std::vector<std::string>{});
  }
}

TEST_CASE("end to end: what one SDK did is not what the other would have done") {
  const json python = recorded("xray-python");
  CHECK_FALSE(Replay(python, *find_recorder("xray-node")).differences().empty());
  const json node = recorded("xray-node");
  CHECK_FALSE(Replay(node, *find_recorder("xray-python")).differences().empty());
}
