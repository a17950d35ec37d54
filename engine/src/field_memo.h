#pragma once

#include <dosimeter/request.h>

#include "engine/src/bit_places.h"
#include "engine/src/field_answer.h"
#include "engine/src/number_blocks.h"
#include "engine/src/text_words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace dosimeter::detail {

/// Texts of at most `text_words` words with their answers, in `set_count` sets of eight places. One
/// thread at a time.
template <std::size_t text_words, std::size_t set_count>
class MemoTable {
 public:
  /// The places are not written to before they are used.
  MemoTable() : places_(new Place[set_count * kWays]) {}

  /// `kind` sets a text apart from another of the same words.
  template <std::size_t count>
  [[nodiscard]] const FieldAnswer* find(std::uint64_t kind,
                                        const TextWords<count>& text) const noexcept {
    const std::uint64_t hash = text.hash(kind);
    const std::size_t set = set_of(hash);
    for (std::uint32_t ways = ways_of(set, tag_of(hash)); ways != 0; ways = without_first(ways)) {
      const Place& place = places_[set * kWays + first_of(ways)];
      if (((place.kind ^ kind) | text.difference(place.text.data())) == 0) return &place.answer;
    }
    return nullptr;
  }

  template <std::size_t count>
  void put(std::uint64_t kind, const TextWords<count>& text, const FieldAnswer& answer) noexcept {
    static_assert(count <= text_words);
    const std::uint64_t hash = text.hash(kind);
    const std::size_t set = set_of(hash);
    const std::uint32_t free = ways_of(set, kFree);
    const std::size_t way = free != 0 ? first_of(free) : next_way_++ % kWays;
    tags_[set * kWays + way] = tag_of(hash);
    Place& place = places_[set * kWays + way];
    place.answer = answer;
    place.kind = kind;
    std::memcpy(place.text.data(), text.words.data(), sizeof text.words);
  }

  void clear() noexcept { tags_.fill(kFree); }

 private:
  struct alignas(16) Place {
    FieldAnswer answer;
    std::uint64_t kind;
    std::array<std::uint64_t, text_words> text;
  };

  static constexpr std::size_t kWays = kBlockNumbers;
  static constexpr std::uint16_t kFree = 0;

  static std::size_t set_of(std::uint64_t hash) noexcept { return (hash >> 32) * set_count >> 32; }
  /// Never kFree.
  static std::uint16_t tag_of(std::uint64_t hash) noexcept {
    return static_cast<std::uint16_t>(hash >> 16 | 1);
  }
  /// Two bits for each place whose tag that is.
  [[nodiscard]] std::uint32_t ways_of(std::size_t set, std::uint16_t tag) const noexcept {
    return bit_pairs(as_numbers(load_numbers(&tags_[set * kWays]) == repeated(tag)));
  }
  static std::size_t first_of(std::uint32_t ways) noexcept { return lowest_bit(ways) / 2; }
  static std::uint32_t without_first(std::uint32_t ways) noexcept {
    ways &= ways - 1;
    return ways & (ways - 1);
  }

  std::unique_ptr<Place[]> places_;
  /// By set and place.
  std::array<std::uint16_t, set_count * kWays> tags_{};
  std::size_t next_way_ = 0;
};

/// What rules say of the texts last seen in their fields: a cache of bounded size. A hash finds the
/// set of places where a text may be, 16 more of its bits which of them, and the whole text is
/// compared. Of one rule set, until it is cleared. One thread at a time.
class FieldMemo {
 public:
  /// Longer texts are not remembered.
  static constexpr std::size_t kMostBytes = 104;
  /// Looked up without a call: most services, methods and types.
  static constexpr std::size_t kShortestBytes = 2 * kWordBytes;

  /// What was put for the text, or nullptr. Good until the next put.
  [[nodiscard]] [[gnu::always_inline]] const FieldAnswer* find(
      Field field, std::string_view text) const noexcept {
    const std::uint64_t kind = kind_of(field, text);
    if (text.size() <= kShortestBytes) return short_.find(kind, TextWords<2>::of(text));
    return find_longer(kind, text);
  }
  /// The same, quicker of texts that are somewhat longer than most.
  [[nodiscard]] const FieldAnswer* find_somewhat_longer(Field field,
                                                        std::string_view text) const noexcept {
    const bool is_so = text.size() > kShortestBytes && text.size() <= kShortBytes;
    return is_so ? short_.find(kind_of(field, text), TextWords<3>::of(text)) : find(field, text);
  }
  /// The same, quicker of texts that are as long as hosts.
  [[nodiscard]] const FieldAnswer* find_rather_long(Field field,
                                                    std::string_view text) const noexcept {
    const bool is_so = text.size() > kShortBytes && text.size() <= kMediumBytes;
    return is_so ? medium_.find(kind_of(field, text), TextWords<5>::of(text)) : find(field, text);
  }
  /// The same, of texts of at most kShortestBytes.
  [[nodiscard]] [[gnu::always_inline]] const FieldAnswer* find_shortest(
      Field field, std::string_view text) const noexcept {
    return short_.find(kind_of(field, text), TextWords<2>::of(text));
  }

  /// Forgets another text for it.
  void put(Field field, std::string_view text, const FieldAnswer& answer) noexcept;

  void clear() noexcept {
    short_.clear();
    medium_.clear();
    long_.clear();
  }

 private:
  static constexpr std::size_t kShortBytes = 3 * kWordBytes;
  static constexpr std::size_t kMediumBytes = 5 * kWordBytes;

  static std::uint64_t kind_of(Field field, std::string_view text) noexcept {
    return text.size() << 8 | static_cast<std::uint64_t>(field);
  }
  [[nodiscard]] const FieldAnswer* find_longer(std::uint64_t kind,
                                               std::string_view text) const noexcept;

  /// 96 KiB for up to 2048 texts of up to 24 bytes, 128 KiB for 2048 of up to 40, 16 KiB for 128
  /// longer ones.
  MemoTable<3, 256> short_;
  MemoTable<5, 256> medium_;
  MemoTable<13, 16> long_;
};

}  // namespace dosimeter::detail
