#include "bench/measured.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dosimeter::bench {

double Measured::median() const {
  std::vector<double> sorted = nanoseconds;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

double Measured::spread() const {
  if (nanoseconds.size() < 2) return 0;
  const auto count = static_cast<double>(nanoseconds.size());
  const double mean = std::accumulate(nanoseconds.begin(), nanoseconds.end(), 0.0) / count;
  double squares = 0;
  for (const double value : nanoseconds) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / (count - 1)) / mean;
}

const Measured* find(const std::vector<Measured>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Measured& one) {
    return one.name == name && one.error.empty() && !one.nanoseconds.empty();
  });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace dosimeter::bench
