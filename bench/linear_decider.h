#pragma once

#include <dosimeter/request.h>

#include "bench/take_or_draw.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::bench {

/// What the engine is compared with: the first rule that matches by asking one after the other, as
/// a careful programmer writes it. Patterns are folded beforehand and lie one after the other; a
/// request's fields are folded once; `*` is skipped. It shares no code with the engine but the
/// Reservoir, and does not change when the engine does.
class LinearDecider {
 public:
  /// REQUIRES: rules in order of evaluation, of which the last matches everything; ASCII patterns;
  /// no attributes.
  explicit LinearDecider(std::span<const Rule> rules);

  /// REQUIRES: ASCII fields, none of them empty or "-". An absent one matches any pattern.
  [[nodiscard]] RuleIndex match(const Request& request);

  [[nodiscard]] Decision decide(const Request& request, TimePoint now, double draw) {
    return outcome_.decide(match(request), now, draw);
  }

 private:
  /// A pattern other than `*`, and the field it is for.
  struct Test {
    std::uint32_t begin;
    std::uint32_t size;
    std::uint32_t field;
  };

  std::string patterns_;  // folded
  std::vector<Test> tests_;
  std::vector<std::uint32_t> ends_;  // by rule: where its tests end
  std::vector<char> folded_;
  TakeOrDraw outcome_;
};

}  // namespace dosimeter::bench
