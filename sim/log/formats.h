#pragma once

#include "sim/log/format_list.h"

namespace dosimeter::sim {

// One for each format, in the file named after it.
extern const FormatFacts kAlb;
extern const FormatFacts kCsv;
extern const FormatFacts kTsv;

}  // namespace dosimeter::sim
