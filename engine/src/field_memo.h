#pragma once

#include <dosimeter/request.h>

#include "engine/src/field_answer.h"
#include "engine/src/text_words.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace dosimeter::detail {

/// What rules say of the texts last seen in their fields: a cache of bounded size. A hash finds the
/// set of four places where a text may be; each has a tag of its field, its size and more bits of
/// the hash; then the whole text is compared. Of one rule set, until it is cleared. One thread at a
/// time.
class FieldMemo {
 public:
  /// Longer texts are not remembered.
  static constexpr std::size_t kMostBytes = 64;

  /// The places are not written to before they are used.
  FieldMemo() : places_(new Place[kSets * kWays]) {}

  /// What was put for the text, or nullptr. Good until the next put.
  [[nodiscard]] const FieldAnswer* find(Field field, std::string_view text) const noexcept {
    if (text.size() <= 16) return find(field, text.size(), TextWords<2>::of(text));
    if (text.size() <= 32) return find(field, text.size(), TextWords<4>::of(text));
    if (text.size() <= 64) return find(field, text.size(), TextWords<8>::of(text));
    return nullptr;
  }

  /// Forgets another text for it.
  void put(Field field, std::string_view text, const FieldAnswer& answer) noexcept {
    if (text.size() <= 16) return put(field, text.size(), TextWords<2>::of(text), answer);
    if (text.size() <= 32) return put(field, text.size(), TextWords<4>::of(text), answer);
    if (text.size() <= 64) return put(field, text.size(), TextWords<8>::of(text), answer);
  }

  void clear() noexcept { tags_.fill(kFree); }

 private:
  struct alignas(32) Place {
    FieldAnswer answer;
    std::array<std::uint64_t, kMostBytes / kWordBytes> text;
  };

  static constexpr unsigned kSetBits = 9;
  static constexpr std::size_t kSets = std::size_t{1} << kSetBits;
  static constexpr std::size_t kWays = 4;
  static constexpr unsigned kTagBits = 16;
  static constexpr unsigned kFieldBits = 3;
  static constexpr unsigned kSizeBits = 7;
  static constexpr unsigned kHashBits = kTagBits - kFieldBits - kSizeBits;
  static constexpr std::uint64_t kFree = 0;
  static_assert(kFieldCount < (1u << kFieldBits) && kMostBytes < (1u << kSizeBits));

  template <std::size_t count>
  [[nodiscard]] const FieldAnswer* find(Field field, std::size_t size,
                                        const TextWords<count>& text) const noexcept {
    const std::uint64_t hash = text.hash();
    const std::size_t set = set_of(hash);
    for (std::uint64_t ways = ways_of(tags_[set], tag(field, size, hash)); ways != 0;
         ways &= ways - 1) {
      const Place& place = places_[set * kWays + way_of(ways)];
      TextWords<count> known;
      std::memcpy(known.words.data(), place.text.data(), sizeof known.words);
      if (known == text) return &place.answer;
    }
    return nullptr;
  }

  template <std::size_t count>
  void put(Field field, std::size_t size, const TextWords<count>& text,
           const FieldAnswer& answer) noexcept {
    const std::uint64_t hash = text.hash();
    const std::size_t set = set_of(hash);
    const std::uint64_t free = ways_of(tags_[set], kFree);
    const std::size_t way = free != 0 ? way_of(free) : next_way_++ % kWays;
    const std::size_t shift = way * kTagBits;
    constexpr std::uint64_t kTagMask = (std::uint64_t{1} << kTagBits) - 1;
    tags_[set] = (tags_[set] & ~(kTagMask << shift)) | tag(field, size, hash) << shift;
    Place& place = places_[set * kWays + way];
    place.answer = answer;
    std::memcpy(place.text.data(), text.words.data(), sizeof text.words);
  }

  static std::size_t set_of(std::uint64_t hash) noexcept { return hash >> (64 - kSetBits); }

  /// Never kFree.
  static std::uint64_t tag(Field field, std::size_t size, std::uint64_t hash) noexcept {
    constexpr std::uint64_t kHashMask = (1u << kHashBits) - 1;
    return (static_cast<std::uint64_t>(field) + 1) | std::uint64_t{size} << kFieldBits |
           (hash & kHashMask) << (kFieldBits + kSizeBits);
  }

  /// The highest bit of each of four tags that is `tag`.
  static std::uint64_t ways_of(std::uint64_t tags, std::uint64_t tag) noexcept {
    constexpr std::uint64_t kEach = 0x0001000100010001;
    constexpr std::uint64_t kLow = 0x7FFF * kEach;
    const std::uint64_t difference = tags ^ tag * kEach;
    return ~(((difference & kLow) + kLow) | difference | kLow);
  }
  static std::size_t way_of(std::uint64_t ways) noexcept {
    return static_cast<std::size_t>(std::countr_zero(ways)) / kTagBits;
  }

  std::unique_ptr<Place[]> places_;
  std::array<std::uint64_t, kSets> tags_{};
  std::size_t next_way_ = 0;
};

}  // namespace dosimeter::detail
