#pragma once

#include "sim/json_text.h"
#include "sim/quality/row_quality.h"
#include "sim/replay/replay_result.h"

#include <cstdint>
#include <optional>
#include <string>

/// What reports say of how far their log can be relied on.
namespace dosimeter::sim {

/// What is needed beside the RowQuality.
struct QualityContext {
  std::optional<InputSpan> span;
  std::uint64_t out_of_order_rows = 0;
};

/// Of a replay.
[[nodiscard]] inline QualityContext quality_context(const ReplayResult& replay) {
  return {replay.span, replay.counts.out_of_order_rows};
}

/// Resolution of stamps, order, minutes without a request, fields that are missing and what hangs
/// on them: docs/report.md.
[[nodiscard]] Json quality_json(const RowQuality& quality, const QualityContext& context);

/// `stamps to the millisecond, in order, 3 of 60 minutes without a request (the longest ...)`, with
/// a line break; empty where there is no request.
[[nodiscard]] std::string quality_line(const RowQuality& quality, const QualityContext& context);

/// `missing: Host from 12.3 % of the requests, which leaves 4.5 % undecided; ServiceType and
/// ResourceARN from 100 % of the requests, which leaves none undecided`, with a line break; empty
/// where requests have all fields.
[[nodiscard]] std::string missing_line(const RowQuality& quality);

/// A part of requests as a percentage: `0 %`, `66.7 %`, and `under 0.1 %` and `over 99.9 %` for
/// what is neither none nor all.
[[nodiscard]] std::string share_text(std::uint64_t part, std::uint64_t whole);

/// `a second`, `a millisecond`, `100 ns`: of so many digits of a second's fraction, 0 to 9.
[[nodiscard]] std::string resolution_text(int digits);

}  // namespace dosimeter::sim
