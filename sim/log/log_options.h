#pragma once

#include "sim/log/column_overrides.h"

namespace dosimeter::sim {

/// Which format logs are taken to have.
enum class LogFormatChoice : unsigned char {
  /// What the first line of each says.
  by_content,
  csv,
  /// AWS application load balancers.
  alb,
};

/// How logs are read.
struct LogOptions {
  ColumnOverrides columns;
  /// Whether rows are to have their status: a filter or a breakdown asks for it.
  bool reads_status = false;
  /// The user says which service rows are of (`--service`): a format that would take it from what
  /// is not its name, a target group's, leaves it absent.
  bool service_is_named = false;
  LogFormatChoice format = LogFormatChoice::by_content;
  /// Whether packed inputs are inflated on a thread of their own.
  bool inflates_ahead = false;
};

}  // namespace dosimeter::sim
