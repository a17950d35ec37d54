#pragma once

#include <optional>
#include <string_view>

namespace dosimeter::rules {

/// Whether `written` is a number as JSON has it (RFC 8259, section 6), of whatever size.
bool is_json_number(std::string_view written);

/// The number that `written` is, whatever the process's locale; what is too small to tell from zero
/// is 0. Nothing where it is no number. REQUIRES: none too large for a double.
std::optional<double> to_double(std::string_view written);

}  // namespace dosimeter::rules
