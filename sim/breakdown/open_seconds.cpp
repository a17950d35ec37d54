#include "sim/breakdown/open_seconds.h"

namespace dosimeter::sim {

std::uint32_t OpenSeconds::place_of(const TallyCell& cell) {
  const Key key{cell.second, cell.rule, cell.instance};
  const auto [at, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(places_.size()));
  if (is_new) places_.push_back({key, 0});
  return at->second;
}

std::vector<std::uint32_t> OpenSeconds::renumber(const std::vector<std::uint32_t>& class_of) {
  std::vector<std::uint32_t> moved(places_.size(), kOpen);
  std::vector<Place> places;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (class_of[i] != kOpen) {
      numbers_.erase(places_[i].key);
      continue;
    }
    moved[i] = static_cast<std::uint32_t>(places.size());
    numbers_[places_[i].key] = moved[i];
    places.push_back(places_[i]);
  }
  places_ = std::move(places);
  return moved;
}

}  // namespace dosimeter::sim
