#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/column_overrides.h"
#include "sim/log/log_column.h"
#include "sim/log/log_row.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// The fields of a line, in their order. AWS appends new ones at the end.
/// Source: "Access log entries" in the Elastic Load Balancing user guide for application load
/// balancers.
enum class AlbField : unsigned char {
  type,
  /// When the response was sent; for a WebSocket, when the connection was closed.
  time,
  elb,
  client,
  target,
  request_processing_time,
  target_processing_time,
  response_processing_time,
  elb_status_code,
  target_status_code,
  received_bytes,
  sent_bytes,
  request,
  user_agent,
  ssl_cipher,
  ssl_protocol,
  target_group_arn,
  trace_id,
  /// The name that the client asked for in the TLS handshake.
  domain_name,
  chosen_cert_arn,
  matched_rule_priority,
  request_creation_time,
};
/// Fields behind them are not read.
inline constexpr std::size_t kAlbFieldCount = 22;
/// The fields that every line has had since the first ones in 2016: up to the sent bytes.
inline constexpr std::size_t kLeastAlbFields = 12;

/// AWS's names, in the enum's order: `elb`, `client:port`.
inline constexpr std::array<std::string_view, kAlbFieldCount> kAlbFieldNames = {
    "type",
    "time",
    "elb",
    "client:port",
    "target:port",
    "request_processing_time",
    "target_processing_time",
    "response_processing_time",
    "elb_status_code",
    "target_status_code",
    "received_bytes",
    "sent_bytes",
    "request",
    "user_agent",
    "ssl_cipher",
    "ssl_protocol",
    "target_group_arn",
    "trace_id",
    "domain_name",
    "chosen_cert_arn",
    "matched_rule_priority",
    "request_creation_time"};

/// A field that the user has chosen for a part of the row.
struct AlbChoice {
  LogColumn column = LogColumn::host;
  FieldText LogRow::*part = nullptr;
  AlbField field = AlbField::type;
};

/// What `--map` and `--instance-column` say, by AWS's names, compared as headers of CSV are;
/// `client` and `target` will do for `client:port` and `target:port`. Fails with ExitCode::usage
/// where there is no such field, or where a part is one that these logs have one way to tell: the
/// time, the request line, the count. `place` stands in front of messages.
[[nodiscard]] Result<std::vector<AlbChoice>, Failure> choose_alb_fields(
    const ColumnOverrides& overrides, std::string_view place);

/// Whether a load balancer's row can have that column: by the line's own fields, or by a field that
/// the user has chosen for it.
[[nodiscard]] bool alb_has(LogColumn column, const ColumnOverrides& overrides) noexcept;

}  // namespace dosimeter::sim
