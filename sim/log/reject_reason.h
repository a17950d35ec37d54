#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Why a row cannot be read.
enum class RejectReason : unsigned char {
  /// The time column is empty.
  no_time,
  /// The time is no stamp, or outside of the years 1678 to 2261.
  unreadable_time,
  /// The count column is no whole number from 0 to 10^12.
  unreadable_count,
  /// The row ends before a column that is read.
  too_few_fields,
  /// The row has more fields with text than the header has names: some are not what their column
  /// says.
  too_many_fields,
  /// Over 1 MiB.
  record_too_long,
  /// A quoted field has no end.
  unterminated_quote,
  /// A packed input ends early or is damaged: what could be unpacked ends here.
  damaged_input,
  /// The line is none of the log's format.
  wrong_format,
  /// The line is no JSON object.
  malformed_json,
};
inline constexpr std::size_t kRejectReasonCount = 10;

/// In the enum's order, for tables by reason.
inline constexpr std::array<RejectReason, kRejectReasonCount> kRejectReasons = {
    RejectReason::no_time,
    RejectReason::unreadable_time,
    RejectReason::unreadable_count,
    RejectReason::too_few_fields,
    RejectReason::too_many_fields,
    RejectReason::record_too_long,
    RejectReason::unterminated_quote,
    RejectReason::damaged_input,
    RejectReason::wrong_format,
    RejectReason::malformed_json};

/// The stable name: `unreadable_time`.
[[nodiscard]] std::string_view reject_reason_name(RejectReason reason) noexcept;

/// For people and for counting: `time cannot be read`.
[[nodiscard]] std::string_view reject_reason_sentence(RejectReason reason) noexcept;

/// A row that could not be read. `text` is what could not: the field, or the row's front where it
/// is about the whole row. A view into the reader's buffer, valid until its next call; as it came,
/// so show it through `in_quotes`.
struct RejectedRow {
  RejectReason reason = RejectReason::no_time;
  std::string_view text;
  /// The row's fields and the header's names. Set for `too_few_fields` and `too_many_fields`, 0
  /// elsewhere.
  std::size_t fields = 0;
  std::size_t expected_fields = 0;
};

/// The whole of it for people, to stand behind the place: `time cannot be read: expected a stamp
/// like ..., got "now"`. Fit for a terminal; at most kShownBytes of the text.
[[nodiscard]] std::string rejected_row_message(const RejectedRow& rejected);

}  // namespace dosimeter::sim
