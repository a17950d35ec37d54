#pragma once

#include "sim/replay/load_histogram.h"

#include <cstdint>
#include <utility>

namespace dosimeter::oracle {

/// {taken, refused} by asking a reservoir of `size` a second request after request, second after
/// second.
inline std::pair<std::uint64_t, std::uint64_t> slow_takes(const sim::LoadHistogram& histogram,
                                                          std::uint64_t size) {
  std::uint64_t taken = 0;
  std::uint64_t refused = 0;
  for (const auto& [hour, load, seconds] : histogram) {
    for (std::uint64_t second = 0; second < seconds; ++second) {
      std::uint64_t left = size;
      for (std::uint64_t request = 0; request < load; ++request) {
        if (left > 0) {
          --left;
          ++taken;
        } else {
          ++refused;
        }
      }
    }
  }
  return {taken, refused};
}

}  // namespace dosimeter::oracle
