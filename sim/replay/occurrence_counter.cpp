#include "sim/replay/occurrence_counter.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kFirstPlaces = 1024;

}  // namespace

OccurrenceCounter::OccurrenceCounter(std::size_t bytes)
    : most_places_(std::bit_floor(bytes / 2 / sizeof(Place))) {
  young_.places.resize(std::min(kFirstPlaces, most_places_));
}

OccurrenceCounter::Place& OccurrenceCounter::place(Generation& generation,
                                                   std::uint64_t hash) noexcept {
  const std::size_t mask = generation.places.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash) & mask;
  while (generation.places[at].rows != 0 && generation.places[at].hash != hash) {
    at = (at + 1) & mask;
  }
  return generation.places[at];
}

std::uint64_t OccurrenceCounter::next(std::uint64_t hash, TimePoint time) {
  if (Place& known = place(young_, hash); known.rows != 0) return known.rows++;
  std::uint64_t before = 0;
  if (!old_.places.empty()) before = place(old_, hash).rows;
  if (before == 0 && has_forgotten_ && time <= latest_forgotten_) may_have_repeated_ = true;
  make_room();
  place(young_, hash) = {hash, before + 1};
  ++young_.used;
  young_.latest = std::max(young_.latest, time);
  return before;
}

/// For one more.
void OccurrenceCounter::make_room() {
  if ((young_.used + 1) * 4 <= young_.places.size() * 3) return;
  if (young_.places.size() < most_places_) {
    const std::vector<Place> full =
        std::exchange(young_.places, std::vector<Place>(young_.places.size() * 2));
    for (const Place& moved : full) {
      if (moved.rows != 0) place(young_, moved.hash) = moved;
    }
    return;
  }
  if (!old_.places.empty()) {
    has_forgotten_ = true;
    latest_forgotten_ = std::max(latest_forgotten_, old_.latest);
  }
  std::swap(old_, young_);
  young_.places.assign(most_places_, {});
  young_.used = 0;
  young_.latest = TimePoint::min();
}

}  // namespace dosimeter::sim
