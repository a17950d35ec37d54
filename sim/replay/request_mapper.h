#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/request.h>
#include <dosimeter/segment_naming.h>

#include "sim/log/log_row.h"

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
};

/// Turns a row of a log into the request a recorder would have seen. Not thread-safe: it reuses its
/// memory.
class RequestMapper {
 public:
  RequestMapper(const Recorder& recorder, RequestDefaults defaults);

  /// Views of `row` and of this object, valid until the next call.
  [[nodiscard]] Request map(const LogRow& row);

 private:
  [[nodiscard]] std::string_view path_text(std::string_view target);

  TextChoices choices_;
  RequestDefaults defaults_;
  /// Answers with an empty name where the pattern does not match, which no host is.
  std::optional<SegmentNaming> naming_;
  std::string decoded_path_;
};

}  // namespace dosimeter::sim
