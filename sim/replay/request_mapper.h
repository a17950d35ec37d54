#pragma once

#include <dosimeter/raw_request.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/segment_naming.h>
#include <dosimeter/trace_header.h>

#include "sim/log/log_row.h"
#include "sim/replay/path_rewrites.h"

#include <optional>
#include <string>

namespace dosimeter::sim {

/// What the user says of requests where the log does not.
struct RequestDefaults {
  /// The service of rows that name none.
  std::optional<std::string> service_name;
  /// The host of rows that name none.
  std::optional<std::string> host;
  /// Dynamic naming: a row whose host matches this pattern is of the service called like the host.
  std::optional<std::string> naming_pattern;
  /// Where the application is mounted: `/shop`.
  std::string base_path;
  /// What becomes of paths in front of the recorder.
  PathRewrites rewrites = {};
};

/// Dynamic naming by a pattern, for a RecorderView; nothing where there is no pattern.
[[nodiscard]] std::optional<SegmentNaming> naming_by_host(const std::optional<std::string>& pattern,
                                                          const MatchChoices& match);

/// Turns a row of a log into the request a recorder would have seen. A field that is a lone `-`,
/// which is how logs write "nothing", is absent to every recorder. Not thread-safe: it reuses its
/// memory.
class RequestMapper {
 public:
  /// `rules` says whose text and whose patterns.
  RequestMapper(const RuleSet& rules, RequestDefaults defaults);
  RequestMapper(const TextChoices& text, const MatchChoices& match, RequestDefaults defaults);

  /// Views of `row` and of this object, valid until the next call.
  [[nodiscard]] Request map(const LogRow& row);

  /// `map(row).upstream`. All else of a request follows from the row's other texts alone.
  [[nodiscard]] UpstreamDecision upstream(const LogRow& row) const noexcept {
    return row.trace_header ? upstream_decision(*row.trace_header, text_) : UpstreamDecision::none;
  }

  /// What a request depends on of a row's target.
  [[nodiscard]] std::string_view mapped_part(std::string_view target) const noexcept {
    return as_sent_ ? target.substr(0, target.find('?')) : target;
  }

 private:
  [[nodiscard]] Request map_as_sent(const LogRow& row, FieldText target) const;
  [[nodiscard]] Request map_by_view(const LogRow& row, FieldText target);

  RecorderView view_;
  RequestDefaults defaults_;
  TextChoices text_;
  /// A path that was rewritten.
  std::string rewritten_;
  /// Rules see texts as they were sent, but for the query: there is nothing for a view to do.
  bool as_sent_;
};

}  // namespace dosimeter::sim
