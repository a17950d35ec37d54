#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"

#include <cstddef>
#include <string>

namespace dosimeter::sim {

/// The text of a file, or of standard input for `-`, but no more than `most` bytes and one: whoever
/// reads it sees that it is too long. Fails with input_output where it cannot be opened or read.
[[nodiscard]] Result<std::string, Failure> read_input_text(const std::string& path,
                                                           std::size_t most);

}  // namespace dosimeter::sim
