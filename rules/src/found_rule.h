#pragma once

#include <dosimeter/rule.h>
#include <dosimeter/rules/document.h>

#include "rules/src/json_value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::rules {

/// A rule of one source, as far as it could be read.
struct FoundRule {
  /// What diagnostics call it: see Diagnostic::rule.
  std::string label;
  /// Where its object begins.
  Place place;
  /// Its name and where that stands; empty where it has none.
  std::string name;
  Place name_place;
  /// The nodes of its object: [begin, end).
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  /// Absent where an error was reported.
  std::optional<Rule> rule;
};

/// A source as far as it could be read: absent shape where it is no rule document.
struct FoundDocument {
  std::optional<DocumentShape> shape;
  std::vector<FoundRule> rules;
};

}  // namespace dosimeter::rules
