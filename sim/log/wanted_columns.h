#pragma once

#include "sim/log/log_options.h"

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace dosimeter::sim {

/// What is wrong with a log that lacks a column somebody wants, to stand behind its place:
/// `--by status: no column of the log holds it, expected one of ...`. `has` says what it has.
/// Nothing where all is there.
[[nodiscard]] std::optional<std::string> lacks_wanted_column(
    std::span<const WantedColumn> wanted, const std::function<bool(LogColumn)>& has);

}  // namespace dosimeter::sim
