#include "sim/log/skip_reason.h"

namespace dosimeter::sim {

std::string_view skip_reason_name(SkipReason reason) noexcept {
  switch (reason) {
    case SkipReason::blank_line:
      return "blank_line";
    case SkipReason::repeated_header:
      return "repeated_header";
    case SkipReason::comment:
      return "comment";
    case SkipReason::other_program:
      return "other_program";
    case SkipReason::connection:
      return "connection";
    case SkipReason::no_request:
      return "no_request";
  }
  return {};
}

std::string_view skip_reason_words(SkipReason reason) noexcept {
  switch (reason) {
    case SkipReason::blank_line:
      return "blank";
    case SkipReason::repeated_header:
      return "header lines";
    case SkipReason::comment:
      return "comments";
    case SkipReason::other_program:
      return "of other programs";
    case SkipReason::connection:
      return "of connections";
    case SkipReason::no_request:
      return "no requests";
  }
  return {};
}

}  // namespace dosimeter::sim
