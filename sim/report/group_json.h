#pragma once

#include "sim/json_text.h"
#include "sim/predict/group_prediction.h"

namespace dosimeter::sim {

/// Adds `by_endpoint`, `by_status` and `by_hour`, those that there are: docs/report.md.
void add_tables(Json& report, const PredictedTables& tables);

}  // namespace dosimeter::sim
