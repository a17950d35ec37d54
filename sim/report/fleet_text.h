#pragma once

#include "sim/report/report.h"

#include <string>
#include <string_view>

/// What the report for people says of instances. Lines end in a line break.
namespace dosimeter::sim {

/// `central` or `local`.
[[nodiscard]] std::string_view mode_name(const Report& report);
/// `one instance`, `10 instances with even shares`.
[[nodiscard]] std::string instances_text(const Report& report);
/// The same log on more instances, as a table; empty where there is no request.
[[nodiscard]] std::string fleets_table(const Report& report);
/// A line for each rule whose rate may be boosted.
[[nodiscard]] std::string boost_lines(const Report& report);

}  // namespace dosimeter::sim
