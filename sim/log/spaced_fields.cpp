#include "sim/log/spaced_fields.h"

#include <bit>
#if defined(__x86_64__) && defined(__GNUC__)
#define DOSIMETER_X86_FIELDS 1
#include <immintrin.h>
#else
#define DOSIMETER_X86_FIELDS 0
#endif

/// Inlined where the caller may use more instructions than the file is compiled for.
#define DOSIMETER_INLINE [[gnu::always_inline]] inline

namespace dosimeter::sim {
namespace {

constexpr std::size_t kChunkBytes = 64;

/// Which bytes of a chunk are what, the first in the lowest bit.
struct ByteMasks {
  std::uint64_t spaces = 0;
  std::uint64_t quotes = 0;
  std::uint64_t backslashes = 0;
};

}  // namespace

/// Turns the masks of chunk after chunk into fields.
class SpacedFieldsFinder {
 public:
  SpacedFieldsFinder(std::string_view line, std::size_t most) noexcept : most_(most) {
    assert(most > 0 && most <= kMostSpacedFields);
    found_.line_ = line;
  }

  /// False where the rest of the line is not to be looked at.
  DOSIMETER_INLINE bool add(ByteMasks masks, std::size_t at) noexcept {
    const std::size_t left = found_.line_.size() - at;
    if (left < kChunkBytes) {
      const std::uint64_t in_line = (std::uint64_t{1} << left) - 1;
      masks.spaces &= in_line;
      masks.quotes &= in_line;
      masks.backslashes &= in_line;
    }
    if (masks.backslashes != 0 || backslash_before_ != 0) {
      if (((masks.backslashes << 1 | backslash_before_) & masks.quotes) != 0) {
        // Hardly any log has one: whether the quote counts is for the slow twin to say.
        found_ = split_spaced_fields_scalar(found_.line_, most_);
        finished_ = true;
        return false;
      }
      backslash_before_ = masks.backslashes >> (kChunkBytes - 1);
    }
    std::uint64_t quoted = masks.quotes;
    // Bit i: whether an odd number of bits up to i are set.
    for (int shift = 1; shift < 64; shift *= 2) quoted ^= quoted << shift;
    quoted ^= inside_;
    inside_ = 0 - (quoted >> (kChunkBytes - 1));
    std::uint64_t ends = masks.spaces & ~quoted;
    for (; ends != 0; ends &= ends - 1) {
      if (!end_field(at + static_cast<std::size_t>(std::countr_zero(ends)))) return false;
    }
    return true;
  }

  /// False where there are enough.
  DOSIMETER_INLINE bool end_field(std::size_t at) noexcept {
    found_.ends_[found_.count_++] = static_cast<std::uint32_t>(at);
    finished_ = found_.count_ == most_;
    return !finished_;
  }

  void open_quote(bool open) noexcept { inside_ = open ? ~std::uint64_t{0} : 0; }

  SpacedFields finish() noexcept {
    if (!finished_) {
      static_cast<void>(end_field(found_.line_.size()));
      found_.open_quote_ = inside_ != 0;
    }
    return found_;
  }

 private:
  SpacedFields found_;
  std::size_t most_;
  bool finished_ = false;
  /// All bits where the chunk before ended within quotes.
  std::uint64_t inside_ = 0;
  /// 1 where it ended with a backslash.
  std::uint64_t backslash_before_ = 0;
};

SpacedFields split_spaced_fields_scalar(std::string_view line, std::size_t most) noexcept {
  SpacedFieldsFinder finder(line, most);
  bool quoted = false;
  bool escaped = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && !escaped) quoted = !quoted;
    escaped = c == '\\' && !escaped;
    if (c == ' ' && !quoted && !finder.end_field(i)) return finder.finish();
  }
  finder.open_quote(quoted);
  return finder.finish();
}

#if DOSIMETER_X86_FIELDS

namespace {

DOSIMETER_INLINE std::uint64_t equal_bits(const __m128i* bytes, char letter) noexcept {
  const __m128i letters = _mm_set1_epi8(letter);
  std::uint64_t bits = 0;
  for (int i = 3; i >= 0; --i) {
    const __m128i equal = _mm_cmpeq_epi8(_mm_loadu_si128(bytes + i), letters);
    bits = bits << 16 | static_cast<unsigned>(_mm_movemask_epi8(equal));
  }
  return bits;
}

[[gnu::target("avx2"), gnu::always_inline]] inline std::uint64_t equal_bits(const __m256i* bytes,
                                                                            char letter) noexcept {
  const __m256i letters = _mm256_set1_epi8(letter);
  const auto low = static_cast<unsigned>(
      _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_loadu_si256(bytes), letters)));
  const auto high = static_cast<unsigned>(
      _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_loadu_si256(bytes + 1), letters)));
  return std::uint64_t{high} << 32 | low;
}

[[gnu::target("avx2,bmi")]] SpacedFields split_avx2(std::string_view line,
                                                    std::size_t most) noexcept {
  SpacedFieldsFinder finder(line, most);
  for (std::size_t at = 0; at < line.size(); at += kChunkBytes) {
    const auto* bytes = reinterpret_cast<const __m256i*>(line.data() + at);
    const ByteMasks masks = {equal_bits(bytes, ' '), equal_bits(bytes, '"'),
                             equal_bits(bytes, '\\')};
    if (!finder.add(masks, at)) break;
  }
  return finder.finish();
}

}  // namespace

SpacedFields split_spaced_fields_baseline(std::string_view line, std::size_t most) noexcept {
  SpacedFieldsFinder finder(line, most);
  for (std::size_t at = 0; at < line.size(); at += kChunkBytes) {
    const auto* bytes = reinterpret_cast<const __m128i*>(line.data() + at);
    const ByteMasks masks = {equal_bits(bytes, ' '), equal_bits(bytes, '"'),
                             equal_bits(bytes, '\\')};
    if (!finder.add(masks, at)) break;
  }
  return finder.finish();
}

SpacedFields split_spaced_fields(std::string_view line, std::size_t most) noexcept {
  static const bool wide =
      __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0;
  return wide ? split_avx2(line, most) : split_spaced_fields_baseline(line, most);
}

#else

SpacedFields split_spaced_fields_baseline(std::string_view line, std::size_t most) noexcept {
  return split_spaced_fields_scalar(line, most);
}

SpacedFields split_spaced_fields(std::string_view line, std::size_t most) noexcept {
  return split_spaced_fields_scalar(line, most);
}

#endif

}  // namespace dosimeter::sim
