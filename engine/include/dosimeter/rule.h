#pragma once

#include <dosimeter/rate.h>
#include <dosimeter/request.h>
#include <dosimeter/result.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter {

/// The rule that applies where no other does. AWS reserves the name (developer guide, "Configuring
/// sampling rules").
inline constexpr std::string_view kDefaultRuleName = "Default";
/// The Default rule as AWS ships it: one request a second, then 5 % (same page; GetSamplingRules
/// shows priority 10000).
inline constexpr std::int64_t kDefaultRulePriority = 10000;
inline constexpr std::int64_t kDefaultReservoirSize = 1;
inline constexpr double kDefaultFixedRate = 0.05;

/// The largest reservoir the engine counts, in requests a second: more than a process can decide in
/// one, and small enough for a second and its count to share one atomic word.
inline constexpr std::int64_t kMaximumReservoirSize = 500'000'000;

/// The longest pattern the engine takes, in bytes: eight times AWS's longest (500 characters,
/// ResourceARN), and short enough that no pattern makes a text expensive.
inline constexpr std::size_t kMaximumPatternBytes = 4096;

/// Every attribute named here must be present on the request, with a value that matches the
/// pattern.
struct RuleAttribute {
  std::string key = {};
  std::string pattern = {};
};

/// `SamplingRateBoost`: during an anomaly the rate may rise to `maximum_rate`, once in a cooldown
/// window.
struct RateBoostSpec {
  double maximum_rate = 0;
  std::int64_t cooldown_window_minutes = 0;
};

/// A rule as somebody wrote it: nothing is checked, and what is left out is as in the Default rule
/// that AWS ships. `Rule::from` is the door.
struct RuleSpec {
  std::string name = {};
  /// Lower comes first. Any value; AWS's own bounds are a matter of rule documents.
  std::int64_t priority = kDefaultRulePriority;
  /// The share sampled of what the reservoir refused, 0 to 1.
  double fixed_rate = kDefaultFixedRate;
  /// Requests a second sampled before the rate is drawn, 0 to kMaximumReservoirSize.
  std::int64_t reservoir_size = kDefaultReservoirSize;
  std::string service_name = "*";
  std::string service_type = "*";
  std::string host = "*";
  std::string http_method = "*";
  std::string url_path = "*";
  std::string resource_arn = "*";
  std::vector<RuleAttribute> attributes = {};
  std::optional<RateBoostSpec> sampling_rate_boost = {};
  /// The rule format; AWS has only ever had 1.
  std::int64_t version = 1;
  /// For people: a local document's description. Never matched.
  std::string description = {};
  /// Parts that the rule was written without, though the service always sends them; what stands
  /// above is then a stand-in. Some recorders mind (`MatchChoices::missing_attributes`,
  /// `missing_service_type`).
  bool lacks_attributes = false;
  bool lacks_service_type = false;
};

struct RateBoost {
  Rate maximum_rate;
  std::chrono::minutes cooldown_window;
};

/// A checked rule: its rate and reservoir are in range, its name and attribute keys are there.
/// Immutable; safe to share between threads.
class Rule {
 public:
  /// The one door from loose input. Reports the first problem.
  /// Errors: rule_name_empty, rate_out_of_range, reservoir_size_out_of_range, attribute_key_empty,
  /// attribute_key_repeated, boost_cooldown_out_of_range, pattern_too_long.
  static Result<Rule> from(RuleSpec spec);

  /// The Default rule as AWS ships it, or one that takes as many and has another name. REQUIRES: a
  /// name.
  static Rule shipped_default(std::string_view name = kDefaultRuleName);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] bool is_default() const noexcept { return name_ == kDefaultRuleName; }
  [[nodiscard]] std::int64_t priority() const noexcept { return priority_; }
  [[nodiscard]] Rate fixed_rate() const noexcept { return fixed_rate_; }
  /// Requests a second, 0 to kMaximumReservoirSize.
  [[nodiscard]] std::uint32_t reservoir_size() const noexcept { return reservoir_size_; }
  [[nodiscard]] const std::string& pattern(Field field) const noexcept {
    return patterns_[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] const std::vector<RuleAttribute>& attributes() const noexcept {
    return attributes_;
  }
  [[nodiscard]] const std::optional<RateBoost>& sampling_rate_boost() const noexcept {
    return boost_;
  }
  [[nodiscard]] std::int64_t version() const noexcept { return version_; }
  [[nodiscard]] const std::string& description() const noexcept { return description_; }
  [[nodiscard]] bool lacks_attributes() const noexcept { return lacks_attributes_; }
  [[nodiscard]] bool lacks_service_type() const noexcept { return lacks_service_type_; }
  /// Whether the rule was written without a pattern for the field.
  [[nodiscard]] bool lacks(Field field) const noexcept {
    return field == Field::service_type && lacks_service_type_;
  }

 private:
  Rule(RuleSpec spec, Rate fixed_rate, std::optional<RateBoost> boost);

  std::string name_;
  std::int64_t priority_;
  Rate fixed_rate_;
  std::uint32_t reservoir_size_;
  std::array<std::string, kFieldCount> patterns_;
  std::vector<RuleAttribute> attributes_;
  std::optional<RateBoost> boost_;
  std::int64_t version_;
  std::string description_;
  bool lacks_attributes_;
  bool lacks_service_type_;
};

}  // namespace dosimeter
