#pragma once

#include "sim/inspect/inspection.h"
#include "sim/report/report.h"

#include <span>
#include <string>

namespace dosimeter::sim {

/// The inspection as one JSON object: docs/inspect.md.
[[nodiscard]] std::string write_inspection_json(const Inspection& inspection,
                                                std::span<const Warning> warnings);

}  // namespace dosimeter::sim
