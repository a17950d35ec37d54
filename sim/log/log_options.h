#pragma once

#include "sim/log/column_overrides.h"
#include "sim/log/log_column.h"
#include "sim/log/zone_offset.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

struct FormatFacts;

/// What an option needs of every log.
struct WantedColumn {
  /// The option, to begin a message: `--by status`.
  std::string wanted_by;
  /// Any of these will do. Refers to what lives as long as the program.
  std::span<const LogColumn> any_of;
};

/// How logs are read.
struct LogOptions {
  ColumnOverrides columns;
  /// Whether rows are to have their status: a filter or a breakdown asks for it.
  bool reads_status = false;
  /// The user says which service rows are of (`--service`): a format that would take it from what
  /// is not its name, a target group's, leaves it absent.
  bool service_is_named = false;
  /// What logs are; null where the first lines of each say it.
  const FormatFacts* format = nullptr;
  /// Of stamps that name no zone, and whether the user has said so.
  ZoneOffset zone = {};
  bool zone_is_named = false;
  /// A log that has none of these columns is refused.
  std::vector<WantedColumn> wanted = {};
};

}  // namespace dosimeter::sim
