#pragma once

#include <dosimeter/result.h>

#include "sim/explain/question.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// How deep brackets may nest in a request, and how many values it may hold: more than any request
/// has, and little enough memory.
inline constexpr std::size_t kMaximumRequestDepth = 64;
inline constexpr std::size_t kMaximumRequestValues = 100'000;

/// Why a text is no request.
struct RequestFault {
  /// Where reading stopped, in bytes from 1; 0 where it is about the whole.
  std::size_t column = 0;
  /// Expected, then got; fit for a terminal.
  std::string message;
};

/// Reads `{"service": "shop", "path": "/login", "attributes": {"tier": 1}}`: the keys are service,
/// service_type, host, method, path, resource_arn and attributes, and any may be absent or null.
/// Attributes may be strings, numbers, booleans and lists. No key may be unknown or stand twice.
[[nodiscard]] Result<AskedRequest, RequestFault> read_asked_request(std::string_view text);

}  // namespace dosimeter::sim
