#pragma once

#include <dosimeter/request.h>
#include <dosimeter/rule.h>

#include "tests/oracle/pattern_oracle.h"

#include <map>
#include <string>
#include <vector>

/// Which rule the documented recorder selects and how many it takes, said in the plainest way. Uses
/// the engine's value types, none of its logic.
namespace dosimeter::oracle {

inline bool is_absent(const FieldText& text) {
  return !text.has_value() || *text == "" || *text == "-";
}

inline bool selects(const RuleSpec& rule, const Request& request) {
  if (rule.name == "Default") return true;
  const auto field = [](const std::string& pattern, const FieldText& text) {
    return is_absent(text) || matches(pattern, *text);
  };
  if (!field(rule.service_name, request.service_name)) return false;
  if (!field(rule.service_type, request.service_type)) return false;
  if (!field(rule.host, request.host)) return false;
  if (!field(rule.http_method, request.http_method)) return false;
  if (!field(rule.url_path, request.url_path)) return false;
  if (is_absent(request.resource_arn) ? rule.resource_arn != "*"
                                      : !matches(rule.resource_arn, *request.resource_arn)) {
    return false;
  }
  for (const auto& wanted : rule.attributes) {
    bool found = false;
    for (const auto& attribute : request.attributes) {
      if (attribute.key == wanted.key) {
        found = matches(wanted.pattern, attribute.value);
        break;
      }
    }
    if (!found) return false;
  }
  return true;
}

/// The name of the rule selected: least priority, then least name, Default after all others.
inline std::string selected(const std::vector<RuleSpec>& rules, const Request& request) {
  const RuleSpec* best = nullptr;
  for (const auto& rule : rules) {
    if (rule.name == "Default" || !selects(rule, request)) continue;
    if (best == nullptr || rule.priority < best->priority ||
        (rule.priority == best->priority && decode(rule.name) < decode(best->name))) {
      best = &rule;
    }
  }
  return best == nullptr ? "Default" : best->name;
}

/// Counts takes per calendar second; time may go back, and then the latest second goes on.
class CalendarReservoir {
 public:
  bool take(std::int64_t second, std::uint64_t size) {
    if (size == 0) return false;
    if (!used_ || second > second_) {
      used_ = true;
      second_ = second;
      taken_ = 0;
    }
    if (taken_ >= size) return false;
    ++taken_;
    return true;
  }

 private:
  bool used_ = false;
  std::int64_t second_ = 0;
  std::uint64_t taken_ = 0;
};

}  // namespace dosimeter::oracle
