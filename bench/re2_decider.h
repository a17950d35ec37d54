#pragma once

#include <dosimeter/request.h>

#include "bench/take_or_draw.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::bench {

/// A pattern of rules as a regular expression for the whole text.
[[nodiscard]] std::string as_regular_expression(std::string_view pattern);
/// Any letter case, one character a byte, and room enough for automata.
[[nodiscard]] RE2::Options re2_options();

/// The strongest library for many patterns at once that Debian packages, put to the same use: all
/// distinct path patterns in one RE2::Set, and the rules of those that match asked for their other
/// fields, in order. (One RE2::Set over all fields of a request joined to one text was tried and is
/// several times slower.)
class Re2Decider {
 public:
  /// REQUIRES: as LinearDecider, and no pattern but for service, host, method and path.
  explicit Re2Decider(std::span<const Rule> rules);

  /// Nothing where RE2 gives up for lack of memory. REQUIRES: a path.
  [[nodiscard]] std::optional<RuleIndex> match(const Request& request);

  [[nodiscard]] Decision decide(const Request& request, TimePoint now, double draw) {
    const std::optional<RuleIndex> rule = match(request);
    if (!rule) gave_up_ = true;
    return outcome_.decide(rule.value_or(0), now, draw);
  }
  [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }

 private:
  /// Folded; empty for `*`.
  struct Rest {
    std::string service_name;
    std::string host;
    std::string http_method;
  };

  RE2::Set paths_;
  std::vector<Rest> rests_;                        // by rule
  std::vector<std::vector<RuleIndex>> with_path_;  // by number in the set, in order
  std::vector<RuleIndex> with_any_path_;
  std::vector<int> found_;
  std::string folded_;
  bool gave_up_ = false;
  TakeOrDraw outcome_;
};

}  // namespace dosimeter::bench
