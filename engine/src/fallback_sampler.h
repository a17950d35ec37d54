#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/request.h>
#include <dosimeter/reservoir.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include <cstddef>
#include <deque>
#include <optional>

namespace dosimeter::detail {

/// What a recorder that asks X-Ray decides by while it has no rules, only stale ones, or none that
/// matches: local rules, or one request a second and 5 %. Thread-safe.
class FallbackSampler {
 public:
  /// `began` is when the recorder began, if that is known.
  FallbackSampler(std::optional<RuleSet> local_rules, const Recorder& recorder,
                  std::optional<TimePoint> began);

  [[nodiscard]] Decision decide(const Request& request, TimePoint now, double draw) noexcept;

  /// Of its decisions.
  void set_rule(RuleId rule) noexcept { rule_ = rule; }

 private:
  struct alignas(64) Place {
    Place(std::uint32_t reservoir_size, double drawn) : size(reservoir_size), share(drawn) {}
    Reservoir reservoir;
    std::uint32_t size;
    double share;
  };

  std::optional<RuleSet> rules_;
  ReservoirChoices choices_;
  /// The recorder has none but this sampler: it borrows.
  bool borrows_;
  std::deque<Place> places_;
  RuleId rule_ = kNoRule;
};

}  // namespace dosimeter::detail
