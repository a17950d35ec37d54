#pragma once

#include <dosimeter/request.h>
#include <dosimeter/time_point.h>

#include "sim/log/row_key.h"

#include <cstdint>

namespace dosimeter::sim {

/// One request, or `count` equal ones, as a log has it and before any recorder's view of it: the
/// host with its port, the path with its query, nothing decoded. A field the log lacks or leaves
/// empty is absent. Views into the block it was read from, or the scratch beside it.
struct LogRow {
  /// The request's start, UTC.
  TimePoint time;
  /// How many digits of `time`'s fraction of a second carry information: 0 for whole seconds, 9 for
  /// nanoseconds.
  int time_digits = 0;
  FieldText service_name;
  FieldText service_type;
  FieldText host;
  FieldText http_method;
  /// Path and query as sent: `/login?next=%2F`. Never with scheme and authority.
  FieldText target;
  FieldText resource_arn;
  /// The whole `X-Amzn-Trace-Id` header, where the log has one.
  FieldText trace_header;
  /// The process that decided, where the user has named a column for it.
  FieldText instance;
  RowKey key;
  /// The HTTP status, 100 to 999; 0 where the log has none. Read where the format was told that
  /// somebody asks (LogOptions::reads_status).
  std::uint16_t status = 0;
  /// Requests this row stands for.
  std::uint64_t count = 1;
};

}  // namespace dosimeter::sim
