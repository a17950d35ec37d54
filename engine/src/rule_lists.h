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

  /// Lowers `best` to the first listed rule before it that the request passes, which has `first` and
  /// `second` in the fields of the lists and `third` in the third. `passes(rule, asked)` says
  /// whether it passes a rule in other fields, a bit for each that the rule asks for, and in its
  /// attributes, if kAttributes is set. REQUIRES: answers with patterns; of the third one with every
  /// pattern is as good, and where there is no third field any.
  template <typename Passes>
  void search(const FieldAnswer& first, const FieldAnswer& second, const FieldAnswer& third,
              Passes&& passes, std::uint32_t& best) const noexcept {
    const Wanted firsts = wanted(0, first);
    const Wanted seconds = wanted(1, second);
    Wanted thirds;
    if (third_field_ && !third.is_every_pattern()) {
      for (const std::uint16_t pattern : third.patterns()) thirds.add(pattern);
    } else {
      thirds.add_all();
    }
    Asking asking;
    for (const std::uint16_t pattern : first.patterns()) {
      look_at(of_[0][pattern], seconds, thirds, asking, passes, best);
    }
    for (const std::uint16_t pattern : second.patterns()) {
      look_at(of_[1][pattern], firsts, thirds, asking, passes, best);
    }
    asking.ask_all(passes, best);
  }

  static constexpr unsigned kAttributes = 1u << kFieldCount;

 private:
  /// In place of a pattern.
  static constexpr std::uint16_t kEvery = 0xFFFF;
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

  struct OfPattern {
    std::uint32_t begin = 0;  // of its list
    std::uint16_t blocks = 0;
    /// Whether a rule in a list of the other field has it.
    bool is_other = false;
  };

  /// What a rule may have in a field: the request's patterns, and that of every request.
  class Wanted {
   public:
    Wanted() noexcept { patterns_[0] = repeated(kEvery); }
    void add(std::uint16_t pattern, bool counts = true) noexcept {
      patterns_[count_] = repeated(pattern);
      count_ += counts ? 1u : 0u;
    }
    void add_all() noexcept { is_all_ = NumberBlock{} - 1; }
    [[nodiscard]] NumberBlock found_in(const std::uint16_t* numbers) const noexcept {
      const NumberBlock block = load_numbers(numbers);
      NumberBlock found = is_all_ | as_numbers(block == patterns_[0]);
      for (std::size_t i = 1; i < count_; ++i) found |= as_numbers(block == patterns_[i]);
      return found;
    }

   private:
    std::array<NumberBlock, FieldAnswer::kMostPatterns + 1> patterns_;
    NumberBlock is_all_{};
    std::size_t count_ = 1;
  };

  /// Those that no list asks for are left out.
  [[nodiscard]] Wanted wanted(std::size_t field, const FieldAnswer& answer) const noexcept {
    Wanted wanted;
    for (const std::uint16_t pattern : answer.patterns()) {
      wanted.add(pattern, of_[field][pattern].is_other);
    }
    return wanted;
  }

  /// Rules that ask for more. They are asked last, in order: then most need not be.
  class Asking {
   public:
    template <typename Passes>
    void add(Entry entry, Passes& passes, std::uint32_t& best) noexcept {
      if (count_ == kMost) {
        ask_all(passes, best);
        count_ = 0;
      }
      entries_[count_++] = entry;
    }
    template <typename Passes>
    void ask_all(Passes& passes, std::uint32_t& best) noexcept {
      while (count_ != 0) {
        std::size_t least = 0;
        for (std::size_t i = 1; i < count_; ++i) {
          if (entries_[i] < entries_[least]) least = i;
        }
        const Entry next = entries_[least];
        const std::uint32_t rule = next >> kAskedBits;
        if (rule >= best) return;
        if (passes(rule, next & kAsked)) {
          best = rule;
          return;
        }
        entries_[least] = entries_[--count_];
      }
    }

   private:
    static constexpr std::size_t kMost = 16;
    std::array<Entry, kMost> entries_;
    std::size_t count_ = 0;
  };

  template <typename Passes>
  void look_at(const OfPattern& list, const Wanted& wanted, const Wanted& thirds, Asking& asking,
               Passes& passes, std::uint32_t& best) const noexcept {
    const Block* block = blocks_.data() + list.begin;
    for (const Block* const end = block + list.blocks; block != end; ++block) {
      if (block->entries[0] >> kAskedBits >= best) return;
      std::uint32_t bits = bit_pairs(wanted.found_in(block->others.data()) &
                                     thirds.found_in(block->thirds.data()));
      for (; bits != 0; bits &= bits - 1, bits &= bits - 1) {
        const Entry entry = block->entries[static_cast<std::size_t>(std::countr_zero(bits)) / 2];
        if (entry >> kAskedBits >= best) return;
        if ((entry & kAsked) == 0) {
          best = entry >> kAskedBits;
          return;
        }
        asking.add(entry, passes, best);
      }
    }
  }

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
