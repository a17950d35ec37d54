#pragma once

#include <dosimeter/sampler.h>

#include "bench/request_list.h"

#include <chrono>
#include <cstddef>

namespace dosimeter::bench {

/// How much later each request is than the one before.
inline constexpr std::chrono::nanoseconds kCountedStep = std::chrono::microseconds(10);

/// Decides all of the requests once, and says how many were sampled. Callgrind counts the
/// instructions in here alone, which is why it has a plain name and stands in a file of its own,
/// where no compiler makes another function of it.
extern "C" std::size_t dosimeter_counted_pass(Decider& decider, const RequestList& requests,
                                              TimePoint now);

}  // namespace dosimeter::bench
