#include "engine/src/crowding.h"

#include <algorithm>
#include <vector>

namespace dosimeter::detail {

double crowding(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                std::size_t first_field, std::size_t second_field) {
  std::vector<std::uint64_t> pairs;
  pairs.reserve(rules.size());
  for (const std::uint32_t rule : rules) {
    pairs.push_back(std::uint64_t{rows[rule].patterns[first_field]} << 32 |
                    rows[rule].patterns[second_field]);
  }
  std::sort(pairs.begin(), pairs.end());
  double sum = 0;
  for (auto begin = pairs.begin(); begin != pairs.end();) {
    const auto end = std::upper_bound(begin, pairs.end(), *begin);
    const auto count = static_cast<double>(end - begin);
    sum += count * count;
    begin = end;
  }
  return sum;
}

}  // namespace dosimeter::detail
