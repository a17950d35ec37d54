#pragma once

#include "sim/log/column_overrides.h"

namespace dosimeter::sim {

/// How logs are read.
struct LogOptions {
  ColumnOverrides columns;
  /// Whether rows are to have their status: a filter or a breakdown asks for it.
  bool reads_status = false;
};

}  // namespace dosimeter::sim
