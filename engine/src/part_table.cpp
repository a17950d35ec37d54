#include "engine/src/part_table.h"

#include <algorithm>
#include <tuple>

namespace dosimeter::detail {

PartTable::PartTable(std::vector<Entry> entries) {
  if (entries.empty()) return;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.hash, a.pattern) < std::tie(b.hash, b.pattern);
  });
  // Two at least, so that the shift is smaller than a word.
  const std::size_t size = std::bit_ceil(2 * entries.size());
  slots_.resize(size);
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(size));
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin;
    const std::uint64_t hash = entries[begin].hash;
    for (; end < entries.size() && entries[end].hash == hash; ++end) {
      patterns_.push_back(entries[end].pattern);
    }
    std::size_t i = hash >> shift_;
    while (slots_[i].count != 0) i = (i + 1) & (size - 1);
    slots_[i] = {hash, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
    begin = end;
  }
}

}  // namespace dosimeter::detail
