#include "sim/report/json_writer.h"
#include "sim/report/text_writer.h"
#include "tests/support/catch.h"

#include <nlohmann/json.hpp>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

RuleSpec rule(std::string name, std::int64_t priority) {
  RuleSpec spec;
  spec.name = std::move(name);
  spec.priority = priority;
  spec.fixed_rate = 0.5;
  spec.reservoir_size = 2;
  return spec;
}

RuleSet make(const std::vector<RuleSpec>& specs, const Recorder& recorder = kDocumentedRecorder) {
  RuleSetBuilder builder(recorder);
  for (const RuleSpec& spec : specs) builder.add(Rule::from(spec).value());
  return std::move(builder).build().value();
}

/// A replay in which the first rule had a second of `load` requests, twice, an hour apart.
ReplayResult two_seconds(const RuleSet& rules, std::uint64_t load) {
  ReplayResult replay;
  replay.rules.resize(rules.rules().size());
  replay.rules[0] = {2 * load, {{10, load, 1}, {11, load, 1}}};
  replay.counts.rows = replay.counts.requests = 2 * load;
  replay.span =
      InputSpan{TimePoint(std::chrono::hours(10)), TimePoint(std::chrono::hours(11)), 2 * load, 0};
  replay.field_seen.fill(true);
  return replay;
}

nlohmann::json json_of(const RuleSet& rules, ReplayResult replay) {
  return nlohmann::json::parse(write_json(make_report(rules, {}, std::move(replay), {})));
}

}  // namespace

TEST_CASE("json report: the contract of version 1, key by key") {
  const RuleSet rules = make({rule("r", 1)});
  const auto json = json_of(rules, two_seconds(rules, 4));
  CHECK(json["schema_version"] == 1);
  CHECK(json["recorder"] == "documented");
  CHECK(json["mode"] == "central");
  CHECK(json["instances"] == 1);
  CHECK(json["method"] == "exact");
  CHECK(json["partial"] == false);
  const auto& input = json["input"];
  for (const char* key : {"rows", "requests", "rejected_rows", "skipped_rows", "filtered_rows",
                          "late_rows", "out_of_order_rows", "upstream_decided"}) {
    CAPTURE(key);
    CHECK(input[key].is_number_unsigned());
  }
  CHECK(input["first_time"] == "1970-01-01T10:00:00Z");
  CHECK(input["last_time"] == "1970-01-01T11:00:00Z");
  CHECK(input["span_seconds"].get<double>() == Approx(3600 + 3600.0 / 7));
  REQUIRE(json["rules"].size() == 2);
  const auto& first = json["rules"][0];
  CHECK(first["name"] == "r");
  CHECK(first["priority"] == 1);
  CHECK(first["reservoir_size"] == 2);
  CHECK(first["fixed_rate"] == 0.5);
  CHECK(first["implicit"] == false);
  CHECK(first["matched"] == 8);
  CHECK(first["reservoir_taken"] == 4);
  CHECK(first["rate_candidates"] == 4);
  CHECK(first["rate_taken"] == 2.0);
  CHECK(first["recorded"]["expected"] == 6.0);
  CHECK(first["recorded"]["standard_deviation"] == 1.0);
  CHECK(first["recorded"]["standard_error"].is_null());
  CHECK(first["recorded"]["low"] == 4);  // Binomial(4, 1/2): P(0) = 1/16 >= 0.025
  CHECK(first["recorded"]["high"] == 8);
  CHECK(first["usd_per_month"].is_number());
  CHECK(json["rules"][1]["name"] == "Default");
  CHECK(json["rules"][1]["implicit"] == true);
  CHECK(json["total"]["recorded"]["expected"] == 6.0);
  const auto& cost = json["cost"];
  CHECK(cost["currency"] == "USD");
  CHECK(cost["month_hours"] == 744.0);
  for (const char* key : {"recorded_per_month", "usd_per_month"}) {
    CHECK(cost[key]["expected"].is_number());
    CHECK(cost[key]["sampling"]["low"].is_number());
    CHECK(cost[key]["sampling"]["high"].is_number());
    CHECK(cost[key]["model"].is_null());
    CHECK(cost[key]["traffic"].is_null());
  }
  REQUIRE(json["warnings"].size() == 1);
  CHECK(json["warnings"][0]["code"] == "short_log");
  CHECK(json["warnings"][0]["message"].is_string());
}

TEST_CASE("json report: what is not known is null") {
  const RuleSet rules = make({});
  ReplayResult empty;
  empty.rules.resize(1);
  const auto json = json_of(rules, empty);
  CHECK(json["input"]["first_time"].is_null());
  CHECK(json["input"]["last_time"].is_null());
  CHECK(json["input"]["span_seconds"].is_null());
  CHECK(json["cost"]["recorded_per_month"].is_null());
  CHECK(json["cost"]["usd_per_month"].is_null());
  CHECK(json["rules"][0]["usd_per_month"].is_null());
  CHECK(json["warnings"][0]["code"] == "no_requests");
}

TEST_CASE("json report: ignored rules stand last with the reason, and any name is valid UTF-8") {
  Recorder recorder;
  recorder.match.other_version = RuleFeature::rule_ignored;
  RuleSpec old = rule("old\xFF\"", 1);
  old.version = 2;
  const RuleSet rules = make({old}, recorder);
  const auto json = json_of(rules, two_seconds(rules, 1));
  REQUIRE(json["rules"].size() == 2);
  CHECK(json["rules"][1]["name"] == "old\xEF\xBF\xBD\"");
  CHECK(json["rules"][1]["ignored"].is_string());
  CHECK(json["rules"][1]["matched"] == 0);
}

TEST_CASE("text report: rules that nothing reached are left out of a long table") {
  std::vector<RuleSpec> specs;
  for (int i = 0; i < 30; ++i) specs.push_back(rule("rule" + std::to_string(i), i));
  const RuleSet rules = make(specs);
  const std::string text = write_text(make_report(rules, {}, two_seconds(rules, 4), {}));
  CHECK(text.find("rule0") != std::string::npos);
  CHECK(text.find("rule7") == std::string::npos);
  CHECK(text.find("Default") != std::string::npos);
  CHECK(text.find("and 29 rules that no request reached") != std::string::npos);
}

TEST_CASE("text report: names from files cannot command the terminal") {
  const RuleSet rules = make({rule("a\033]0;x\007", 1)});
  const std::string text = write_text(make_report(rules, {}, two_seconds(rules, 4), {}));
  CHECK(text.find('\033') == std::string::npos);
  CHECK(text.find("a\\x1B]0;x\\x07") != std::string::npos);
}

TEST_CASE("warnings: a field that rules ask about and the log lacks") {
  RuleSpec asks = rule("asks", 1);
  asks.host = "api.*";
  asks.http_method = "**";  // matches everything: asks nothing
  const RuleSet rules = make({asks});
  ReplayResult replay = two_seconds(rules, 4);
  replay.field_seen.fill(false);
  const Report report = make_report(rules, {}, replay, {});
  REQUIRE(report.warnings.size() == 2);
  CHECK(report.warnings[0].code == "absent_field");
  CHECK(report.warnings[0].message ==
        "Host is missing from every request, and 1 rule asks about it (an absent one matches any "
        "pattern): name it with --host NAME, or its column with --map host=HEADER");
}
