#pragma once

#include "sim/log/column_overrides.h"

namespace dosimeter::sim {

/// How logs are read.
struct LogOptions {
  ColumnOverrides columns;
  /// Whether rows are to have their status: a filter or a breakdown asks for it.
  bool reads_status = false;
  /// The user says which service rows are of (`--service`): a format that would take it from what
  /// is not its name, a target group's, leaves it absent.
  bool service_is_named = false;
};

}  // namespace dosimeter::sim
