#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/byte_source.h"

#include <memory>
#include <string>

namespace dosimeter::sim {

/// Opens an input as `open_bytes` does and waits for its first bytes. Where they are those of a
/// compression (`guess_compression`), whatever the name, the source gives what is inside; else it
/// gives the input as it is.
[[nodiscard]] Result<std::unique_ptr<ByteSource>, Failure> open_inflated(const std::string& path);

}  // namespace dosimeter::sim
