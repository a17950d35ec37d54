#include "sim/replay/load_histogram.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Below this many additions sorting is not worth while.
constexpr std::size_t kLeastUnsorted = 1000;

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

void sort_and_join(std::vector<LoadEntry>& entries) {
  std::sort(entries.begin(), entries.end(), is_before);
  join_neighbours(entries);
}

}  // namespace

LoadHistogram::LoadHistogram(std::vector<LoadEntry> entries) : entries_(std::move(entries)) {
  std::erase_if(entries_,
                [](const LoadEntry& entry) { return entry.load == 0 || entry.seconds == 0; });
  sort_and_join(entries_);
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
  entries_.push_back({hour, load, seconds});
  if (entries_.size() - sorted_ <= std::max(sorted_, kLeastUnsorted)) return;
  sort_and_join(entries_);
  sorted_ = entries_.size();
}

LoadHistogram LoadHistogramBuilder::build() && {
  sorted_ = 0;
  return LoadHistogram(std::exchange(entries_, {}));
}

}  // namespace dosimeter::sim
