#pragma once

#include "sim/cli/console.h"
#include "sim/failure.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Where a report goes: a file, or standard output where no path or `-` is given.
class ReportOutput {
 public:
  explicit ReportOutput(std::optional<std::string> path);

  /// Whether writing is likely to work and harms nothing, asked before the work is done: no
  /// directory, a place that may be written to (input_output), none of the files that are read
  /// (usage). Changes nothing.
  [[nodiscard]] std::optional<Failure> check(std::span<const std::string> inputs) const;

  /// Fails with input_output.
  [[nodiscard]] std::optional<Failure> write(std::string_view text, Console& console) const;

 private:
  std::optional<std::string> path_;
};

}  // namespace dosimeter::sim
