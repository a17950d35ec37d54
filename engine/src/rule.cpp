#include <dosimeter/rule.h>

#include "engine/src/number_text.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace dosimeter {
namespace {

using detail::number_text;

/// The first problem among the attributes, if there is one.
std::optional<Error> check_attributes(const std::vector<RuleAttribute>& attributes) {
  for (auto attribute = attributes.begin(); attribute != attributes.end(); ++attribute) {
    if (attribute->key.empty()) {
      return Error{ErrorCode::attribute_key_empty, "must have a key, got \"\"", "Attributes"};
    }
    const bool repeated =
        std::any_of(attributes.begin(), attribute,
                    [&](const RuleAttribute& earlier) { return earlier.key == attribute->key; });
    if (repeated) {
      return Error{ErrorCode::attribute_key_repeated,
                   "must name each key once, got \"" + attribute->key + "\" twice", "Attributes"};
    }
  }
  return std::nullopt;
}

Result<Rate> checked_rate(double fraction, const char* where) {
  auto rate = Rate::from(fraction);
  if (rate) return rate;
  Error error = rate.error();
  error.where = where;
  return error;
}

std::optional<Error> check_pattern(std::string_view pattern, std::string_view where) {
  if (pattern.size() <= kMaximumPatternBytes) return std::nullopt;
  return Error{ErrorCode::pattern_too_long,
               "must be at most " + number_text(kMaximumPatternBytes) + " bytes, got " +
                   number_text(pattern.size()),
               std::string(where)};
}

/// The first pattern that is too long, if there is one.
std::optional<Error> check_patterns(const RuleSpec& spec) {
  const std::pair<Field, const std::string*> patterns[] = {
      {Field::service_name, &spec.service_name},
      {Field::service_type, &spec.service_type},
      {Field::host, &spec.host},
      {Field::http_method, &spec.http_method},
      {Field::url_path, &spec.url_path},
      {Field::resource_arn, &spec.resource_arn}};
  for (const auto& [field, pattern] : patterns) {
    if (auto error = check_pattern(*pattern, field_name(field))) return error;
  }
  for (const RuleAttribute& attribute : spec.attributes) {
    if (auto error = check_pattern(attribute.pattern, "Attributes")) return error;
  }
  return std::nullopt;
}

Result<RateBoost> check_boost(const RateBoostSpec& spec) {
  auto maximum_rate = checked_rate(spec.maximum_rate, "SamplingRateBoost.MaxRate");
  if (!maximum_rate) return maximum_rate.error();
  // The API model gives 0 as the least; the most is what fits AWS's 32-bit integer.
  constexpr std::int64_t kMostMinutes = std::numeric_limits<std::int32_t>::max();
  if (spec.cooldown_window_minutes < 0 || spec.cooldown_window_minutes > kMostMinutes) {
    return Error{ErrorCode::boost_cooldown_out_of_range,
                 "must be a number of minutes from 0 to " + number_text(kMostMinutes) + ", got " +
                     number_text(spec.cooldown_window_minutes),
                 "SamplingRateBoost.CooldownWindowMinutes"};
  }
  return RateBoost{maximum_rate.value(), std::chrono::minutes(spec.cooldown_window_minutes)};
}

}  // namespace

Result<Rule> Rule::from(RuleSpec spec) {
  if (spec.name.empty()) {
    return Error{ErrorCode::rule_name_empty, "must not be empty", "RuleName"};
  }
  auto fixed_rate = checked_rate(spec.fixed_rate, "FixedRate");
  if (!fixed_rate) return fixed_rate.error();
  if (spec.reservoir_size < 0 || spec.reservoir_size > kMaximumReservoirSize) {
    return Error{ErrorCode::reservoir_size_out_of_range,
                 "must be a whole number from 0 to " + number_text(kMaximumReservoirSize) +
                     ", got " + number_text(spec.reservoir_size),
                 "ReservoirSize"};
  }
  if (auto error = check_patterns(spec)) return *std::move(error);
  if (auto error = check_attributes(spec.attributes)) return *std::move(error);
  std::optional<RateBoost> boost;
  if (spec.sampling_rate_boost) {
    auto checked = check_boost(*spec.sampling_rate_boost);
    if (!checked) return checked.error();
    boost = checked.value();
  }
  return Rule(std::move(spec), fixed_rate.value(), boost);
}

Rule Rule::shipped_default(std::string_view name) {
  RuleSpec spec;
  spec.name = name;
  return from(std::move(spec)).value();
}

Rule::Rule(RuleSpec spec, Rate fixed_rate, std::optional<RateBoost> boost)
    : name_(std::move(spec.name)),
      priority_(spec.priority),
      fixed_rate_(fixed_rate),
      reservoir_size_(static_cast<std::uint32_t>(spec.reservoir_size)),
      patterns_{std::move(spec.service_name), std::move(spec.service_type),
                std::move(spec.host),         std::move(spec.http_method),
                std::move(spec.url_path),     std::move(spec.resource_arn)},
      attributes_(std::move(spec.attributes)),
      boost_(boost),
      version_(spec.version),
      description_(std::move(spec.description)),
      lacks_attributes_(spec.lacks_attributes),
      lacks_service_type_(spec.lacks_service_type) {}

}  // namespace dosimeter
