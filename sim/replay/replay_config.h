#pragma once

#include <dosimeter/rule_set.h>
#include <dosimeter/time_point.h>

#include "sim/log/log_reader.h"
#include "sim/replay/request_mapper.h"
#include "sim/replay/tally.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// What is replayed, and how. Every value is checked by whoever makes it.
struct ReplayConfig {
  RuleSet rules;
  std::vector<std::string> log_paths;
  LogOptions log;
  RequestDefaults defaults;
  /// Rows before `from` and rows at or after `to` are filtered out.
  std::optional<TimePoint> from;
  std::optional<TimePoint> to;
  /// A row that cannot be read ends the replay.
  bool strict = false;
  std::size_t reorder_bytes = Tally::kDefaultOpenBytes;
};

/// How far a replay has come.
struct ReplayProgress {
  std::uint64_t bytes_read = 0;
  std::optional<std::uint64_t> bytes_total;
  std::uint64_t rows = 0;
};

/// Who watches a replay. Called every few thousand rows, on the replay's thread.
struct ReplayObserver {
  std::function<void(const ReplayProgress&)> progress = [](const ReplayProgress&) {};
  /// True ends the replay early; what was read until then is reported as partial.
  std::function<bool()> stop = [] { return false; };
};

}  // namespace dosimeter::sim
