#pragma once

namespace dosimeter {

/// The version of this library, `major.minor.patch`. Written here alone: the build reads it from
/// this line.
inline constexpr const char* kVersion = "0.1.0";

}  // namespace dosimeter
