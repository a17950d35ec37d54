#include "rules/src/document_keys.h"

#include <algorithm>

namespace dosimeter::rules {
namespace {

char lowered(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

}  // namespace

bool is_key(std::string_view written, std::string_view key, KeyCase letter_case) {
  if (letter_case == KeyCase::exact) return written == key;
  return std::equal(written.begin(), written.end(), key.begin(), key.end(),
                    [](char a, char b) { return lowered(a) == b; });
}

std::optional<RuleKey> rule_key(std::string_view written, KeyCase letter_case) {
  for (std::size_t i = 0; i < kRuleKeyNames.size(); ++i) {
    if (is_key(written, kRuleKeyNames[i], letter_case)) return static_cast<RuleKey>(i);
  }
  return std::nullopt;
}

std::optional<JsonValue> find_key(JsonValue object, std::string_view key, KeyCase letter_case) {
  std::optional<JsonValue> found;
  object.for_each_member([&](JsonValue written, JsonValue value) {
    if (is_key(written.text(), key, letter_case)) found = value;
  });
  return found;
}

}  // namespace dosimeter::rules
