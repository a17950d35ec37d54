#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/log_column.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace dosimeter::sim {

/// Which header feeds which column, as the user says with `--map`. A checked value: each column at
/// most once, and only columns that a result depends on.
class ColumnOverrides {
 public:
  /// None.
  ColumnOverrides() = default;

  /// Reads `NAME=HEADER` texts: `host=vhost`. The header goes from the first `=` to the end. Fails
  /// with ExitCode::usage.
  [[nodiscard]] static Result<ColumnOverrides, Failure> parse(std::span<const std::string> texts);

  /// Which header names the instance: `--instance-column`.
  void set_instance(std::string header) {
    headers_[static_cast<std::size_t>(LogColumn::instance)] = std::move(header);
  }

  /// The header for `column`, or nothing where the user left it to us.
  [[nodiscard]] const std::optional<std::string>& header(LogColumn column) const noexcept {
    return headers_[static_cast<std::size_t>(column)];
  }

 private:
  std::array<std::optional<std::string>, kLogColumnCount> headers_;
};

}  // namespace dosimeter::sim
