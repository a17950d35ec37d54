#pragma once

#include <dosimeter/rule_set.h>

#include "engine/src/field_answer.h"
#include "engine/src/number_blocks.h"
#include "engine/src/rule_table.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Rules by their patterns in two fields. Each stands in the list of one of its two patterns, that
/// which fewer rules have, in order. A request goes through the lists of the patterns it has, eight
/// rules at once, as long as they come before the one found; a third field is compared along with
/// the other of the two. Rules that would make a list long, or that ask for neither field, stand in
/// none. Immutable.
class RuleLists {
 public:
  /// Longer lists are not made.
  static constexpr std::size_t kMostRules = 256;

  RuleLists() = default;
  /// Of the given rows, by their places in `rows`, in order.
  RuleLists(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
            std::array<std::size_t, 2> fields);

  [[nodiscard]] bool empty() const noexcept { return blocks_.empty(); }
  /// Those of the lists.
  [[nodiscard]] const std::array<std::size_t, 2>& fields() const noexcept { return fields_; }
  /// That which is compared along with them, if many rules ask for another.
  [[nodiscard]] std::optional<std::size_t> third_field() const noexcept { return third_field_; }
  /// The rules that stand in no list, in order.
  [[nodiscard]] std::span<const std::uint32_t> others() const noexcept { return others_; }

  /// Lowers `best` to the first listed rule before it that the request passes, which has `first`
  /// and `second` in the fields of the lists and `third` in the third. `passes(rule, asked)` says
  /// whether it passes a rule in other fields, a bit for each that the rule asks for, and in its
  /// attributes, if kAttributes is set. REQUIRES: answers with patterns; of the third one with
  /// every pattern is as good, and where there is no third field any.
  template <typename Passes>
  [[gnu::always_inline]] void search(const FieldAnswer& first, const FieldAnswer& second,
                                     const FieldAnswer& third, Passes&& passes,
                                     std::uint32_t& best) const noexcept {
    constexpr std::size_t kFew = 3;
    const bool has_few = first.patterns().size() <= kFew && second.patterns().size() <= kFew;
    if (has_few && (!third_field_ || (third.has_patterns() && third.patterns().size() <= 1))) {
      if (search_for<kFew, 1, true>(first, second, third, passes, best)) return;
    }
    search_for_many(first, second, third, passes, best);
  }

  static constexpr unsigned kAttributes = 1u << kFieldCount;

 private:
  /// In place of a pattern.
  static constexpr std::uint16_t kEvery = FieldAnswer::kNoPattern;
  static constexpr std::uint16_t kNobody = 0xFFFE;
  static constexpr std::size_t kMostPatterns = kNobody;

  /// A rule above what it asks for beside the fields that are compared, so that numbers are in
  /// order.
  using Entry = std::uint32_t;
  static constexpr unsigned kAskedBits = kFieldCount + 1;
  static constexpr unsigned kAsked = (1u << kAskedBits) - 1;
  static_assert(kMaximumRules < std::size_t{1} << (32 - kAskedBits));
  static constexpr Entry kLast = 0xFFFFFFFF;

  /// Of one list, next to one another; the last has nobody in its last places. One cache line.
  struct alignas(64) Block {
    /// By the patterns of the other field and of the third.
    std::array<std::uint16_t, kBlockNumbers> others;
    std::array<std::uint16_t, kBlockNumbers> thirds;
    std::array<Entry, kBlockNumbers> entries;
  };
  static_assert(sizeof(Block) == 64);

  /// A list.
  struct OfPattern {
    std::uint32_t begin = 0;
    std::uint32_t blocks = 0;
  };

  /// What a rule may have in a field: the patterns of a request, so many at most, and that of every
  /// request.
  template <std::size_t most>
  class Wanted {
   public:
    explicit Wanted(const FieldAnswer& answer) noexcept
        : patterns_(answer.repeated_patterns<most>()) {}
    [[nodiscard]] NumberBlock found_in(const std::uint16_t* numbers) const noexcept {
      const NumberBlock block = load_numbers(numbers);
      NumberBlock found = as_numbers(block == repeated(kEvery));
      for (const NumberBlock& pattern : patterns_) found |= as_numbers(block == pattern);
      return found;
    }

   private:
    std::array<NumberBlock, most> patterns_;
  };

  /// False, and nothing found, where there are more rules to ask than can be put off.
  template <std::size_t most, std::size_t most_thirds, bool puts_off, typename Passes>
  [[gnu::always_inline]] bool search_for(const FieldAnswer& first, const FieldAnswer& second,
                                         const FieldAnswer& third, Passes& passes,
                                         std::uint32_t& best) const noexcept {
    const Wanted<most> firsts(first);
    const Wanted<most> seconds(second);
    // Without a third field no rule has anything there but kEvery.
    const Wanted<most_thirds> thirds(third);
    const bool has_every_third = third_field_ && third.is_every_pattern();
    const NumberBlock any_third = NumberBlock{} - std::uint16_t{has_every_third};
    Entry bound = best << kAskedBits;
    Asking asking;
    const auto look_at = [&](const OfPattern& list, const Wanted<most>& others) {
      const Block* block = blocks_.data() + list.begin;
      for (const Block* const end = block + list.blocks; block != end; ++block) {
        if (block->entries[0] >= bound) return true;
        NumberBlock found = thirds.found_in(block->thirds.data());
        if constexpr (most_thirds > 1) found |= any_third;
        std::uint32_t bits = bit_pairs(found & others.found_in(block->others.data()));
        for (; bits != 0; bits &= bits - 1, bits &= bits - 1) {
          const Entry entry = block->entries[static_cast<std::size_t>(std::countr_zero(bits)) / 2];
          if (entry >= bound) return true;
          if ((entry & kAsked) == 0) {
            bound = entry;
            return true;
          }
          if constexpr (puts_off) {
            if (!asking.add(entry)) return false;
          } else if (passes(entry >> kAskedBits, entry & kAsked)) {
            bound = entry;
            return true;
          }
        }
      }
      return true;
    };
    for (const std::uint16_t pattern : first.patterns()) {
      if (!look_at(of_[0][pattern], seconds)) return false;
    }
    for (const std::uint16_t pattern : second.patterns()) {
      if (!look_at(of_[1][pattern], firsts)) return false;
    }
    best = asking.first_that(passes, bound) >> kAskedBits;
    return true;
  }

  /// Of requests with many patterns, or many rules to ask.
  template <typename Passes>
  [[gnu::noinline]] void search_for_many(const FieldAnswer& first, const FieldAnswer& second,
                                         const FieldAnswer& third, Passes& passes,
                                         std::uint32_t& best) const noexcept {
    constexpr std::size_t kMany = FieldAnswer::kMostPatterns;
    if (search_for<kMany, kMany, true>(first, second, third, passes, best)) return;
    static_cast<void>(search_for<kMany, kMany, false>(first, second, third, passes, best));
  }

  /// Rules that ask for more. They are asked last, in order: then most need not be.
  class Asking {
   public:
    /// False where there is no room.
    [[nodiscard]] bool add(Entry entry) noexcept {
      if (count_ == kMost) return false;
      entries_[count_++] = entry;
      return true;
    }
    /// The first before `bound` that passes, or `bound`.
    template <typename Passes>
    [[nodiscard]] Entry first_that(Passes& passes, Entry bound) noexcept {
      while (count_ != 0) {
        std::size_t least = 0;
        for (std::size_t i = 1; i < count_; ++i) {
          if (entries_[i] < entries_[least]) least = i;
        }
        const Entry next = entries_[least];
        if (next >= bound) return bound;
        if (passes(next >> kAskedBits, next & kAsked)) return next;
        entries_[least] = entries_[--count_];
      }
      return bound;
    }

   private:
    static constexpr std::size_t kMost = 16;
    std::array<Entry, kMost> entries_;
    std::size_t count_ = 0;
  };

  void choose_third_field(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules);
  void add_list(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                std::size_t field);

  std::array<std::size_t, 2> fields_ = {0, 1};
  std::optional<std::size_t> third_field_;
  /// By the pattern of each field.
  std::array<std::vector<OfPattern>, 2> of_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> others_;
};

}  // namespace dosimeter::detail
