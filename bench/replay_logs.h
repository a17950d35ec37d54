#pragma once

#include "bench/scenario.h"
#include "tests/support/format_samples.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dosimeter::bench {

enum class LogKind : unsigned char {
  csv,
  /// CSV in which the digits of every number of three digits or more in a path are drawn anew: next
  /// to no request comes twice.
  csv_new_ids,
  alb,
};

/// Writes a log's next bytes.
using WriteBytes = std::function<void(std::string_view)>;

/// Writes a log of at least `bytes` with the scenario's requests, some 500 a second, at random
/// times, in order: the same for the same arguments, on every platform. Of CSV rows one in 500 has
/// a quoted path with a comma in it. Returns how many rows.
std::uint64_t write_log(LogKind kind, const Scenario& scenario, std::uint64_t bytes,
                        const WriteBytes& write);

/// Writes at least `bytes` of lines like the sample, the paths of their requests some 10,000
/// different ones, all in the same second. Returns how many lines, those above them left out.
std::uint64_t write_format_log(const test::FormatSample& sample, std::uint64_t bytes,
                               const WriteBytes& write);

/// The scenario's rules as X-Ray returns them.
[[nodiscard]] std::string rules_document(const Scenario& scenario);

}  // namespace dosimeter::bench
