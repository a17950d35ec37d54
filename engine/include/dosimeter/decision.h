#pragma once

#include <cstdint>

namespace dosimeter {

/// A rule's number: the same for a rule name during a Sampler's life, whatever rules are swapped
/// in. Numbers start at 0 and have no gaps, so they can index an array.
struct RuleId {
  std::uint32_t value;
  friend bool operator==(RuleId, RuleId) noexcept = default;
};

/// No rule: none was asked because the caller upstream had decided, or none of that name is known.
inline constexpr RuleId kNoRule{0xFFFFFFFF};

/// Why a request is sampled or not.
enum class Cause : unsigned char {
  reservoir,        // sampled: the reservoir had one left
  borrow,           // sampled: one a second while no quota is known
  rate,             // sampled: the draw fell under the fixed rate
  refused_by_rate,  // not sampled: the draw did not
  upstream,         // the trace header decided, either way
};

struct Decision {
  RuleId rule;
  bool sampled;
  Cause cause;
  /// The chance this request had of being sampled once the reservoir had answered: 1 if it took it,
  /// else the fixed rate, also where the request was refused. Where upstream decided: 1 or 0, as it
  /// did. 1 / probability is the weight of a sampled request in an estimate of all (Horvitz and
  /// Thompson, 1952).
  double probability;
};

}  // namespace dosimeter
