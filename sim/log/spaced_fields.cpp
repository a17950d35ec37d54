#include "sim/log/spaced_fields.h"

#include <bit>
#include <cassert>
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace dosimeter::sim {
namespace {

std::string_view without_quotes(std::string_view field) noexcept {
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    field.remove_prefix(1);
    field.remove_suffix(1);
  }
  return field;
}

#if defined(__SSE2__)

constexpr std::size_t kStep = 64;

/// Which of 64 bytes are what, the first in the lowest bit.
struct ByteMasks {
  std::uint64_t spaces = 0;
  std::uint64_t quotes = 0;
  std::uint64_t backslashes = 0;
};

ByteMasks masks_of(const char* bytes) noexcept {
  const auto bits = [](__m128i equal, int shift) {
    return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(equal))) << shift;
  };
  ByteMasks masks;
  for (int shift = 0; shift < 64; shift += 16) {
    const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + shift));
    masks.spaces |= bits(_mm_cmpeq_epi8(part, _mm_set1_epi8(' ')), shift);
    masks.quotes |= bits(_mm_cmpeq_epi8(part, _mm_set1_epi8('"')), shift);
    masks.backslashes |= bits(_mm_cmpeq_epi8(part, _mm_set1_epi8('\\')), shift);
  }
  return masks;
}

/// Bit i says whether an odd number of bits up to i are set.
std::uint64_t parity_up_to(std::uint64_t bits) noexcept {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

#endif

}  // namespace

SpacedFields split_spaced_fields_scalar(std::string_view line,
                                        std::span<std::string_view> fields) noexcept {
  assert(!fields.empty());
  SpacedFields found;
  std::size_t start = 0;
  bool escaped = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && !escaped) found.open_quote = !found.open_quote;
    escaped = c == '\\' && !escaped;
    if (c != ' ' || found.open_quote) continue;
    fields[found.count++] = without_quotes(line.substr(start, i - start));
    start = i + 1;
    if (found.count == fields.size()) return found;
  }
  fields[found.count++] = without_quotes(line.substr(start));
  return found;
}

#if defined(__SSE2__)

SpacedFields split_spaced_fields(std::string_view line,
                                 std::span<std::string_view> fields) noexcept {
  assert(!fields.empty());
  SpacedFields found;
  std::size_t start = 0;
  // All bits where the step before ended within quotes.
  std::uint64_t inside = 0;
  bool backslash_before = false;
  for (std::size_t at = 0; at < line.size(); at += kStep) {
    ByteMasks masks = masks_of(line.data() + at);
    const std::size_t left = line.size() - at;
    const std::uint64_t valid = left < kStep ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0};
    masks.spaces &= valid;
    masks.quotes &= valid;
    masks.backslashes &= valid;
    const std::uint64_t behind_backslash = masks.backslashes << 1 | (backslash_before ? 1U : 0U);
    // Hardly any log has one: whether the quote counts is for the slow twin to say.
    if ((behind_backslash & masks.quotes) != 0) return split_spaced_fields_scalar(line, fields);
    backslash_before = masks.backslashes >> (kStep - 1) != 0;

    const std::uint64_t quoted = parity_up_to(masks.quotes) ^ inside;
    inside = quoted >> (kStep - 1) != 0 ? ~std::uint64_t{0} : 0;
    if (left < kStep) inside = quoted >> (left - 1) & 1;
    for (std::uint64_t ends = masks.spaces & ~quoted; ends != 0; ends &= ends - 1) {
      const std::size_t end = at + static_cast<std::size_t>(std::countr_zero(ends));
      fields[found.count++] = without_quotes(line.substr(start, end - start));
      start = end + 1;
      if (found.count == fields.size()) return found;
    }
  }
  found.open_quote = inside != 0;
  fields[found.count++] = without_quotes(line.substr(start));
  return found;
}

#else

SpacedFields split_spaced_fields(std::string_view line,
                                 std::span<std::string_view> fields) noexcept {
  return split_spaced_fields_scalar(line, fields);
}

#endif

}  // namespace dosimeter::sim
