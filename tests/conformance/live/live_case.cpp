#include "tests/conformance/live/live_case.h"

#include <algorithm>

namespace dosimeter::conformance {

std::vector<std::string> rule_names(const Case& asked) {
  std::vector<std::string> names;
  const auto add = [&](const std::vector<RuleSpec>& rules) {
    for (const RuleSpec& rule : rules) {
      if (std::find(names.begin(), names.end(), rule.name) == names.end()) {
        names.push_back(rule.name);
      }
    }
  };
  add(asked.rules);
  for (const CaseStep& step : asked.steps) add(step.rules);
  return names;
}

}  // namespace dosimeter::conformance
