#include "sim/log/csv_ends.h"

#include "sim/log/byte_word.h"

#include <bit>

#if defined(__x86_64__) && defined(__GNUC__)
#define DOSIMETER_X86_SCANS 1
#include <immintrin.h>
#else
#define DOSIMETER_X86_SCANS 0
#endif

/// Inlined where the caller may use more instructions than the file is compiled for.
#define DOSIMETER_INLINE [[gnu::always_inline]] inline

namespace dosimeter::sim {
namespace {

constexpr char kQuote = '"';
constexpr std::size_t kChunkBytes = 64;

/// One bit for each byte of a chunk, the first byte the lowest.
struct ChunkMasks {
  /// Delimiters and line feeds.
  std::uint64_t ends;
  std::uint64_t feeds;
  std::uint64_t quotes;
};

/// Bits [from, to). REQUIRES: from <= to <= 64.
constexpr std::uint64_t bits(unsigned from, unsigned to) noexcept {
  const std::uint64_t below_to = to == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << to) - 1;
  return from == 64 ? 0 : below_to & (~std::uint64_t{0} << from);
}

/// Turns the masks of chunk after chunk into offsets.
class EndWriter {
 public:
  EndWriter(std::string_view text, std::uint32_t* ends, std::uint32_t* records) noexcept
      : text_(text), ends_(ends), records_(records) {}

  DOSIMETER_INLINE void add(ChunkMasks masks, std::size_t at) noexcept {
    std::uint64_t ends = ends_of(masks, at);
    std::uint32_t* to = room();
    const auto count = static_cast<unsigned>(std::popcount(ends));
    // Eight at a time, also where there are fewer: branches cost more.
    for (unsigned written = 0; written < count; written += 8) {
      for (unsigned i = 0; i < 8; ++i) {
        to[written + i] =
            static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(ends));
        ends &= ends - 1;
      }
    }
    advance(count);
  }

  /// The ends of the next chunk, whose records are noted.
  DOSIMETER_INLINE std::uint64_t ends_of(ChunkMasks masks, std::size_t at) noexcept {
    if (text_.size() - at < kChunkBytes) {
      const std::uint64_t in_text = bits(0, static_cast<unsigned>(text_.size() - at));
      masks.ends &= in_text;
      masks.feeds &= in_text;
      masks.quotes &= in_text;
    }
    found_.lines += static_cast<unsigned>(std::popcount(masks.feeds));
    if (masks.quotes != 0 || inside_) {
      const std::uint64_t outside = ~quoted(masks, at);
      masks.ends &= outside;
      masks.feeds &= outside;
    }
    begins_field_ = masks.ends >> 63 != 0;
    // The first without a branch: there is none, or one, as it comes.
    note_record(masks.ends, masks.feeds);
    found_.records += masks.feeds != 0 ? 1 : 0;
    for (std::uint64_t feeds = masks.feeds & (masks.feeds - 1); feeds != 0; feeds &= feeds - 1) {
      note_record(masks.ends, feeds);
      ++found_.records;
    }
    return masks.ends;
  }

  /// Where the offsets of those ends belong, and how many they were.
  [[nodiscard]] DOSIMETER_INLINE std::uint32_t* room() const noexcept {
    return ends_ + found_.fields;
  }
  DOSIMETER_INLINE void advance(unsigned ends) noexcept { found_.fields += ends; }

  CsvEnds finish() noexcept {
    if (!text_.empty() && text_.back() != '\n') {
      ends_[found_.fields] = static_cast<std::uint32_t>(text_.size());
      records_[found_.records++] = static_cast<std::uint32_t>(found_.fields++);
    }
    return found_;
  }

 private:
  /// The record that ends at the first of some line feeds, if there is one.
  DOSIMETER_INLINE void note_record(std::uint64_t ends, std::uint64_t feeds) noexcept {
    const std::uint64_t before = (feeds & (0 - feeds)) - 1;
    records_[found_.records] = static_cast<std::uint32_t>(found_.fields) +
                               static_cast<std::uint32_t>(std::popcount(ends & before));
  }

  /// The bytes of the chunk that are within quotes. A quote opens a field where a field begins, and
  /// elsewhere is a letter; the next one that is not doubled closes it.
  [[gnu::noinline]] std::uint64_t quoted(const ChunkMasks& masks, std::size_t at) noexcept {
    found_.quotes = true;
    std::uint64_t quotes = masks.quotes;
    if (second_of_two_) quotes &= ~std::uint64_t{1};
    second_of_two_ = false;
    std::uint64_t within = 0;
    unsigned from = 0;
    for (; quotes != 0; quotes &= quotes - 1) {
      const auto bit = static_cast<unsigned>(std::countr_zero(quotes));
      if (!inside_) {
        inside_ = bit == 0 ? begins_field_ : (masks.ends >> (bit - 1) & 1) != 0;
        from = bit + 1;
        continue;
      }
      const std::size_t next = at + bit + 1;
      if (next < text_.size() && text_[next] == kQuote) {
        if (bit == 63) {
          second_of_two_ = true;
        } else {
          quotes &= quotes - 1;
        }
        continue;
      }
      within |= bits(from, bit);
      inside_ = false;
    }
    return inside_ ? within | bits(from, 64) : within;
  }

  std::string_view text_;
  std::uint32_t* ends_;
  std::uint32_t* records_;
  CsvEnds found_;
  bool inside_ = false;
  /// The first byte of the next chunk follows a delimiter or line feed, or begins the text.
  bool begins_field_ = true;
  /// The first byte of the next chunk is the second of two quotes that are one.
  bool second_of_two_ = false;
};

/// One bit for each of eight bytes that is zero.
std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  const std::uint64_t not_zero = ((word & ~kHighBits) + ~kHighBits) | word;
  // Gathers the high bits; no two of the products' parts meet.
  return ((~not_zero & kHighBits) >> 7) * 0x0102040810204080 >> 56;
}

ChunkMasks portable_masks(const char* at, char delimiter) noexcept {
  ChunkMasks masks{0, 0, 0};
  for (unsigned i = 0; i < kChunkBytes; i += 8) {
    const std::uint64_t word = load_word(at + i);
    const std::uint64_t feeds = zero_bytes(word ^ eight_of('\n'));
    masks.ends |= (zero_bytes(word ^ eight_of(delimiter)) | feeds) << i;
    masks.feeds |= feeds << i;
    masks.quotes |= zero_bytes(word ^ eight_of(kQuote)) << i;
  }
  return masks;
}

void scan_portable(std::string_view text, char delimiter, EndWriter& writer) noexcept {
  for (std::size_t at = 0; at < text.size(); at += kChunkBytes) {
    writer.add(portable_masks(text.data() + at, delimiter), at);
  }
}

#if DOSIMETER_X86_SCANS

std::uint64_t sse2_mask(const char* at, char wanted) noexcept {
  const __m128i all = _mm_set1_epi8(wanted);
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < kChunkBytes; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + i));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, all)));
    mask |= std::uint64_t{found} << i;
  }
  return mask;
}

void scan_sse2(std::string_view text, char delimiter, EndWriter& writer) noexcept {
  for (std::size_t at = 0; at < text.size(); at += kChunkBytes) {
    const std::uint64_t feeds = sse2_mask(text.data() + at, '\n');
    writer.add({sse2_mask(text.data() + at, delimiter) | feeds, feeds,
                sse2_mask(text.data() + at, kQuote)},
               at);
  }
}

#define DOSIMETER_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

DOSIMETER_AVX2 inline std::uint64_t avx2_mask(__m256i low, __m256i high, __m256i all) noexcept {
  const auto first = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all)));
  const auto second = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all)));
  return std::uint64_t{first} | std::uint64_t{second} << 32;
}

DOSIMETER_AVX2 void scan_avx2(std::string_view text, char delimiter, EndWriter& writer) noexcept {
  const __m256i delimiters = _mm256_set1_epi8(delimiter);
  const __m256i feeds = _mm256_set1_epi8('\n');
  const __m256i quotes = _mm256_set1_epi8(kQuote);
  // A copy can stay in registers.
  EndWriter local = writer;
  for (std::size_t at = 0; at < text.size(); at += kChunkBytes) {
    const char* chunk = text.data() + at;
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(chunk));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(chunk + 32));
    const std::uint64_t feed_mask = avx2_mask(low, high, feeds);
    local.add(
        {avx2_mask(low, high, delimiters) | feed_mask, feed_mask, avx2_mask(low, high, quotes)},
        at);
  }
  writer = local;
}

#define DOSIMETER_AVX512 \
  __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vbmi2")))

DOSIMETER_AVX512 inline void write_sixteen(__m128i offsets, __m512i begin,
                                           std::uint32_t* to) noexcept {
  _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(offsets), begin));
}

DOSIMETER_AVX512 void scan_avx512(std::string_view text, char delimiter,
                                  EndWriter& writer) noexcept {
  const __m512i delimiters = _mm512_set1_epi8(delimiter);
  const __m512i feeds = _mm512_set1_epi8('\n');
  const __m512i quotes = _mm512_set1_epi8(kQuote);
  const __m512i numbers = _mm512_set_epi64(
      0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120,
      0x1F1E1D1C1B1A1918, 0x1716151413121110, 0x0F0E0D0C0B0A0908, 0x0706050403020100);
  EndWriter local = writer;
  for (std::size_t at = 0; at < text.size(); at += kChunkBytes) {
    const __m512i chunk = _mm512_loadu_si512(text.data() + at);
    const std::uint64_t feed_mask = _mm512_cmpeq_epi8_mask(chunk, feeds);
    const std::uint64_t ends = local.ends_of({_mm512_cmpeq_epi8_mask(chunk, delimiters) | feed_mask,
                                              feed_mask, _mm512_cmpeq_epi8_mask(chunk, quotes)},
                                             at);
    const auto count = static_cast<unsigned>(std::popcount(ends));
    const __m512i found = _mm512_maskz_compress_epi8(ends, numbers);
    const __m512i begin = _mm512_set1_epi32(static_cast<int>(at));
    std::uint32_t* const to = local.room();
    write_sixteen(_mm512_castsi512_si128(found), begin, to);
    if (count > 16) {
      write_sixteen(_mm512_extracti32x4_epi32(found, 1), begin, to + 16);
      write_sixteen(_mm512_extracti32x4_epi32(found, 2), begin, to + 32);
      write_sixteen(_mm512_extracti32x4_epi32(found, 3), begin, to + 48);
    }
    local.advance(count);
  }
  writer = local;
}

#endif

}  // namespace

bool has_csv_scan(CsvScan scan) noexcept {
  switch (scan) {
    case CsvScan::portable:
      return true;
#if DOSIMETER_X86_SCANS
    case CsvScan::sse2:
      return true;
    case CsvScan::avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
             __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    case CsvScan::avx512:
      return has_csv_scan(CsvScan::avx2) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
#else
    case CsvScan::sse2:
    case CsvScan::avx2:
    case CsvScan::avx512:
      break;
#endif
  }
  return false;
}

CsvScan best_csv_scan() noexcept {
  for (const CsvScan scan : {CsvScan::avx512, CsvScan::avx2, CsvScan::sse2}) {
    if (has_csv_scan(scan)) return scan;
  }
  return CsvScan::portable;
}

CsvEnds find_csv_ends(std::string_view text, char delimiter, std::uint32_t* ends,
                      std::uint32_t* records, CsvScan scan) noexcept {
  EndWriter writer(text, ends, records);
  switch (scan) {
#if DOSIMETER_X86_SCANS
    case CsvScan::avx512:
      scan_avx512(text, delimiter, writer);
      break;
    case CsvScan::avx2:
      scan_avx2(text, delimiter, writer);
      break;
    case CsvScan::sse2:
      scan_sse2(text, delimiter, writer);
      break;
#else
    case CsvScan::avx512:
    case CsvScan::avx2:
    case CsvScan::sse2:
#endif
    case CsvScan::portable:
      scan_portable(text, delimiter, writer);
  }
  return writer.finish();
}

}  // namespace dosimeter::sim
