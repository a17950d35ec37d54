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

/// The same, but what is packed is inflated ahead on a thread of its own (`ReadAhead`), while the
/// caller works on what came before.
[[nodiscard]] Result<std::unique_ptr<ByteSource>, Failure> open_inflated_ahead(
    const std::string& path);

}  // namespace dosimeter::sim
