#pragma once

#include <array>
#include <string_view>

namespace dosimeter::sim {

/// What a collector of logs has put in front of every line.
enum class LinePrefix : unsigned char {
  none,
  /// docker compose: `caddy  | `.
  compose,
  /// syslog: `May  4 10:15:02 lb haproxy[6801]: `, with an ISO stamp, with `<134>` in front, and as
  /// RFC 5424 has it: `<134>1 2026-05-04T10:15:02Z lb haproxy 6801 - - `.
  syslog,
  /// The container runtimes of Kubernetes: `2026-05-04T10:15:02.186Z stdout F `.
  cri,
  /// Exports of CloudWatch Logs: `2026-05-04T10:15:02.186Z `.
  stamp,
  /// `aws logs tail`: a stamp and the stream's name.
  stamp_and_stream,
  /// docker's own files: `{"log":"...\n","stream":"stdout","time":"..."}`. See `docker_log_line`.
  docker,
};

/// Every one, in the order in which they are tried.
inline constexpr std::array<LinePrefix, 7> kLinePrefixes = {
    LinePrefix::docker, LinePrefix::none,  LinePrefix::compose,         LinePrefix::cri,
    LinePrefix::syslog, LinePrefix::stamp, LinePrefix::stamp_and_stream};

/// The line behind the prefix; the whole line where it has none such, or where the prefix is that
/// of docker, whose lines are not there as they are meant. Linear.
[[nodiscard]] std::string_view without_prefix(std::string_view line, LinePrefix prefix) noexcept;

}  // namespace dosimeter::sim
