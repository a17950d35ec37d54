#include "engine/src/byte_sieve.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <string_view>

namespace dosimeter::detail {
namespace {

/// The byte that a text which matches has at a place, if there is but one.
std::optional<unsigned char> known_byte(const CompiledPattern* pattern, bool folds, bool from_end,
                                        std::size_t offset) {
  using Shape = CompiledPattern::Shape;
  if (pattern == nullptr || pattern->shape() == Shape::reference_only) return std::nullopt;
  if (pattern->folds() != folds) return std::nullopt;
  const bool is_literal = pattern->shape() == Shape::literal;
  const std::string_view known = from_end && !is_literal ? pattern->tail() : pattern->head();
  const std::size_t place = from_end ? known.size() - offset : offset;  // huge if it is beyond
  if (place >= known.size()) return std::nullopt;
  return static_cast<unsigned char>(known[place]);
}

/// A bit for each rule.
using Rules = std::vector<std::uint64_t>;

std::size_t size_of(const Rules& rules) {
  std::size_t size = 0;
  for (const std::uint64_t word : rules) size += static_cast<std::size_t>(std::popcount(word));
  return size;
}

}  // namespace

ByteSieve::ByteSieve(std::span<const CompiledPattern* const> patterns, bool folds)
    : form_(folds ? PreparedText::Form::folded : PreparedText::Form::exact) {
  const std::size_t words = (patterns.size() + 63) / 64;
  tables_.resize(words * kPlaces * kBytes);
  // What is left of the rules for a text that each of them is meant for.
  Rules all(words, 0);
  for (std::size_t rule = 0; rule < patterns.size(); ++rule) {
    all[rule / 64] |= std::uint64_t{1} << (rule % 64);
  }
  std::vector<Rules> left(patterns.size(), all);

  std::vector<Rules> passing(kBytes);  // by byte
  std::vector<std::optional<unsigned char>> known(patterns.size());
  const auto look_at = [&](bool from_end, std::size_t offset) {
    passing.assign(kBytes, Rules(words, 0));
    for (std::size_t rule = 0; rule < patterns.size(); ++rule) {
      known[rule] = known_byte(patterns[rule], folds, from_end, offset);
      for (std::size_t byte = 0; byte < kBytes; ++byte) {
        if (known[rule].value_or(byte) != byte) continue;
        passing[byte][rule / 64] |= std::uint64_t{1} << (rule % 64);
      }
    }
  };
  // Where a rule asks for no byte, the text that is meant for it has one that no rule asks for.
  const auto left_by = [&](std::size_t rule) {
    Rules rules = left[rule];
    const Rules& passed = passing[known[rule].value_or('\0')];
    for (std::size_t w = 0; w < words; ++w) rules[w] &= passed[w];
    return rules;
  };

  for (std::size_t place = 0; place < kPlaces; ++place) {
    const bool from_end = place >= kStarts;
    std::optional<std::size_t> best;
    std::size_t best_sum = 0;
    for (std::size_t i = 0; i < kFarthest; ++i) {
      const std::size_t offset = from_end ? i + 1 : i;
      look_at(from_end, offset);
      std::size_t sum = 0;
      for (std::size_t rule = 0; rule < patterns.size(); ++rule) sum += size_of(left_by(rule));
      if (best && sum >= best_sum) continue;
      best = offset;
      best_sum = sum;
    }
    look_at(from_end, *best);
    for (std::size_t rule = 0; rule < patterns.size(); ++rule) left[rule] = left_by(rule);
    offsets_[place] = static_cast<std::uint32_t>(*best);
    for (std::size_t word = 0; word < words; ++word) {
      for (std::size_t byte = 0; byte < kBytes; ++byte) {
        tables_[(word * kPlaces + place) * kBytes + byte] = passing[byte][word];
      }
    }
  }
}

}  // namespace dosimeter::detail
