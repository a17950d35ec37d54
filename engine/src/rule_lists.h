#pragma once

#include "engine/src/field_answer.h"
#include "engine/src/number_blocks.h"
#include "engine/src/rule_table.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Rules by their patterns in two fields. Each stands in the list of one of its two patterns, that
/// which fewer rules have, in order. A request goes through the lists of the patterns it has, eight
/// rules at once, as long as they come before the one found. Rules that would make a list long, or
/// that ask for neither field, stand in none. Immutable.
class RuleLists {
 public:
  /// Longer lists are not made.
  static constexpr std::size_t kMostRules = 256;

  RuleLists() = default;
  /// Of the given rows, by their places in `rows`, in order.
  RuleLists(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
            std::array<std::size_t, 2> fields);

  [[nodiscard]] bool empty() const noexcept { return blocks_.empty(); }
  [[nodiscard]] const std::array<std::size_t, 2>& fields() const noexcept { return fields_; }
  /// Those that stand in no list, in order.
  [[nodiscard]] std::span<const std::uint32_t> others() const noexcept { return others_; }

  /// Lowers `best` to the first listed rule before it that the request passes, which has `first` and
  /// `second` in these fields, both with patterns. `passes(rule, fields)` says whether it passes a
  /// rule in other fields, a bit for each that the rule asks for, and in its attributes, if the bit
  /// kAttributes is set.
  template <typename Passes>
  void search(const FieldAnswer& first, const FieldAnswer& second, Passes&& passes,
              std::uint32_t& best) const noexcept {
    const Wanted firsts = wanted(0, first);
    const Wanted seconds = wanted(1, second);
    for (const std::uint16_t pattern : first.patterns()) {
      look_at(of_[0][pattern], seconds, passes, best);
    }
    for (const std::uint16_t pattern : second.patterns()) {
      look_at(of_[1][pattern], firsts, passes, best);
    }
  }

  static constexpr unsigned kAttributes = 1u << kFieldCount;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// In place of a pattern.
  static constexpr std::uint16_t kEvery = 0xFFFF;
  static constexpr std::uint16_t kNobody = 0xFFFE;
  static constexpr std::size_t kMostPatterns = kNobody;

  /// Of one list, next to one another; the last has nobody in its last places. One cache line.
  struct alignas(64) Block {
    /// By the pattern of the other field.
    std::array<std::uint16_t, kBlockNumbers> others;
    std::array<std::uint32_t, kBlockNumbers> rules;
    /// What else they ask for.
    std::array<std::uint8_t, kBlockNumbers> asked;
  };
  static_assert(sizeof(Block) == 64);

  struct OfPattern {
    std::uint32_t begin = 0;  // of its list
    std::uint16_t blocks = 0;
    /// Whether a rule in a list of the other field has it.
    bool is_other = false;
  };

  /// What a rule in a list of one field may have in the other.
  struct Wanted {
    std::array<NumberBlock, FieldAnswer::kMostPatterns + 1> patterns;
    std::size_t count;
  };

  [[nodiscard]] Wanted wanted(std::size_t field, const FieldAnswer& answer) const noexcept {
    Wanted wanted;
    wanted.patterns[0] = repeated(kEvery);
    wanted.count = 1;
    for (const std::uint16_t pattern : answer.patterns()) {
      wanted.patterns[wanted.count] = repeated(pattern);
      wanted.count += of_[field][pattern].is_other ? 1u : 0u;
    }
    return wanted;
  }

  template <typename Passes>
  void look_at(const OfPattern& list, const Wanted& wanted, Passes& passes,
               std::uint32_t& best) const noexcept {
    const Block* block = blocks_.data() + list.begin;
    for (const Block* const end = block + list.blocks; block != end; ++block) {
      if (block->rules[0] >= best) return;
      const NumberBlock others = load_numbers(block->others.data());
      auto found = others == wanted.patterns[0];
      for (std::size_t i = 1; i < wanted.count; ++i) found |= others == wanted.patterns[i];
      std::uint32_t bits = bit_pairs(reinterpret_cast<NumberBlock>(found));
      for (; bits != 0; bits &= bits - 1, bits &= bits - 1) {
        const auto place = static_cast<std::size_t>(std::countr_zero(bits)) / 2;
        const std::uint32_t rule = block->rules[place];
        if (rule >= best) return;
        if (block->asked[place] != 0 && !passes(rule, unsigned{block->asked[place]})) continue;
        best = rule;
        return;
      }
    }
  }

  void add_list(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                std::size_t field);

  std::array<std::size_t, 2> fields_ = {0, 1};
  /// By the pattern of each field.
  std::array<std::vector<OfPattern>, 2> of_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> others_;
};

}  // namespace dosimeter::detail
