#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dosimeter::sim {

/// Where fields and records end.
struct CsvEnds {
  /// How many delimiters and line feeds outside of quotes, the end of a text without a line feed at
  /// its end counted as one.
  std::size_t fields = 0;
  std::size_t records = 0;
  /// All line feeds of the text.
  std::uint64_t lines = 0;
  /// A `"` is somewhere.
  bool quotes = false;
};

/// How many offsets either array must have room for.
[[nodiscard]] constexpr std::size_t room_for_csv_ends(std::size_t text_size) noexcept {
  return text_size + 72;
}

/// Which instructions find them. All find the same.
enum class CsvScan : unsigned char { portable, sse2, avx2, avx512 };

/// The fastest this machine has.
[[nodiscard]] CsvScan best_csv_scan() noexcept;

/// Whether this machine has it.
[[nodiscard]] bool has_csv_scan(CsvScan scan) noexcept;

/// Writes the offset of every field's end to `ends` and, for each record, the index of its last
/// field's end to `records`. What is quoted is as `split_csv_record` says; quoted fields may hold
/// line feeds. REQUIRES: `text` is of whole records, below 4 GiB, with kBlockPadding readable bytes
/// behind it; the arrays have room_for_csv_ends.
[[nodiscard]] CsvEnds find_csv_ends(std::string_view text, char delimiter, std::uint32_t* ends,
                                    std::uint32_t* records, CsvScan scan) noexcept;

}  // namespace dosimeter::sim
