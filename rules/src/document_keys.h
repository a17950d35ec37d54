#pragma once

#include <dosimeter/document_choices.h>

#include "rules/src/json_value.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dosimeter::rules {

/// The keys of a rule of a local document and of its default.
enum class RuleKey : std::uint8_t {
  host,
  service_name,
  http_method,
  url_path,
  fixed_target,
  rate,
  description,
};
inline constexpr std::array<std::string_view, 7> kRuleKeyNames{
    "host", "service_name", "http_method", "url_path", "fixed_target", "rate", "description"};
inline constexpr std::array<RuleKey, 4> kPatternRuleKeys{RuleKey::host, RuleKey::service_name,
                                                         RuleKey::http_method, RuleKey::url_path};

constexpr std::string_view name_of(RuleKey key) {
  return kRuleKeyNames[static_cast<std::size_t>(key)];
}

/// Whether a recorder takes `written` for that key.
bool is_key(std::string_view written, std::string_view key, KeyCase letter_case);

/// The key that a recorder takes `written` for.
std::optional<RuleKey> rule_key(std::string_view written, KeyCase letter_case);

/// The value of that key, the last one where several keys are taken for it.
std::optional<JsonValue> find_key(JsonValue object, std::string_view key, KeyCase letter_case);

}  // namespace dosimeter::rules
