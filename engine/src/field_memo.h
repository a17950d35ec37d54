#pragma once

#include <dosimeter/request.h>

#include "engine/src/byte_words.h"
#include "engine/src/field_answer.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace dosimeter::detail {

/// What rules say of the texts last seen in their fields: a cache of bounded size. A hash finds the
/// set of four places where a text may be, 16 more bits of it which of them, and the whole text is
/// compared. Of one rule set, until it is cleared. One thread at a time.
class FieldMemo {
 public:
  /// Longer texts are not remembered.
  static constexpr std::size_t kLongestText = 94;

  /// What was put for the text, or nullptr. Good until the next put.
  [[nodiscard]] const FieldAnswer* find(Field field, std::string_view text) const noexcept {
    if (text.size() <= Short::kLongestText) return short_.find(field, text, hash(field, text));
    if (text.size() <= Long::kLongestText) return long_.find(field, text, hash(field, text));
    return nullptr;
  }

  /// Forgets another text for it.
  void put(Field field, std::string_view text, const FieldAnswer& answer) noexcept {
    if (text.size() <= Short::kLongestText) {
      short_.put(field, text, hash(field, text), answer);
    } else if (text.size() <= Long::kLongestText) {
      long_.put(field, text, hash(field, text), answer);
    }
  }

  void clear() noexcept {
    short_.clear();
    long_.clear();
  }

 private:
  static std::uint64_t hash(Field field, std::string_view text) noexcept {
    return hash_text(text, static_cast<std::uint64_t>(field) << 32);
  }

  /// `slot_bytes` are whole cache lines.
  template <std::size_t slot_bytes, std::size_t set_count>
  class Table {
   public:
    static constexpr std::size_t kLongestText = slot_bytes - sizeof(FieldAnswer) - 2;

    /// The slots are not written to before they are used.
    Table() : slots_(new Slot[set_count * kWays]) {}

    [[nodiscard]] const FieldAnswer* find(Field field, std::string_view text,
                                          std::uint64_t hash) const noexcept {
      const std::size_t set = hash % set_count;
      const Slot* const slots = &slots_[set * kWays];
      for (std::uint64_t ways = places_of(tags_[set], tag(hash)); ways != 0; ways &= ways - 1) {
        const Slot& slot = slots[static_cast<std::size_t>(std::countr_zero(ways)) / kTagBits];
        if (slot.field == field && slot.size == text.size() &&
            same_bytes(slot.text.data(), text.data(), text.size())) {
          return &slot.answer;
        }
      }
      return nullptr;
    }

    void put(Field field, std::string_view text, std::uint64_t hash,
             const FieldAnswer& answer) noexcept {
      const std::size_t set = hash % set_count;
      const std::uint64_t free = places_of(tags_[set], kFree);
      const std::size_t way = free != 0
                                  ? static_cast<std::size_t>(std::countr_zero(free)) / kTagBits
                                  : next_way_++ % kWays;
      const std::size_t shift = way * kTagBits;
      tags_[set] = (tags_[set] & ~(kTagMask << shift)) | tag(hash) << shift;
      Slot& slot = slots_[set * kWays + way];
      slot.answer = answer;
      slot.field = field;
      slot.size = static_cast<unsigned char>(text.size());
      if (!text.empty()) std::memcpy(slot.text.data(), text.data(), text.size());
    }

    void clear() noexcept { tags_.fill(0); }

   private:
    static constexpr std::size_t kWays = 4;
    static constexpr std::size_t kTagBits = 16;
    static constexpr std::uint64_t kTagMask = 0xFFFF;
    static constexpr std::uint64_t kEachTag = 0x0001000100010001;

    struct alignas(64) Slot {
      FieldAnswer answer;
      Field field;
      unsigned char size;
      std::array<char, kLongestText> text;
    };
    static_assert(sizeof(Slot) == slot_bytes);

    static constexpr std::uint64_t kFree = 0;
    /// Never kFree.
    static std::uint64_t tag(std::uint64_t hash) noexcept { return hash >> 48 | 1; }

    /// The highest bit of each of `tags` that is `tag`. Beyond the first there may be some that are
    /// not.
    static std::uint64_t places_of(std::uint64_t tags, std::uint64_t tag) noexcept {
      const std::uint64_t difference = tags ^ tag * kEachTag;
      return (difference - kEachTag) & ~difference & (kEachTag << (kTagBits - 1));
    }

    std::unique_ptr<Slot[]> slots_;
    std::array<std::uint64_t, set_count> tags_{};
    std::size_t next_way_ = 0;
  };

  using Short = Table<64, 512>;
  using Long = Table<128, 128>;
  static_assert(Long::kLongestText == kLongestText);

  Short short_;
  Long long_;
};

}  // namespace dosimeter::detail
