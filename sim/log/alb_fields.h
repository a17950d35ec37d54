#pragma once

#include "sim/log/line_field.h"

#include <array>
#include <cstddef>

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

/// AWS's names, in the enum's order.
inline constexpr std::array<LineField, kAlbFieldCount> kAlbFields = {{
    {"type"},
    {"time", LogColumn::time},
    {"elb", LogColumn::service},
    {"client:port", LogColumn::client},
    {"target:port"},
    {"request_processing_time"},
    {"target_processing_time"},
    {"response_processing_time"},
    {"elb_status_code", LogColumn::status},
    {"target_status_code"},
    {"received_bytes"},
    {"sent_bytes"},
    {"request", LogColumn::request},
    {"user_agent"},
    {"ssl_cipher"},
    {"ssl_protocol"},
    {"target_group_arn", LogColumn::service},
    {"trace_id", LogColumn::trace_header},
    {"domain_name", LogColumn::host},
    {"chosen_cert_arn"},
    {"matched_rule_priority"},
    {"request_creation_time", LogColumn::time},
}};

}  // namespace dosimeter::sim
