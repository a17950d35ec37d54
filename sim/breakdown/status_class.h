#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dosimeter::sim {

/// What tables by status are by.
enum class StatusClass : unsigned char {
  informational,
  success,
  redirection,
  client_error,
  server_error,
  /// 600 to 999: no status of HTTP.
  other,
  /// The row has no status that can be read.
  none,
};
inline constexpr std::size_t kStatusClassCount = 7;

/// `1xx` to `5xx`, `other`, `none`.
inline constexpr std::array<std::string_view, kStatusClassCount> kStatusClassNames = {
    "1xx", "2xx", "3xx", "4xx", "5xx", "other", "none"};

/// REQUIRES: 0 or 100 to 999, as in LogRow::status.
[[nodiscard]] constexpr StatusClass status_class(std::uint16_t status) noexcept {
  if (status == 0) return StatusClass::none;
  return status >= 600 ? StatusClass::other : static_cast<StatusClass>(status / 100 - 1);
}

}  // namespace dosimeter::sim
