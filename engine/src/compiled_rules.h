#pragma once

#include <dosimeter/rule_set.h>

#include "engine/src/match_index.h"

#include <vector>

namespace dosimeter {

/// What the copies of a RuleSet share.
struct RuleSet::Compiled {
  Recorder recorder;
  RuleKind kind;
  std::vector<Rule> rules;
  std::vector<IgnoredRule> ignored;
  RuleIndex fallback_index;
  Fallback fallback;
  detail::MatchIndex index;
};

}  // namespace dosimeter
