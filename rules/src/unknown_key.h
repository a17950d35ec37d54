#pragma once

#include <dosimeter/rules/diagnostic.h>

#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <span>
#include <string_view>

namespace dosimeter::rules {

/// Reports `unknown key "ReserviorSize", did you mean ReservoirSize?` and returns what was meant,
/// or an empty view.
std::string_view report_unknown_key(JsonValue key, std::span<const std::string_view> known,
                                    Severity severity, Report& report);

/// Reports each key of `object` that is not among `known`.
void check_keys(JsonValue object, std::span<const std::string_view> known, Severity severity,
                Report& report);

}  // namespace dosimeter::rules
