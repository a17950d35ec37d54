#pragma once

#include "sim/cli/console.h"
#include "sim/failure.h"

#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Where a report goes: a file, or standard output where the path is empty.
class ReportOutput {
 public:
  explicit ReportOutput(std::string path) : path_(std::move(path)) {}

  /// Whether writing is likely to work, asked before the work is done: no directory, and a place
  /// that may be written to. Changes nothing.
  [[nodiscard]] std::optional<Failure> check() const;

  /// Fails with input_output.
  [[nodiscard]] std::optional<Failure> write(std::string_view text, Console& console) const;

 private:
  std::string path_;
};

}  // namespace dosimeter::sim
