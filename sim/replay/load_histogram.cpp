#include "sim/replay/load_histogram.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kFirstPlaces = 8;

bool is_before(const LoadEntry& a, const LoadEntry& b) {
  return std::tie(a.hour, a.load) < std::tie(b.hour, b.load);
}

bool is_same(const LoadEntry& a, const LoadEntry& b) {
  return a.hour == b.hour && a.load == b.load;
}

/// Adds up neighbours of one hour and load.
void join_neighbours(std::vector<LoadEntry>& sorted) {
  std::size_t kept = 0;
  for (const LoadEntry& entry : sorted) {
    if (kept > 0 && is_same(sorted[kept - 1], entry)) {
      sorted[kept - 1].seconds += entry.seconds;
    } else {
      sorted[kept++] = entry;
    }
  }
  sorted.resize(kept);
}

}  // namespace

LoadHistogram::LoadHistogram(std::vector<LoadEntry> entries) : entries_(std::move(entries)) {
  std::erase_if(entries_,
                [](const LoadEntry& entry) { return entry.load == 0 || entry.seconds == 0; });
  std::sort(entries_.begin(), entries_.end(), is_before);
  join_neighbours(entries_);
  entries_.shrink_to_fit();
}

LoadHistogram::LoadHistogram(std::initializer_list<LoadEntry> entries)
    : LoadHistogram(std::vector<LoadEntry>(entries)) {}

std::uint64_t LoadHistogram::requests() const noexcept {
  std::uint64_t sum = 0;
  for (const LoadEntry& entry : entries_) sum += entry.load * entry.seconds;
  return sum;
}

void LoadHistogram::merge(const LoadHistogram& other) {
  std::vector<LoadEntry> both;
  both.reserve(size() + other.size());
  std::merge(begin(), end(), other.begin(), other.end(), std::back_inserter(both), is_before);
  join_neighbours(both);
  entries_ = std::move(both);
}

void LoadHistogramBuilder::add(std::int64_t hour, std::uint64_t load, std::uint64_t seconds) {
  if (load == 0 || seconds == 0) return;
  if ((used_ + 1) * 4 > places_.size() * 3) grow();
  LoadEntry& entry = place(hour, load);
  if (entry.seconds == 0) {
    entry = {hour, load, 0};
    ++used_;
  }
  entry.seconds += seconds;
}

/// REQUIRES: a free place.
LoadEntry& LoadHistogramBuilder::place(std::int64_t hour, std::uint64_t load) noexcept {
  const std::uint64_t mixed = static_cast<std::uint64_t>(hour) * 0x9E3779B97F4A7C15u +
                              load * std::uint64_t{0xC2B2AE3D27D4EB4F};
  const std::size_t last = places_.size() - 1;
  std::size_t at = static_cast<std::size_t>(mixed ^ mixed >> 32) & last;
  for (;;) {
    LoadEntry& entry = places_[at];
    if (entry.seconds == 0 || (entry.hour == hour && entry.load == load)) return entry;
    at = (at + 1) & last;
  }
}

void LoadHistogramBuilder::grow() {
  const std::size_t size = std::max(places_.size() * 2, kFirstPlaces);
  const std::vector<LoadEntry> entries = std::exchange(places_, std::vector<LoadEntry>(size));
  for (const LoadEntry& entry : entries) {
    if (entry.seconds != 0) place(entry.hour, entry.load) = entry;
  }
}

LoadHistogram LoadHistogramBuilder::build() && {
  used_ = 0;
  return LoadHistogram(std::exchange(places_, {}));
}

}  // namespace dosimeter::sim
