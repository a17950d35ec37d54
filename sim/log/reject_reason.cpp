#include "sim/log/reject_reason.h"

#include "sim/log/quoted_text.h"

#include <fmt/format.h>

namespace dosimeter::sim {

std::string_view reject_reason_name(RejectReason reason) noexcept {
  switch (reason) {
    case RejectReason::no_time:
      return "no_time";
    case RejectReason::unreadable_time:
      return "unreadable_time";
    case RejectReason::unreadable_count:
      return "unreadable_count";
    case RejectReason::too_few_fields:
      return "too_few_fields";
    case RejectReason::too_many_fields:
      return "too_many_fields";
    case RejectReason::record_too_long:
      return "record_too_long";
    case RejectReason::unterminated_quote:
      return "unterminated_quote";
    case RejectReason::damaged_input:
      return "damaged_input";
    case RejectReason::wrong_format:
      return "wrong_format";
    case RejectReason::malformed_json:
      return "malformed_json";
  }
  return {};
}

std::string_view reject_reason_sentence(RejectReason reason) noexcept {
  switch (reason) {
    case RejectReason::no_time:
      return "no time";
    case RejectReason::unreadable_time:
      return "time cannot be read";
    case RejectReason::unreadable_count:
      return "count is no whole number from 0 to 1000000000000";
    case RejectReason::too_few_fields:
      return "fewer fields than the header has names";
    case RejectReason::too_many_fields:
      return "more fields than the header has names";
    case RejectReason::record_too_long:
      return "longer than 1 MiB";
    case RejectReason::unterminated_quote:
      return "a quoted field has no end";
    case RejectReason::damaged_input:
      return "the packed input is cut off or damaged";
    case RejectReason::wrong_format:
      return "not a row of the log's format";
    case RejectReason::malformed_json:
      return "not a JSON object";
  }
  return {};
}

std::string rejected_row_message(const RejectedRow& rejected) {
  const std::string_view sentence = reject_reason_sentence(rejected.reason);
  const std::string text = in_quotes(rejected.text, kShownBytes);
  switch (rejected.reason) {
    case RejectReason::no_time:
    case RejectReason::unreadable_time:
      return fmt::format(
          "{}: expected a stamp like 2026-05-04T10:15:02Z or seconds since 1970, got {}", sentence,
          text);
    case RejectReason::too_few_fields:
    case RejectReason::too_many_fields:
      return fmt::format("{}: expected {}, got {}, the first {}", sentence,
                         rejected.expected_fields, rejected.fields, text);
    case RejectReason::unreadable_count:
    case RejectReason::record_too_long:
    case RejectReason::unterminated_quote:
    case RejectReason::damaged_input:
    case RejectReason::wrong_format:
    case RejectReason::malformed_json:
      break;
  }
  return fmt::format("{}: {}", sentence, text);
}

}  // namespace dosimeter::sim
