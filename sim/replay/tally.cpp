#include "sim/replay/tally.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kFirstPlaces = 1024;
/// How many cells ahead memory is asked for their places.
constexpr std::size_t kCellsAhead = 16;
constexpr std::int64_t kSecondsInAnHour = 3600;

std::int64_t hour_of(std::int64_t second) noexcept {
  const std::int64_t hour = second / kSecondsInAnHour;
  return second % kSecondsInAnHour < 0 ? hour - 1 : hour;
}

bool is_of_first_instance(const TallyCell& cell) noexcept {
  return cell.instance == 0;
}

/// Spreads keys that differ in few bits over all of them (the finisher of SplitMix64).
std::uint64_t mix(std::uint64_t key) noexcept {
  key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
  key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
  return key ^ (key >> 31);
}

}  // namespace

Tally::Tally(std::size_t rules, std::size_t open_bytes, OnClose on_close)
    : most_places_(open_bytes / 3 * 2 / sizeof(TallyCell)),
      cells_(std::min(kFirstPlaces, most_places_)),
      first_open_second_(std::numeric_limits<std::int64_t>::min()),
      folded_(rules),
      on_close_(std::move(on_close)) {}

bool Tally::add(RuleIndex rule, InstanceIndex instance, TimePoint time, std::uint64_t count) {
  const std::int64_t second = calendar_second(time).time_since_epoch().count();
  if (count > 0 && second < first_open_second_) return false;
  const TallyCell cell{second, rule, instance, count};
  add({&cell, 1});
  return true;
}

void Tally::add(std::span<const TallyCell> cells) {
  make_places(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const TallyCell& cell = cells[i];
    if (i + kCellsAhead < cells.size()) ask_for(cells[i + kCellsAhead]);
    if (cell.count == 0) continue;
    TallyCell& found = place(cell);
    if (found.count == 0) {
      found = cell;
      ++used_;
    } else {
      found.count += cell.count;
    }
  }
  while (used_ * 4 > most_places_ * 3) fold_oldest_half();
  if (cells_.size() > most_places_) rebuild(most_places_);
}

std::size_t Tally::first_place(const TallyCell& cell) const noexcept {
  const std::uint64_t who = std::uint64_t{cell.rule} << 32 | cell.instance;
  const std::uint64_t hash = mix(static_cast<std::uint64_t>(cell.second) + mix(who));
  // The hash's upper half as a fraction of the table: no division.
  return static_cast<std::size_t>((hash >> 32) * cells_.size() >> 32);
}

/// Memory is far away where the table is large.
void Tally::ask_for(const TallyCell& cell) const noexcept {
  __builtin_prefetch(&cells_[first_place(cell)], 1);
}

TallyCell& Tally::place(const TallyCell& wanted) noexcept {
  std::size_t at = first_place(wanted);
  for (;;) {
    TallyCell& cell = cells_[at];
    const bool is_it = cell.second == wanted.second && cell.rule == wanted.rule &&
                       cell.instance == wanted.instance;
    if (cell.count == 0 || is_it) return cell;
    if (++at == cells_.size()) at = 0;
  }
}

/// For so many more cells. Past what is allowed only as long as the block takes.
void Tally::make_places(std::size_t cells) {
  const std::size_t wanted = used_ + cells;
  std::size_t places = cells_.size();
  while (places < most_places_ && wanted * 4 > places * 3) {
    places = std::min(places * 2, most_places_);
  }
  if (wanted * 8 > places * 7) places = wanted / 7 * 8 + 8;
  if (places != cells_.size()) rebuild(places);
}

void Tally::fold_oldest_half() {
  if (used_ == 0) return;
  std::vector<std::int64_t> seconds;
  seconds.reserve(used_);
  for (const TallyCell& cell : cells_) {
    if (cell.count != 0) seconds.push_back(cell.second);
  }
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  // All of the middle second goes, so that something goes even if there is no other.
  const std::int64_t before = *middle + 1;
  std::vector<std::int64_t>().swap(seconds);
  const auto is_closed = [&](const TallyCell& cell) {
    return cell.count != 0 && cell.second < before;
  };
  std::vector<TallyCell> closed;
  closed.reserve(static_cast<std::size_t>(std::count_if(cells_.begin(), cells_.end(), is_closed)));
  for (TallyCell& cell : cells_) {
    if (!is_closed(cell)) continue;
    closed.push_back(cell);
    cell.count = 0;
  }
  used_ -= closed.size();
  first_open_second_ = before;
  fold(std::move(closed));
  // Places that have become free end searches too early.
  rebuild(cells_.size());
}

/// REQUIRES: of a second all cells or none.
void Tally::fold(std::vector<TallyCell> cells) {
  if (on_close_) on_close_(cells, first_open_second_);
  if (std::all_of(cells.begin(), cells.end(), is_of_first_instance)) {
    fold_first_instance(cells);
    return;
  }
  std::sort(cells.begin(), cells.end(), [](const TallyCell& a, const TallyCell& b) {
    return std::tie(a.rule, a.second) < std::tie(b.rule, b.second);
  });
  for (auto cell = cells.begin(); cell != cells.end();) {
    const TallyCell& first = *cell;
    const auto end = std::find_if(cell, cells.end(), [&](const TallyCell& other) {
      return other.rule != first.rule || other.second != first.second;
    });
    fold_second(folded_[first.rule], {cell, end});
    cell = end;
  }
}

/// As `fold`, without an order: what one cell holds is all of its rule and second.
void Tally::fold_first_instance(std::span<const TallyCell> cells) {
  for (const TallyCell& cell : cells) fold_second(folded_[cell.rule], {&cell, 1});
}

/// REQUIRES: cells of one rule and second.
void Tally::fold_second(FoldedRule& rule, std::span<const TallyCell> cells) {
  const std::int64_t hour = hour_of(cells.front().second);
  InstanceIndex last = 0;
  for (const TallyCell& cell : cells) last = std::max(last, cell.instance);
  // Until now the first instance was all of them.
  if (last > 0 && rule.instances.size() == 1) rule.all = rule.instances.front();
  if (rule.instances.size() <= last) rule.instances.resize(std::size_t{last} + 1);
  std::uint64_t all = 0;
  for (const TallyCell& cell : cells) {
    rule.instances[cell.instance].add(hour, cell.count);
    all += cell.count;
  }
  if (rule.instances.size() > 1) rule.all.add(hour, all);
}

void Tally::rebuild(std::size_t places) {
  std::vector<TallyCell> open;
  open.reserve(used_);
  for (const TallyCell& cell : cells_) {
    if (cell.count != 0) open.push_back(cell);
  }
  // Never both tables at once.
  if (places != cells_.size()) std::vector<TallyCell>().swap(cells_);
  cells_.assign(places, TallyCell{});
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (i + kCellsAhead < open.size()) ask_for(open[i + kCellsAhead]);
    place(open[i]) = open[i];
  }
}

std::vector<RuleLoads> Tally::finish() && {
  std::erase_if(cells_, [](const TallyCell& cell) { return cell.count == 0; });
  first_open_second_ = std::numeric_limits<std::int64_t>::max();
  fold(std::exchange(cells_, {}));
  std::vector<RuleLoads> loads(folded_.size());
  for (std::size_t rule = 0; rule < folded_.size(); ++rule) {
    for (LoadHistogramBuilder& builder : folded_[rule].instances) {
      loads[rule].instances.push_back(std::move(builder).build());
    }
    if (loads[rule].instances.size() == 1) {
      loads[rule].all = loads[rule].instances.front();
    } else {
      loads[rule].all = std::move(folded_[rule].all).build();
    }
  }
  return loads;
}

}  // namespace dosimeter::sim
