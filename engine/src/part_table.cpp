#include "engine/src/part_table.h"

#include <algorithm>
#include <bit>
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
  shift_ = shift_for(size);
  filter_ = HashFilter(entries.size());
  for (std::size_t i = 0; i < entries.size();) {
    const std::uint64_t hash = entries[i].hash;
    filter_.add(hash);
    const std::size_t begin = patterns_.size();
    for (; i < entries.size() && entries[i].hash == hash; ++i) {
      if (entries[i].pattern != kNoPattern) patterns_.push_back(entries[i].pattern);
    }
    std::size_t at = hash >> shift_;
    while (slots_[at].begin != kFree) at = (at + 1) & (size - 1);
    slots_[at] = {hash, static_cast<std::uint32_t>(begin),
                  static_cast<std::uint32_t>(patterns_.size() - begin)};
  }
}

}  // namespace dosimeter::detail
