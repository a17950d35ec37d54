#pragma once

#include <dosimeter/rules/body.h>
#include <dosimeter/rules/load.h>
#include <dosimeter/sampling_target.h>
#include <dosimeter/statistics.h>
#include <dosimeter/time_point.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// GetSamplingTargets: a recorder reports what its rules did, some ten seconds apart, and is told
/// what it may do next.
namespace dosimeter::rules {

/// The most statistics in one request (API reference, GetSamplingTargets). A Region may have more
/// rules: Default comes on top of its custom ones.
inline constexpr std::size_t kMaximumStatistics = 25;

/// The length of a recorder's own mark, which tells X-Ray one process from the other.
inline constexpr std::size_t kClientIdLength = 24;

/// What one rule did in one process.
struct StatisticsDocument {
  std::string rule_name;
  /// 24 characters, by custom of 0 to 9 and a to f, drawn once for each process.
  std::string client_id;
  TimePoint timestamp = {};
  std::uint64_t request_count = 0;
  std::uint64_t sampled_count = 0;
  std::uint64_t borrow_count = 0;
};

/// A report that X-Ray did not take.
struct UnprocessedStatistics {
  std::string rule_name;
  std::string error_code;
  std::string message;
};

/// What POST /SamplingTargets answers.
struct SamplingTargetsBody {
  /// In the order of the body.
  std::vector<SamplingTarget> targets;
  /// When the rules were last changed. Later than they were asked for: it is time to ask again.
  std::optional<TimePoint> last_rule_modification = {};
  std::vector<UnprocessedStatistics> unprocessed = {};
};

/// What a Sampler's take_statistics gave, as one process reports it.
[[nodiscard]] std::vector<StatisticsDocument> to_documents(
    std::span<const RuleStatistics> statistics, std::string_view client_id);

/// The bodies of as many requests as it takes to report all of it, kMaximumStatistics at a time.
/// Stamps are whole seconds, as recorders send them, or ISO 8601.
[[nodiscard]] std::vector<std::string> write_sampling_targets_requests(
    std::span<const StatisticsDocument> statistics,
    StampSpelling spelling = StampSpelling::epoch_seconds);

/// Reads a request, as whoever plays the service does. Stamps may be milliseconds: Java recorders
/// write them. A mark or a name of another length than AWS's is a warning, and so are unknown keys.
///
/// Opens nothing and keeps no state; safe to call from several threads. Time is about linear in the
/// text. Throws nothing but `std::bad_alloc`.
[[nodiscard]] BodyResult<std::vector<StatisticsDocument>> read_sampling_targets_request(
    const Source& source);

/// Reads an answer. All but the names may be absent. Unknown keys are warnings. The rest as above.
[[nodiscard]] BodyResult<SamplingTargetsBody> read_sampling_targets(const Source& source);

/// Writes an answer, as whoever plays the service does. What is read from it is the same again, as
/// long as texts are UTF-8.
[[nodiscard]] std::string write_sampling_targets(
    const SamplingTargetsBody& body, StampSpelling spelling = StampSpelling::epoch_seconds);

}  // namespace dosimeter::rules
