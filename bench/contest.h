#pragma once

#include <dosimeter/sampler.h>

#include "bench/linear_decider.h"
#include "bench/re2_decider.h"
#include "bench/scenario.h"

#include <chrono>
#include <memory>
#include <string>

namespace dosimeter::bench {

/// When measuring begins, and how much later each request is: a hundred thousand a second, so that
/// most seconds of a busy rule's reservoir are used up, as they are where a decision's cost counts.
inline constexpr TimePoint kStart{std::chrono::seconds(1'777'889'702)};
inline constexpr std::chrono::nanoseconds kStep = std::chrono::microseconds(10);

/// Whoever decides, with the time it has got to.
template <typename Decides>
struct Contestant {
  Decides decider;
  TimePoint now = kStart;
};

/// The engine and those it is compared with, deciding the requests of one scenario. Made once for
/// all benchmarks and repetitions; a pass over all requests holds their decisions against each
/// other and warms them up.
class Contest {
 public:
  Contest(Set set, std::size_t rule_count);

  Scenario scenario;
  Sampler sampler;
  Contestant<Decider> engine;
  Contestant<LinearDecider> linear;
  /// For typical sets alone.
  std::unique_ptr<Contestant<Re2Decider>> re2;
  /// Empty if all decided alike.
  std::string disagreement;
  /// Makes hosts new.
  std::uint32_t next_host = 0;

 private:
  void compare_all();
};

/// The one for that set; made when it is first asked for.
[[nodiscard]] Contest& contest(Set set, std::size_t rule_count);

}  // namespace dosimeter::bench
