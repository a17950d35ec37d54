#pragma once

#include <dosimeter/rule_set.h>

#include "engine/src/bit_places.h"
#include "engine/src/field_answer.h"
#include "engine/src/number_blocks.h"
#include "engine/src/rule_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Rules by their patterns in two fields. Each stands in the list of one of its two patterns, that
/// which fewer rules have, in order. A request goes through the lists of the patterns it has, seven
/// rules at once, compared by the other of the two; of the rules that are left in all of these
/// lists always the first is looked at next, and asked for what it wants in other fields, so that
/// the first that passes is the one. Rules that would make a list long, or that ask for neither
/// field, stand in none. Immutable.
class RuleLists {
 public:
  /// Longer lists are not made.
  static constexpr std::size_t kMostRules = 256;

  RuleLists() = default;
  /// Of the given rows, by their places in `rows`, in order.
  RuleLists(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
            std::array<std::size_t, 2> fields);

  [[nodiscard]] bool empty() const noexcept { return blocks_.size() <= 1; }
  /// Those of the lists.
  [[nodiscard]] const std::array<std::size_t, 2>& fields() const noexcept { return fields_; }
  /// Another, whose patterns are at hand: that which most rules ask for, if many do.
  [[nodiscard]] std::optional<std::size_t> third_field() const noexcept { return third_field_; }
  /// The rules that stand in no list, in order.
  [[nodiscard]] std::span<const std::uint32_t> others() const noexcept { return others_; }

  /// Lowers `best` to the first listed rule before it that the request passes, which has `first`
  /// and `second` in the fields of the lists. `passes_third(pattern)` says whether it has a pattern
  /// in the third field, `passes(rule, asked)` whether it passes a rule in other fields, a bit for
  /// each that the rule asks for, and in its attributes, if kAttributes is set. REQUIRES: lists
  /// that are not empty, and answers with patterns, which need not last longer than until the first
  /// question.
  template <typename PassesThird, typename Passes>
  [[gnu::always_inline]] void search(const FieldAnswer& first, const FieldAnswer& second,
                                     PassesThird&& passes_third, Passes&& passes,
                                     std::uint32_t& best) const noexcept {
    if (first.patterns().size() <= kFew && second.patterns().size() <= kFew) {
      search_for<kFew, true>(first, second, passes_third, passes, best);
    } else {
      search_for_many(first, second, passes_third, passes, best);
    }
  }

  static constexpr unsigned kAttributes = 1u << kFieldCount;

 private:
  /// In place of a pattern.
  static constexpr std::uint16_t kEvery = FieldAnswer::kNoPattern;
  static constexpr std::uint16_t kNobody = 0xFFFE;
  static constexpr std::size_t kMostPatterns = kNobody;
  /// Most requests have no more of a field.
  static constexpr std::size_t kFew = 2;

  /// A rule above what it asks for beside the fields of the lists, so that numbers are in order.
  using Entry = std::uint32_t;
  static constexpr unsigned kAskedBits = kFieldCount + 1;
  static constexpr unsigned kAsked = (1u << kAskedBits) - 1;
  static_assert(kMaximumRules < std::size_t{1} << (32 - kAskedBits));
  static constexpr Entry kLast = 0xFFFFFFFF;

  /// Rules of one list, next to one another; the last block has nobody in its last places. One
  /// cache line.
  struct alignas(64) Block {
    /// In the last place is what comes next in the list.
    static constexpr std::size_t kRules = kBlockNumbers - 1;
    /// By the patterns of the other field; nobody's are the last.
    std::array<std::uint16_t, kBlockNumbers> others;
    /// And of the third, where the rule asks for one.
    std::array<std::uint16_t, kBlockNumbers> thirds;
    /// The last is the first of the list's next block, which stands behind this one.
    std::array<Entry, kBlockNumbers> entries;
  };
  static_assert(sizeof(Block) == 64);

  /// A place in a list: a block, and two bits for each of its rules that are left to be looked at.
  /// One for the last place, which stands for the next block, is always there.
  struct Place {
    static constexpr std::uint32_t kNextBlock = 1u << (2 * Block::kRules);
    const Block* block;
    std::uint32_t left;

    [[nodiscard]] std::size_t number() const noexcept { return lowest_bit(left) / 2; }
    [[nodiscard]] Entry entry() const noexcept { return block->entries[number()]; }
    [[nodiscard]] std::uint16_t third() const noexcept { return block->thirds[number()]; }
    void leave_entry() noexcept {
      left &= left - 1;
      left &= left - 1;
    }
  };

  /// Where the list of a field's pattern begins; a block of nobody where there is none.
  [[nodiscard]] const Block* begin_of(std::size_t field, std::uint16_t pattern) const noexcept {
    return &blocks_[begins_[field][static_cast<std::uint16_t>(pattern + 1)]];
  }

  /// What a rule may have in a field: the patterns of a request, so many at most, and that of every
  /// request.
  template <std::size_t most>
  class Wanted {
   public:
    explicit Wanted(const FieldAnswer& answer) noexcept
        : patterns_(answer.repeated_patterns<most>()) {}
    /// Two bits for each rule.
    [[nodiscard]] std::uint32_t found_in(const Block& block) const noexcept {
      const NumberBlock others = load_numbers(block.others.data());
      NumberBlock found = as_numbers(others == repeated(kEvery));
      for (const NumberBlock& pattern : patterns_) found |= as_numbers(others == pattern);
      return bit_pairs(found);
    }

   private:
    std::array<NumberBlock, most> patterns_;
  };

  /// REQUIRES: so many patterns at most in each field. `is_padded`: as if there were so many, for
  /// what is the same for every request needs no branch.
  template <std::size_t most, bool is_padded, typename PassesThird, typename Passes>
  [[gnu::always_inline]] void search_for(const FieldAnswer& first, const FieldAnswer& second,
                                         PassesThird& passes_third, Passes& passes,
                                         std::uint32_t& best) const noexcept {
    // By the field of the list: what is wanted in the other.
    const std::array<Wanted<most>, 2> others = {Wanted<most>(second), Wanted<most>(first)};
    const std::size_t firsts = is_padded ? most : first.patterns().size();
    const std::size_t lists = firsts + (is_padded ? most : second.patterns().size());
    const auto place_in = [&](const Block* block, std::size_t list) {
      return Place{block, others[list < firsts ? 0 : 1].found_in(*block) | Place::kNextBlock};
    };

    // Which lists have rules to look at cannot be foretold: all begin without a branch.
    std::array<Place, 2 * most> places;
    // An entry above the number of its list.
    std::array<std::uint64_t, 2 * most> next;
    const auto go_to = [&](std::size_t list, const Place& place) {
      places[list] = place;
      next[list] = std::uint64_t{place.entry()} << 32 | list;
    };
    for (std::size_t i = 0; i < firsts; ++i) {
      go_to(i, place_in(begin_of(0, first.pattern_or_none(i)), i));
    }
    for (std::size_t i = firsts; i < lists; ++i) {
      go_to(i, place_in(begin_of(1, second.pattern_or_none(i - firsts)), i));
    }
    const Entry bound = best << kAskedBits;
    for (;;) {
      std::uint64_t least = std::uint64_t{kLast} << 32;
      if constexpr (is_padded) least = next[0];
      for (std::size_t i = is_padded ? 1 : 0; i < lists; ++i) least = std::min(least, next[i]);
      const auto entry = static_cast<Entry>(least >> 32);
      if (entry >= bound) return;
      const auto list = static_cast<std::uint32_t>(least);
      Place place = places[list];
      if (place.left == Place::kNextBlock) {
        place = place_in(place.block + 1, list);
      } else {
        const unsigned asked = entry & kAsked;
        if (((asked & third_bit_) == 0 || passes_third(place.third())) &&
            ((asked & ~third_bit_) == 0 || passes(entry >> kAskedBits, asked & ~third_bit_))) {
          best = entry >> kAskedBits;
          return;
        }
        place.leave_entry();
      }
      go_to(list, place);
    }
  }

  /// Of requests with more patterns.
  template <typename PassesThird, typename Passes>
  [[gnu::noinline]] void search_for_many(const FieldAnswer& first, const FieldAnswer& second,
                                         PassesThird& passes_third, Passes& passes,
                                         std::uint32_t& best) const noexcept {
    constexpr std::size_t kSome = kFew + 1;
    if (first.patterns().size() <= kSome && second.patterns().size() <= kSome) {
      search_for<kSome, true>(first, second, passes_third, passes, best);
    } else {
      search_for<FieldAnswer::kMostPatterns, false>(first, second, passes_third, passes, best);
    }
  }

  void choose_third_field(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules);
  void add_block();
  void add_list(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                std::size_t field);

  std::array<std::size_t, 2> fields_ = {0, 1};
  std::optional<std::size_t> third_field_;
  /// Its bit among those that are asked, or none.
  unsigned third_bit_ = 0;
  /// At which block the lists of each field's patterns begin; before that of the first pattern, no
  /// list.
  std::array<std::vector<std::uint32_t>, 2> begins_;
  /// Those of a list next to one another. The first is nobody's.
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> others_;
};

}  // namespace dosimeter::detail
