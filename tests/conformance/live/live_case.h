#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/request.h>
#include <dosimeter/rule.h>
#include <dosimeter/sampling_target.h>
#include <dosimeter/time_point.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a real recorder and the engine are both asked (drivers/README.md).
namespace dosimeter::conformance {

struct CaseAttribute {
  std::string key = {};
  /// Of what is no text, JSON: `42`, `true`.
  std::string value = {};
  bool is_text = true;
};

/// Of one request; owns its texts.
struct CaseRequest {
  /// By Field.
  std::array<std::optional<std::string>, kFieldCount> fields = {};
  std::vector<CaseAttribute> attributes = {};
  UpstreamDecision upstream = UpstreamDecision::none;
};

enum class StepKind : unsigned char { request, targets, rules, statistics };

struct CaseStep {
  StepKind kind = StepKind::request;
  TimePoint at = {};
  CaseRequest request = {};
  double draw = 0;
  std::vector<SamplingTarget> targets = {};
  std::vector<RuleSpec> rules = {};
};

/// What a case is for, in the order in which they are made.
enum class Family : unsigned char {
  matching,
  reservoir,
  quota,
  refresh,
  upstream,
  local_matching,
  local_reservoir,
};
inline constexpr std::array<std::string_view, 7> kFamilyNames = {
    "matching", "reservoir",      "quota",          "refresh",
    "upstream", "local_matching", "local_reservoir"};

struct Case {
  std::size_t number = 0;
  Family family = Family::matching;
  /// In the order of the service's answer, or of the local document; the last rule of that is its
  /// default, and the names are those of rules::load_rules.
  std::vector<RuleSpec> rules = {};
  TimePoint at = {};
  std::vector<CaseStep> steps = {};

  [[nodiscard]] RuleKind kind() const noexcept {
    return family >= Family::local_matching ? RuleKind::local : RuleKind::central;
  }
};

/// The names of all rules of a case, each once, in the order in which they come. Answers name a
/// rule by its place here.
[[nodiscard]] std::vector<std::string> rule_names(const Case& asked);

/// `RuleSpec::*` of a field's pattern, by Field.
inline constexpr std::array<std::string RuleSpec::*, kFieldCount> kPatternMembers = {
    &RuleSpec::service_name, &RuleSpec::service_type, &RuleSpec::host,
    &RuleSpec::http_method,  &RuleSpec::url_path,     &RuleSpec::resource_arn};

}  // namespace dosimeter::conformance
