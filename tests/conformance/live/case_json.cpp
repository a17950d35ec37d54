#include "tests/conformance/live/case_json.h"

#include <nlohmann/json.hpp>

#include <chrono>

namespace dosimeter::conformance {
namespace {

using json = nlohmann::ordered_json;

constexpr std::array<const char*, kFieldCount> kRequestKeys = {
    "service_name", "service_type", "host", "http_method", "url_path", "resource_arn"};

json time_json(TimePoint time) {
  return {calendar_second(time).time_since_epoch().count(), since_calendar_second(time).count()};
}

/// Seconds since 1970, a whole number where they are whole.
json seconds_json(TimePoint time) {
  const auto second = calendar_second(time).time_since_epoch().count();
  const auto rest = since_calendar_second(time).count();
  if (rest == 0) return second;
  return static_cast<double>(second) + static_cast<double>(rest) / 1e9;
}

json number_json(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  if (static_cast<double>(whole) == value) return whole;
  return value;
}

json rule_json(const RuleSpec& rule) {
  json made{{"RuleName", rule.name},
            {"ResourceARN", rule.resource_arn},
            {"Priority", rule.priority},
            {"FixedRate", number_json(rule.fixed_rate)},
            {"ReservoirSize", rule.reservoir_size},
            {"ServiceName", rule.service_name},
            {"ServiceType", rule.service_type},
            {"Host", rule.host},
            {"HTTPMethod", rule.http_method},
            {"URLPath", rule.url_path},
            {"Version", rule.version}};
  if (rule.lacks_service_type) made.erase("ServiceType");
  if (!rule.lacks_attributes) {
    json attributes = json::object();
    for (const RuleAttribute& attribute : rule.attributes) {
      attributes[attribute.key] = attribute.pattern;
    }
    made["Attributes"] = attributes;
  }
  return made;
}

json rules_json(const std::vector<RuleSpec>& rules) {
  json made = json::array();
  for (const RuleSpec& rule : rules) made.push_back(rule_json(rule));
  return made;
}

json document_json(const std::vector<RuleSpec>& rules) {
  json made{{"version", 2}, {"default", nullptr}, {"rules", json::array()}};
  for (const RuleSpec& rule : rules) {
    json one = json::object();
    if (!(rule.name == kDefaultRuleName)) {
      one = {{"host", rule.host}, {"http_method", rule.http_method}, {"url_path", rule.url_path}};
    }
    one["fixed_target"] = rule.reservoir_size;
    one["rate"] = number_json(rule.fixed_rate);
    if (rule.name == kDefaultRuleName) {
      made["default"] = one;
    } else {
      made["rules"].push_back(one);
    }
  }
  return made;
}

json request_json(const CaseRequest& request) {
  json made = json::object();
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (request.fields[i]) made[kRequestKeys[i]] = *request.fields[i];
  }
  for (const CaseAttribute& attribute : request.attributes) {
    made["attributes"][attribute.key] =
        attribute.is_text ? json(attribute.value) : json::parse(attribute.value);
  }
  if (request.upstream != UpstreamDecision::none) {
    made["upstream"] = request.upstream == UpstreamDecision::sampled ? "sampled" : "not_sampled";
  }
  return made;
}

json targets_json(const std::vector<SamplingTarget>& targets) {
  json made = json::array();
  for (const SamplingTarget& target : targets) {
    json one{{"RuleName", target.rule_name}};
    if (target.fixed_rate) one["FixedRate"] = number_json(target.fixed_rate->value());
    if (target.reservoir_quota) one["ReservoirQuota"] = *target.reservoir_quota;
    if (target.quota_expiry) one["ReservoirQuotaTTL"] = seconds_json(*target.quota_expiry);
    if (target.interval) one["Interval"] = target.interval->count();
    if (target.boost_rate) {
      one["SamplingBoost"] = {{"BoostRate", number_json(target.boost_rate->value())},
                              {"BoostRateTTL", seconds_json(*target.boost_expiry)}};
    }
    made.push_back(one);
  }
  return made;
}

json step_json(const CaseStep& step) {
  json made{{"at", time_json(step.at)}};
  switch (step.kind) {
    case StepKind::request:
      made["request"] = request_json(step.request);
      made["draw"] = number_json(step.draw);
      break;
    case StepKind::targets:
      made["targets"] = targets_json(step.targets);
      break;
    case StepKind::rules:
      made["rules"] = rules_json(step.rules);
      break;
    case StepKind::statistics:
      made["statistics"] = true;
      break;
  }
  return made;
}

}  // namespace

std::string to_line(const Case& asked) {
  const bool local = asked.kind() == RuleKind::local;
  json made{{"case", asked.number},
            {"mode", local ? "local" : "central"},
            {"family", kFamilyNames[static_cast<std::size_t>(asked.family)]}};
  if (local) {
    made["document"] = document_json(asked.rules);
  } else {
    made["rules"] = rules_json(asked.rules);
  }
  made["at"] = time_json(asked.at);
  made["steps"] = json::array();
  for (const CaseStep& step : asked.steps) made["steps"].push_back(step_json(step));
  return made.dump();
}

}  // namespace dosimeter::conformance
