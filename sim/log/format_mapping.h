#pragma once

#include "sim/log/log_column.h"

#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Where a part of a row comes from.
struct FieldSource {
  LogColumn column = LogColumn::time;
  /// As the log names it: `request_creation_time`, a header of CSV.
  std::string from;

  friend bool operator==(const FieldSource&, const FieldSource&) = default;
};

/// What a format makes of an input, for people.
struct FormatMapping {
  /// As in `--log-format NAME`.
  std::string_view name;
  std::vector<FieldSource> sources;
  /// What is taken for the start of a request: `the stamp less the duration`.
  std::string_view start;

  friend bool operator==(const FormatMapping&, const FormatMapping&) = default;
};

}  // namespace dosimeter::sim
