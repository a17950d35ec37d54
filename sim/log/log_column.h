#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// What a column of a log can hold.
enum class LogColumn : unsigned char {
  /// A whole stamp, or with `date` a time of day.
  time,
  date,
  host,
  method,
  path,
  /// A request line: `GET /login HTTP/1.1`.
  request,
  service,
  service_type,
  status,
  latency,
  /// A trace id, or a trace header where it says so.
  trace,
  /// An `X-Amzn-Trace-Id` header.
  trace_header,
  resource_arn,
  client,
  /// Requests the row stands for.
  count,
  /// Which process of the recorder decided; only where the user names it.
  instance,
};
inline constexpr std::size_t kLogColumnCount = 16;

/// What is known of a LogColumn.
struct LogColumnFacts {
  LogColumn column;
  /// As in `--map NAME=HEADER`.
  std::string_view name;
  /// The headers it is recognised by; the first that a log has wins.
  std::span<const std::string_view> headers;
  /// Feeds every LogRow. The others are known so that their headers count as a header line's; of
  /// these the status feeds rows where somebody asks for it.
  bool read;
  /// A result depends on it, so `--map` may name it.
  bool mappable;
};

/// One entry per LogColumn, in its order.
[[nodiscard]] const std::array<LogColumnFacts, kLogColumnCount>& log_columns() noexcept;

/// REQUIRES: an enumerator.
[[nodiscard]] const LogColumnFacts& facts_of(LogColumn column) noexcept;

/// The column of exactly that name.
[[nodiscard]] std::optional<LogColumn> log_column_named(std::string_view name) noexcept;

/// A header as headers are compared: ASCII letters in lower case, without `_`, `-`, `@`, `.`,
/// spaces and tabs.
[[nodiscard]] std::string normalized_header(std::string_view header);

}  // namespace dosimeter::sim
