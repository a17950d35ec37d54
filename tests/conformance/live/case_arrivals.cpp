#include "tests/conformance/live/case_arrivals.h"

#include <array>

namespace dosimeter::conformance {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr std::array<nanoseconds, 8> kSmallSteps = {0ns,    1ns,   999ns, 1us,
                                                    1000us, 999us, 10ms,  50ms};
constexpr std::array<nanoseconds, 9> kSteps = {100ms, 99ms,  101ms, 200ms, 250ms,
                                               333ms, 334ms, 500ms, 1s};
constexpr std::array<nanoseconds, 7> kLongSteps = {1s, 1s + 1ns, 1001ms, 2s, 2500ms, 7s, 11s};
constexpr std::array<nanoseconds, 6> kBackSteps = {1us, 1ms, 100ms, 500ms, 1s, 2500ms};
constexpr std::array<nanoseconds, 7> kEdges = {-1ms, -1us, -1ns, 0ns, 1ns, 1us, 1ms};

template <typename List>
nanoseconds one_of(Random& random, const List& list) {
  return list[random.below(list.size())];
}

}  // namespace

nanoseconds CaseArrivals::small_step() {
  return one_of(random_, kSmallSteps);
}

TimePoint CaseArrivals::next() {
  if (random_.chance(burst_)) {
    if (random_.chance(0.3)) now_ += small_step();
    return now_;
  }
  switch (random_.below(8)) {
    case 0: {  // to the next whole second or the half of this one
      const auto half = random_.chance(0.4) ? 500ms : 0ms;
      auto edge = TimePoint(calendar_second(now_)) + half;
      if (edge <= now_) edge += 1s;
      return to_the_edge_of(edge);
    }
    case 1:
      if (goes_back_) {
        now_ -= one_of(random_, kBackSteps);
        return now_;
      }
      [[fallthrough]];
    case 2:
      now_ += one_of(random_, kLongSteps);
      return now_;
    case 3:
      now_ += std::chrono::microseconds(random_.below(400000));
      return now_;
    default:
      now_ += one_of(random_, kSteps);
      if (random_.chance(0.2)) now_ += small_step();
      return now_;
  }
}

TimePoint CaseArrivals::to_the_edge_of(TimePoint time) {
  const TimePoint edge = time + one_of(random_, kEdges);
  if (goes_back_ || edge >= now_) now_ = edge;
  return now_;
}

}  // namespace dosimeter::conformance
