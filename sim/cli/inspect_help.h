#pragma once

#include <string_view>

namespace dosimeter::sim {

/// What `simulate inspect --help` prints. A test holds it to the options there are.
extern const std::string_view kInspectHelpText;

}  // namespace dosimeter::sim
