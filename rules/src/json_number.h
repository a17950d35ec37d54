#pragma once

#include <string_view>

namespace dosimeter::rules {

/// Whether `written` is a number as JSON has it (RFC 8259, section 6), of whatever size.
bool is_json_number(std::string_view written);

}  // namespace dosimeter::rules
