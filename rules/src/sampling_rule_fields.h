#pragma once

#include <dosimeter/rule.h>

#include "rules/src/constraints.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::rules {

/// AWS's JSON writes `FixedRate`, Terraform `fixed_rate`.
enum class Spelling { pascal, snake };

/// A field of a sampling rule. `member` and `length` are there for the patterns only.
struct SamplingRuleField {
  std::string_view pascal;
  /// Empty where Terraform has no such argument.
  std::string_view snake;
  /// Whether CreateSamplingRule insists on it (API reference, SamplingRule).
  bool required;
  std::string RuleSpec::*member = nullptr;
  std::size_t length = 0;

  [[nodiscard]] constexpr std::string_view name(Spelling spelling) const {
    return spelling == Spelling::pascal ? pascal : snake;
  }
};

enum SamplingRuleFieldIndex : std::size_t {
  rule_name_field,
  rule_arn_field,
  resource_arn_field,
  priority_field,
  fixed_rate_field,
  reservoir_size_field,
  service_name_field,
  service_type_field,
  host_field,
  http_method_field,
  url_path_field,
  version_field,
  attributes_field,
  sampling_rate_boost_field,
  sampling_rule_field_count,
};

/// By SamplingRuleFieldIndex. The Terraform names are the arguments of aws_xray_sampling_rule.
inline constexpr std::array<SamplingRuleField, sampling_rule_field_count> kSamplingRuleFields{{
    {"RuleName", "rule_name", false},  // or RuleARN: checked apart
    {"RuleARN", "", false},
    {"ResourceARN", "resource_arn", true, &RuleSpec::resource_arn, limits::kResourceArnLength},
    {"Priority", "priority", true},
    {"FixedRate", "fixed_rate", true},
    {"ReservoirSize", "reservoir_size", true},
    {"ServiceName", "service_name", true, &RuleSpec::service_name, limits::kServiceNameLength},
    {"ServiceType", "service_type", true, &RuleSpec::service_type, limits::kServiceTypeLength},
    {"Host", "host", true, &RuleSpec::host, limits::kHostLength},
    {"HTTPMethod", "http_method", true, &RuleSpec::http_method, limits::kHttpMethodLength},
    {"URLPath", "url_path", true, &RuleSpec::url_path, limits::kUrlPathLength},
    {"Version", "version", true},
    {"Attributes", "attributes", false},
    {"SamplingRateBoost", "sampling_rate_boost", false},
}};

}  // namespace dosimeter::rules
