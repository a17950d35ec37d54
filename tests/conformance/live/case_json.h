#pragma once

#include "tests/conformance/live/live_case.h"

#include <string>

namespace dosimeter::conformance {

/// The case as a driver is given it (drivers/README.md): one line, without its end.
[[nodiscard]] std::string to_line(const Case& asked);

}  // namespace dosimeter::conformance
