#pragma once

#include <dosimeter/rule_set.h>

#include <dosimeter.h>

#include <vector>

/// The handle of the C interface.
struct dosimeter_rule_set {
  dosimeter::RuleSet rules;
  /// Views of what `rules` holds.
  std::vector<dosimeter_ignored_rule> ignored;
};
