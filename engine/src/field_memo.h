#pragma once

#include <dosimeter/request.h>

#include "engine/src/byte_words.h"
#include "engine/src/field_answer.h"
#include "engine/src/short_text.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace dosimeter::detail {

/// A text that was asked for, without its size.
struct LongText {
  static constexpr std::size_t kMostBytes = 96;

  std::array<char, kMostBytes> bytes;

  static LongText of(std::string_view text) noexcept {
    LongText copy;
    std::memcpy(copy.bytes.data(), text.data(), text.size());
    return copy;
  }
};

/// What rules say of the texts last seen in their fields: a cache of bounded size. A hash finds the
/// set of four places where a text may be; each has a tag of its field, its size and more bits of
/// the hash; then the whole text is compared. Of one rule set, until it is cleared. One thread at a
/// time.
class FieldMemo {
 public:
  /// What was put for the text, or nullptr. Good until the next put.
  [[nodiscard]] const FieldAnswer* find(Field field, std::string_view text) const noexcept {
    if (text.size() <= ShortText::kMostBytes) {
      const ShortText key = ShortText::of(text);
      return short_.find(field, text.size(), key.hash(),
                         [&](const ShortText& known) { return known == key; });
    }
    if (text.size() > LongText::kMostBytes) return nullptr;
    return long_.find(field, text.size(), hash_text(text, 0), [&](const LongText& known) {
      return same_bytes(known.bytes.data(), text.data(), text.size());
    });
  }

  /// Forgets another text for it. Very long ones are not remembered.
  void put(Field field, std::string_view text, const FieldAnswer& answer) noexcept {
    if (text.size() <= ShortText::kMostBytes) {
      const ShortText key = ShortText::of(text);
      short_.put(field, text.size(), key.hash(), {answer, key});
    } else if (text.size() <= LongText::kMostBytes) {
      long_.put(field, text.size(), hash_text(text, 0), {answer, LongText::of(text)});
    }
  }

  void clear() noexcept {
    short_.clear();
    long_.clear();
  }

 private:
  template <typename Text, unsigned set_bits, unsigned size_bits>
  class Table {
   public:
    struct alignas(64) Place {
      FieldAnswer answer;
      Text text;
    };

    /// The places are not written to before they are used.
    Table() : places_(new Place[kSets * kWays]) {}

    template <typename IsSame>
    [[nodiscard]] const FieldAnswer* find(Field field, std::size_t size, std::uint64_t hash,
                                          IsSame&& is_same) const noexcept {
      const std::size_t set = set_of(hash);
      std::uint64_t ways = ways_of(tags_[set], tag(field, size, hash));
      for (; ways != 0; ways &= ways - 1) {
        const Place& place = places_[set * kWays + way_of(ways)];
        if (is_same(place.text)) return &place.answer;
      }
      return nullptr;
    }

    void put(Field field, std::size_t size, std::uint64_t hash, const Place& place) noexcept {
      const std::size_t set = set_of(hash);
      const std::uint64_t free = ways_of(tags_[set], kFree);
      const std::size_t way = free != 0 ? way_of(free) : next_way_++ % kWays;
      const std::size_t shift = way * kTagBits;
      tags_[set] = (tags_[set] & ~(kTagMask << shift)) | tag(field, size, hash) << shift;
      places_[set * kWays + way] = place;
    }

    void clear() noexcept { tags_.fill(kFree); }

   private:
    static constexpr std::size_t kSets = std::size_t{1} << set_bits;
    static constexpr std::size_t kWays = 4;
    static constexpr std::size_t kTagBits = 16;
    static constexpr std::uint64_t kTagMask = 0xFFFF;
    static constexpr std::uint64_t kFree = 0;
    static constexpr unsigned kFieldBits = 3;
    static_assert(kFieldCount < (1u << kFieldBits));
    static constexpr unsigned kHashBits = kTagBits - kFieldBits - size_bits;

    static std::size_t set_of(std::uint64_t hash) noexcept { return hash >> (64 - set_bits); }

    /// Never kFree.
    static std::uint64_t tag(Field field, std::size_t size, std::uint64_t hash) noexcept {
      const std::uint64_t hash_part = hash >> (64 - set_bits - kHashBits) & ((1u << kHashBits) - 1);
      return (static_cast<std::uint64_t>(field) + 1) | std::uint64_t{size} << kFieldBits |
             hash_part << (kFieldBits + size_bits);
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

  Table<ShortText, 9, 5> short_;
  Table<LongText, 7, 7> long_;
};

}  // namespace dosimeter::detail
