#pragma once

#include "sim/inspect/inspection.h"
#include "sim/report/report.h"

#include <span>
#include <string>

namespace dosimeter::sim {

/// The inspection for people: formats, what became of the rows, when they were, which fields they
/// have and what hangs on them, the first rows. Fit for a terminal.
[[nodiscard]] std::string write_inspection_text(const Inspection& inspection,
                                                std::span<const Warning> warnings);

}  // namespace dosimeter::sim
