#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace dosimeter::sim {

/// Why a record is no row, and nothing is wrong with it.
enum class SkipReason : unsigned char {
  /// Nothing in it, or empty fields alone.
  blank_line,
  /// A header line once more, as in joined files.
  repeated_header,
  /// A comment or a directive: `#Fields: ...`.
  comment,
  /// Another program's or another logger's in the same stream.
  other_program,
  /// A connection, a session or a transfer, and no HTTP request.
  connection,
  /// What a client sent was no HTTP request: `<BADREQ>`, `"\x16\x03\x01"`, `"-"`.
  no_request,
};
inline constexpr std::size_t kSkipReasonCount = 6;

/// In the enum's order, for tables by reason.
inline constexpr std::array<SkipReason, kSkipReasonCount> kSkipReasons = {
    SkipReason::blank_line,    SkipReason::repeated_header, SkipReason::comment,
    SkipReason::other_program, SkipReason::connection,      SkipReason::no_request};

/// The stable name: `other_program`.
[[nodiscard]] std::string_view skip_reason_name(SkipReason reason) noexcept;

/// Behind a number of rows, for people: `of other programs`.
[[nodiscard]] std::string_view skip_reason_words(SkipReason reason) noexcept;

}  // namespace dosimeter::sim
