#pragma once

#include <string_view>

namespace dosimeter::sim {

/// What `simulate compare --help` prints. A test holds it to the options there are.
extern const std::string_view kCompareHelpText;

}  // namespace dosimeter::sim
