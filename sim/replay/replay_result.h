#pragma once

#include <dosimeter/request.h>
#include <dosimeter/time_point.h>

#include "sim/log/log_notice.h"
#include "sim/log/reject_reason.h"
#include "sim/log/skip_reason.h"
#include "sim/quality/row_quality.h"
#include "sim/replay/arrivals.h"
#include "sim/replay/load_histogram.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The most requests a log may stand for in all: doubles count them exactly. A busy million a
/// second takes 285 years.
inline constexpr std::uint64_t kMaximumRequests = std::uint64_t{1} << 53;

/// A row that could not be read, to be shown to a person.
struct RejectedExample {
  std::string file;
  std::uint64_t line = 0;
  RejectReason reason{};
  /// What was expected and what was got, fit for a terminal.
  std::string message;
};

/// What reading alone says of a log's rows, whatever the rules. A row that stands for k requests
/// counts k times, wherever it counts.
struct RowCounts {
  std::uint64_t rows = 0;
  std::uint64_t rejected_rows = 0;
  std::uint64_t skipped_rows = 0;
  std::uint64_t filtered_rows = 0;

  std::array<std::uint64_t, kSkipReasonCount> skipped_by_reason{};
  std::array<std::uint64_t, kRejectReasonCount> rejected_by_reason{};
  /// The first few of each reason, in the order they were met.
  std::vector<RejectedExample> rejected_examples;
  /// Rows came so late that equal ones may have been forgotten (RowMultiplier).
  bool draws_depend_on_order = false;
};

/// What a recorder makes of the rows that are left.
struct RequestCounts {
  std::uint64_t requests = 0;
  /// Of a second that was already folded: in `rows` and in no other figure.
  std::uint64_t late_rows = 0;
  /// Earlier than the largest stamp before them in their file. A part of the requests.
  std::uint64_t out_of_order_rows = 0;
  /// Decided by the trace header. A part of the requests that no rule matched.
  std::uint64_t upstream_decided = 0;
  /// On which the recorder itself would end with an error. A part of the requests.
  std::uint64_t broken_requests = 0;
};

/// What became of a log's rows: rows = requests + rejected + skipped + filtered + late.
struct InputCounts : RowCounts, RequestCounts {};

/// When the requests were.
struct InputSpan {
  TimePoint first;
  TimePoint last;
  /// Rows with a request in them, each once whatever it stands for.
  std::uint64_t rows = 0;
  /// The finest fraction of a second met: 0 digits are whole seconds.
  int time_digits = 0;

  /// How long the requests took: last - first, and a little for the last one, which is the larger
  /// of the stamps' resolution and the mean gap. Nothing for one row, which says nothing about its
  /// rate.
  [[nodiscard]] std::optional<double> seconds() const noexcept;
};

struct RuleTally {
  /// Requests the rule decided.
  std::uint64_t matched = 0;
  /// Seconds by how many requests were put to the rule: those it decided and, where the recorder
  /// consults the rules although upstream decided, those as well.
  LoadHistogram load;
  /// The same of each instance by itself, by InstanceIndex, up to the last that the rule met.
  std::vector<LoadHistogram> instance_loads = {};
};

/// What a replay found. Nothing in it depends on the order of the rows but out_of_order_rows, the
/// order of arrivals of one time and, where a log is larger than the reorder memory, late_rows.
struct ReplayResult {
  InputCounts counts;
  std::optional<InputSpan> span;
  /// By RuleIndex.
  std::vector<RuleTally> rules;
  /// Whether any request had that field at all, by Field.
  std::array<bool, kFieldCount> field_seen{};
  /// Of the requests.
  RowQuality quality = {};
  /// By InstanceIndex: as the log has them, "" for rows that name none. One such where no column
  /// says.
  std::vector<std::string> instances;
  /// Whether a row named no instance though a column does.
  bool instance_missing = false;
  /// Where they were to be kept; in the order of time.
  Arrivals arrivals;
  /// Requests that upstream had decided and that were put to the rules all the same.
  std::uint64_t upstream_consulted = 0;
  std::vector<LogNotice> notices;
  /// Stopped before the end.
  bool partial = false;
};

}  // namespace dosimeter::sim
