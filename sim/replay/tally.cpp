#include "sim/replay/tally.h"

#include <algorithm>
#include <limits>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kFirstPlaces = 1024;
constexpr std::int64_t kSecondsInAnHour = 3600;

/// The second whose window a request at `time` draws from.
std::int64_t window_second(TimePoint time, ReservoirWindow window) noexcept {
  switch (window) {
    case ReservoirWindow::calendar_second:
    case ReservoirWindow::rounded_second:
    case ReservoirWindow::first_request:
    case ReservoirWindow::tenths_of_a_second:
    case ReservoirWindow::full_bucket:
    case ReservoirWindow::empty_bucket:
    case ReservoirWindow::lazy_bucket:
      break;
  }
  return calendar_second(time).time_since_epoch().count();
}

std::int64_t hour_of(std::int64_t second) noexcept {
  const std::int64_t hour = second / kSecondsInAnHour;
  return second % kSecondsInAnHour < 0 ? hour - 1 : hour;
}

/// Spreads keys that differ in few bits over all of them (the finisher of SplitMix64).
std::uint64_t mix(std::uint64_t key) noexcept {
  key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
  key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
  return key ^ (key >> 31);
}

}  // namespace

Tally::Tally(std::size_t rules, ReservoirWindow window, std::size_t open_bytes)
    : window_(window),
      most_places_(open_bytes / 3 * 2 / sizeof(Cell)),
      cells_(std::min(kFirstPlaces, most_places_)),
      first_open_second_(std::numeric_limits<std::int64_t>::min()),
      folded_(rules) {}

bool Tally::add(RuleIndex rule, InstanceIndex instance, TimePoint time, std::uint64_t count) {
  if (count == 0) return true;
  const std::int64_t second = window_second(time, window_);
  if (second < first_open_second_) return false;
  Cell* cell = &place(rule, instance, second);
  if (cell->count == 0) {
    if ((used_ + 1) * 4 > cells_.size() * 3) {
      make_room();
      if (second < first_open_second_) return false;
      cell = &place(rule, instance, second);
    }
    *cell = {second, rule, instance, 0};
    ++used_;
  }
  cell->count += count;
  return true;
}

Tally::Cell& Tally::place(RuleIndex rule, InstanceIndex instance, std::int64_t second) noexcept {
  const std::uint64_t who = std::uint64_t{rule} << 32 | instance;
  const std::uint64_t hash = mix(static_cast<std::uint64_t>(second) + mix(who));
  // The hash's upper half as a fraction of the table: no division.
  std::size_t at = static_cast<std::size_t>((hash >> 32) * cells_.size() >> 32);
  for (;;) {
    Cell& cell = cells_[at];
    const bool is_it = cell.second == second && cell.rule == rule && cell.instance == instance;
    if (cell.count == 0 || is_it) return cell;
    if (++at == cells_.size()) at = 0;
  }
}

void Tally::make_room() {
  if (cells_.size() < most_places_) {
    const std::vector<Cell> open = std::move(cells_);
    rebuild(open, std::min(open.size() * 2, most_places_));
    return;
  }
  std::vector<std::int64_t> seconds;
  seconds.reserve(used_);
  for (const Cell& cell : cells_) {
    if (cell.count != 0) seconds.push_back(cell.second);
  }
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  // All of the middle second goes, so that something goes even if there is no other.
  fold_before(*middle + 1);
}

void Tally::fold_before(std::int64_t second) {
  std::vector<Cell> open;
  for (const Cell& cell : cells_) {
    if (cell.count == 0) continue;
    if (cell.second < second) {
      fold(cell);
    } else {
      open.push_back(cell);
    }
  }
  first_open_second_ = second;
  rebuild(open, cells_.size());
}

void Tally::fold(const Cell& cell) {
  folded_[cell.rule].add(hour_of(cell.second), cell.count);
}

void Tally::rebuild(const std::vector<Cell>& open, std::size_t places) {
  cells_.assign(places, Cell{});
  used_ = 0;
  for (const Cell& cell : open) {
    if (cell.count == 0) continue;
    place(cell.rule, cell.instance, cell.second) = cell;
    ++used_;
  }
}

std::vector<LoadHistogram> Tally::finish() && {
  for (const Cell& cell : cells_) {
    if (cell.count != 0) fold(cell);
  }
  std::vector<LoadHistogram> loads;
  loads.reserve(folded_.size());
  for (LoadHistogramBuilder& builder : folded_) loads.push_back(std::move(builder).build());
  return loads;
}

}  // namespace dosimeter::sim
