#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// How far a record without an end has been looked through.
struct CsvRecordScan {
  enum class Inside : unsigned char {
    /// The first line: no line feed yet.
    first_line,
    field_start,
    quoted_field,
    /// An unquoted field, or behind a closing quote.
    open_field,
  };
  Inside inside = Inside::first_line;
  /// From the record's start.
  std::size_t at = 0;
};

/// Where the first record of some bytes ends.
struct CsvRecordEnd {
  enum class Kind : unsigned char {
    /// The record is bytes [0, length), its line feed, if it has one, the last of them.
    record,
    /// The bytes end before the record does.
    incomplete,
    /// A quoted field is still open at the end of the line (where quotes are confined to a line) or
    /// of the input.
    open_quote,
  };
  Kind kind = Kind::incomplete;
  /// Bytes of the record with its line feed; for `open_quote`, of its first line.
  std::size_t length = 0;
  /// Line feeds among them.
  std::uint64_t lines = 0;
  /// A `"` is among them: there may be quoted fields.
  bool quotes = false;
  /// Where to go on once there are more bytes. Set for `incomplete`.
  CsvRecordScan scan;
};

/// How far to trust the bytes.
struct CsvRecordScope {
  char delimiter = ',';
  /// The input ends where the bytes end.
  bool last = false;
  /// A quoted field may not go on behind its line.
  bool one_line = false;
};

/// Finds the end of the record at the front of [begin, end). Records end at a line feed outside of
/// quotes, or with the input. Changes nothing, keeps nothing: blocks can be cut on any thread.
/// Linear, also over all calls for one record where each goes on from the one before. REQUIRES:
/// begin < end; `from` is default or of an `incomplete` that began with the same bytes in the same
/// scope, `last` aside.
[[nodiscard]] CsvRecordEnd find_csv_record_end(const char* begin, const char* end,
                                               CsvRecordScope scope,
                                               CsvRecordScan from = {}) noexcept;

/// Splits one whole record, bytes [begin, begin + found.length) of kind `record`, into `fields`,
/// which is cleared first and never empty afterwards. A line feed at the end, and a carriage return
/// in front of it or at the input's end, belong to no field. A field whose first byte is `"` is
/// quoted: it goes to the next `"` that has no second one behind it, doubled ones count as one, and
/// what follows up to the delimiter is appended as it is. Elsewhere a `"` is a letter.
///
/// The fields are views into the record, whose bytes are overwritten where doubled quotes are
/// undone.
void split_csv_record(char* begin, const CsvRecordEnd& found, char delimiter,
                      std::vector<std::string_view>& fields);

}  // namespace dosimeter::sim
