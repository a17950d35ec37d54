#include "sim/breakdown/numbered_texts.h"

#include <functional>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kFirstPlaces = 256;

}  // namespace

std::uint32_t NumberedTexts::add(std::string_view text, std::size_t most) {
  if ((texts_.size() + 1) * 2 > places_.size()) grow();
  const std::uint64_t hash = std::hash<std::string_view>()(text);
  const std::size_t mask = places_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash) & mask;
  for (; places_[at] != kNoNumber; at = (at + 1) & mask) {
    const Text& known = texts_[places_[at]];
    if (known.hash == hash && known.text == text) return places_[at];
  }
  if (texts_.size() >= most) return kNoNumber;
  places_[at] = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back({arena_.copy(text), hash});
  return places_[at];
}

void NumberedTexts::clear() {
  arena_.clear();
  texts_.clear();
  if (places_.size() > kFirstPlaces * 64) places_.resize(kFirstPlaces * 64);
  places_.assign(places_.size(), kNoNumber);
}

void NumberedTexts::grow() {
  places_.assign(places_.empty() ? kFirstPlaces : places_.size() * 2, kNoNumber);
  const std::size_t mask = places_.size() - 1;
  for (std::size_t number = 0; number < texts_.size(); ++number) {
    std::size_t at = static_cast<std::size_t>(texts_[number].hash) & mask;
    while (places_[at] != kNoNumber) at = (at + 1) & mask;
    places_[at] = static_cast<std::uint32_t>(number);
  }
}

}  // namespace dosimeter::sim
