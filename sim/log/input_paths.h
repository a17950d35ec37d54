#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"

#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The inputs that `--log` names, in the order in which they are read:
///
/// - a directory stands for its files, in the order of their names byte by byte; directories in it
///   and names that begin with a dot are left out;
/// - a name with `*`, `?` or `[...]`, where there is no file of that name, for what it matches
/// (glob
///   of POSIX.1, where `/` and a leading dot are matched by themselves alone), in the same order;
/// - all else, `-` among it, for itself.
///
/// Fails with ExitCode::input_output where a directory cannot be read or holds no file, or a
/// pattern matches nothing; with ExitCode::usage where two of them are one file, by whatever names:
/// its requests would be counted twice. Whether the inputs are there and may be read is for
/// `examine_input`.
[[nodiscard]] Result<std::vector<std::string>, Failure> expand_input_paths(
    std::span<const std::string> given);

}  // namespace dosimeter::sim
