#pragma once

#include <dosimeter/recorder.h>

#include "sim/recorders/choice_list.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// A choice in which two recorders differ, of whichever struct it is, and what each has chosen.
struct ChoiceDifference {
  std::string_view key;
  std::string_view name;
  struct Value {
    std::string_view value;
    std::string_view meaning;
  };
  Value a;
  Value b;

  /// One of them.
  const Choice<MatchChoices>* match = nullptr;
  const Choice<TextChoices>* text = nullptr;
};

/// More choices than these can differ in no pair of recorders.
inline constexpr std::size_t kMostDifferences = 64;

/// Every choice that can make a request change rule and in which the recorders differ: of the
/// rules' kind the match choices, then the text choices, in the order of their lists. REQUIRES:
/// both know that kind.
[[nodiscard]] std::vector<ChoiceDifference> choice_differences(const Recorder& a, const Recorder& b,
                                                               RuleKind kind);

/// Gives `to` that one choice of `from`.
void copy_choice(const ChoiceDifference& difference, RuleKind kind, const Recorder& from,
                 Recorder& to);

}  // namespace dosimeter::sim
