#include "bench/counted_pass.h"

namespace dosimeter::bench {

std::size_t dosimeter_counted_pass(Decider& decider, const RequestList& requests, TimePoint now) {
  std::size_t sampled = 0;
  for (const Asked& one : requests.asked()) {
    now += kCountedStep;
    if (decider.decide(one.request, now, one.draw).sampled) ++sampled;
  }
  return sampled;
}

}  // namespace dosimeter::bench
