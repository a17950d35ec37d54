#pragma once

#include "sim/log/csv_format.h"
#include "sim/log/reject_reason.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::oracle {

/// What a line of an application load balancer's log says, as AlbFormat::read_line should have it.
struct AlbTwinRow {
  sim::RowKind kind = sim::RowKind::skipped;
  /// Of a reject.
  sim::RejectReason reason = sim::RejectReason::wrong_format;
  std::int64_t nanoseconds = 0;
  int digits = 0;
  std::optional<std::string> method;
  std::optional<std::string> host;
  std::optional<std::string> target;
  std::optional<std::string> service;
  std::optional<std::string> trace_header;
  int status = 0;
};

/// Takes the line apart letter by letter, copies every field and looks at all of them.
[[nodiscard]] AlbTwinRow alb_twin(std::string_view line);

}  // namespace dosimeter::oracle
