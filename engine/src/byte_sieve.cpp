#include "engine/src/byte_sieve.h"

#include <bit>
#include <optional>
#include <string_view>
#include <utility>

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

void add_rule(std::uint64_t* words, std::size_t rule) {
  words[rule / 64] |= std::uint64_t{1} << (rule % 64);
}

/// Which rules a text may pass by its byte at one place. A bit for each rule in `words` words.
struct Place {
  /// By rule, what it asks for there.
  std::vector<std::optional<unsigned char>> known;
  /// By byte: those that ask for it.
  std::vector<std::uint64_t> asking;
  /// Those that ask for none.
  std::vector<std::uint64_t> others;

  Place(std::span<const CompiledPattern* const> patterns, bool folds, bool from_end,
        std::size_t offset, std::size_t bytes)
      : known(patterns.size()), asking(bytes * words_of(patterns)), others(words_of(patterns)) {
    for (std::size_t rule = 0; rule < patterns.size(); ++rule) {
      known[rule] = known_byte(patterns[rule], folds, from_end, offset);
      add_rule(known[rule] ? &asking[*known[rule] * others.size()] : others.data(), rule);
    }
  }

  static std::size_t words_of(std::span<const CompiledPattern* const> patterns) {
    return (patterns.size() + 63) / 64;
  }
  [[nodiscard]] std::uint64_t passing(std::size_t byte, std::size_t word) const {
    return asking[byte * others.size() + word] | others[word];
  }
  /// By the text that a rule is meant for: where it asks for no byte, that is one of no rule.
  [[nodiscard]] std::uint64_t passing_with(std::size_t rule, std::size_t word) const {
    return known[rule] ? passing(*known[rule], word) : others[word];
  }
};

}  // namespace

ByteSieve::ByteSieve(std::span<const CompiledPattern* const> patterns, bool folds)
    : form_(folds ? PreparedText::Form::folded : PreparedText::Form::exact) {
  const std::size_t words = Place::words_of(patterns);
  tables_.resize(words * kPlaces * kBytes);
  // By rule: what is left of all rules for a text that is meant for it.
  std::vector<std::uint64_t> left(patterns.size() * words, ~std::uint64_t{0});
  for (std::size_t i = 0; i < kPlaces; ++i) {
    const bool from_end = i >= kStarts;
    std::optional<Place> best;
    std::size_t best_sum = 0;
    for (std::size_t at = 0; at < kFarthest; ++at) {
      const std::size_t offset = from_end ? at + 1 : at;
      Place place(patterns, folds, from_end, offset, kBytes);
      std::size_t sum = 0;
      for (std::size_t rule = 0; rule < patterns.size(); ++rule) {
        for (std::size_t w = 0; w < words; ++w) {
          const std::uint64_t rules = left[rule * words + w] & place.passing_with(rule, w);
          sum += static_cast<std::size_t>(std::popcount(rules));
        }
      }
      if (best && sum >= best_sum) continue;
      best = std::move(place);
      best_sum = sum;
      offsets_[i] = static_cast<std::uint32_t>(offset);
    }
    for (std::size_t w = 0; w < words; ++w) {
      for (std::size_t rule = 0; rule < patterns.size(); ++rule) {
        left[rule * words + w] &= best->passing_with(rule, w);
      }
      for (std::size_t byte = 0; byte < kBytes; ++byte) {
        tables_[(w * kPlaces + i) * kBytes + byte] = best->passing(byte, w);
      }
    }
  }
}

}  // namespace dosimeter::detail
