#include <dosimeter/rules/sampling_targets_body.h>

#include "rules/src/body_text.h"
#include "rules/src/constraints.h"
#include "rules/src/field_values.h"
#include "rules/src/json_writer.h"
#include "rules/src/repeated_keys.h"
#include "rules/src/stamp.h"
#include "rules/src/unknown_key.h"

#include <array>
#include <chrono>
#include <utility>

namespace dosimeter::rules {
namespace {

constexpr std::array<std::string_view, 4> kBodyKeys{"SamplingTargetDocuments",
                                                    "LastRuleModification", "UnprocessedStatistics",
                                                    "UnprocessedBoostStatistics"};
constexpr std::array<std::string_view, 6> kTargetKeys{
    "RuleName", "FixedRate", "ReservoirQuota", "ReservoirQuotaTTL", "Interval", "SamplingBoost"};
constexpr std::array<std::string_view, 2> kBoostKeys{"BoostRate", "BoostRateTTL"};
constexpr std::array<std::string_view, 3> kUnprocessedKeys{"RuleName", "ErrorCode", "Message"};

// X-Ray says ten seconds. A day without a report is no interval any more.
constexpr std::int64_t kLongestInterval = 86'400;

std::string optional_text(std::string_view name, JsonValue object, Report& report) {
  const auto value = member(name, object);
  return std::string(value ? read_string(name, *value, report).value_or("") : "");
}

std::optional<TimePoint> stamp(std::string_view name, JsonValue object, Report& report) {
  const auto value = member(name, object);
  return value ? read_stamp(name, *value, report) : std::nullopt;
}

std::optional<Rate> rate(std::string_view name, std::string_view code, JsonValue object,
                         Report& report) {
  const auto value = member(name, object);
  const auto fraction = value ? read_rate(name, code, *value, report) : std::nullopt;
  if (!fraction) return std::nullopt;
  return Rate::from(*fraction).value();
}

void read_name(JsonValue object, SamplingTarget& target, Report& report) {
  constexpr std::string_view kName = "RuleName";
  const auto value = member(kName, object);
  if (!value) return report_missing({&kName, 1}, object, report);
  const auto text = read_string(kName, *value, report);
  if (!text) return;
  target.rule_name = *text;
  report.set_rule(target.rule_name);
  check_length(kName, *text, limits::kRuleNameMinimumLength, limits::kRuleNameLength,
               Severity::warning, "length_out_of_range", value->place(), report);
}

void read_boost(JsonValue boost, SamplingTarget& target, Report& report) {
  if (!boost.is(JsonKind::object)) {
    report_wrong_type("SamplingBoost", "an object", boost, report);
    return;
  }
  check_keys(boost, kBoostKeys, Severity::warning, report);
  target.boost_rate = rate("BoostRate", "boost_rate_out_of_range", boost, report);
  target.boost_expiry = stamp("BoostRateTTL", boost, report);
}

SamplingTarget read_target(JsonValue object, Report& report) {
  SamplingTarget target;
  read_name(object, target, report);
  check_keys(object, kTargetKeys, Severity::warning, report);
  target.fixed_rate = rate("FixedRate", "fixed_rate_out_of_range", object, report);
  if (const auto quota = member("ReservoirQuota", object)) {
    target.reservoir_quota = read_integer("ReservoirQuota", *quota, report);
  }
  target.quota_expiry = stamp("ReservoirQuotaTTL", object, report);
  if (const auto interval = member("Interval", object)) {
    const auto read =
        read_bounded("Interval", "interval_out_of_range", 0, kLongestInterval, *interval, report);
    if (read) target.interval = std::chrono::seconds(*read);
  }
  if (const auto boost = member("SamplingBoost", object)) read_boost(*boost, target, report);
  return target;
}

UnprocessedStatistics read_unprocessed(JsonValue object, Report& report) {
  check_keys(object, kUnprocessedKeys, Severity::warning, report);
  UnprocessedStatistics unprocessed;
  unprocessed.rule_name = optional_text("RuleName", object, report);
  unprocessed.error_code = optional_text("ErrorCode", object, report);
  unprocessed.message = optional_text("Message", object, report);
  return unprocessed;
}

void write_stamp(std::string_view name, const std::optional<TimePoint>& time,
                 StampSpelling spelling, JsonWriter& json) {
  if (!time) return;
  json.key(name);
  json.raw(stamp_text(*time, spelling));
}

void write_target(const SamplingTarget& target, StampSpelling spelling, JsonWriter& json) {
  json.begin_object();
  json.key("RuleName");
  json.string(target.rule_name);
  if (target.fixed_rate) {
    json.key("FixedRate");
    json.number(target.fixed_rate->value());
  }
  if (target.reservoir_quota) {
    json.key("ReservoirQuota");
    json.number(*target.reservoir_quota);
  }
  write_stamp("ReservoirQuotaTTL", target.quota_expiry, spelling, json);
  if (target.interval) {
    json.key("Interval");
    json.number(std::int64_t{target.interval->count()});
  }
  if (target.boost_rate || target.boost_expiry) {
    json.key("SamplingBoost");
    json.begin_object();
    if (target.boost_rate) {
      json.key("BoostRate");
      json.number(target.boost_rate->value());
    }
    write_stamp("BoostRateTTL", target.boost_expiry, spelling, json);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

BodyResult<SamplingTargetsBody> read_sampling_targets(const Source& source) {
  SamplingTargetsBody body;
  Report report(source.name);
  const auto json = parse_body(source.text, report);
  if (!json) return finish_body(std::move(body), report);
  const JsonValue root = json->root();
  check_keys(root, kBodyKeys, Severity::warning, report);
  if (const auto items = needed_array("SamplingTargetDocuments", root, report)) {
    for_each_object("a SamplingTargetDocument", *items, report,
                    [&](JsonValue item) { body.targets.push_back(read_target(item, report)); });
  }
  body.last_rule_modification = stamp("LastRuleModification", root, report);
  if (member("UnprocessedStatistics", root)) {
    if (const auto items = needed_array("UnprocessedStatistics", root, report)) {
      for_each_object("an UnprocessedStatistics", *items, report, [&](JsonValue item) {
        body.unprocessed.push_back(read_unprocessed(item, report));
      });
    }
  }
  report_repeated_keys(*json, {}, report);
  return finish_body(std::move(body), report);
}

std::string write_sampling_targets(const SamplingTargetsBody& body, StampSpelling spelling) {
  JsonWriter json;
  json.begin_object();
  json.key("SamplingTargetDocuments");
  json.begin_array();
  for (const SamplingTarget& target : body.targets) write_target(target, spelling, json);
  json.end_array();
  write_stamp("LastRuleModification", body.last_rule_modification, spelling, json);
  json.key("UnprocessedStatistics");
  json.begin_array();
  for (const UnprocessedStatistics& unprocessed : body.unprocessed) {
    json.begin_object();
    json.key("RuleName");
    json.string(unprocessed.rule_name);
    json.key("ErrorCode");
    json.string(unprocessed.error_code);
    json.key("Message");
    json.string(unprocessed.message);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.text();
}

}  // namespace dosimeter::rules
