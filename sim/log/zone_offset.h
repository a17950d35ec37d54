#pragma once

#include "sim/log/timestamp.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// The zone of stamps that name none: so far east of UTC.
class ZoneOffset {
 public:
  /// UTC.
  constexpr ZoneOffset() = default;

  /// Reads `Z`, `UTC`, `+02:00`, `-0330`, `+02`, as stamps have them.
  [[nodiscard]] static std::optional<ZoneOffset> parse(std::string_view text);

  /// The stamp's instant. A stamp that names its zone is left as it is; so is one that would leave
  /// TimePoint's range.
  [[nodiscard]] TimePoint time_of(const Timestamp& stamp) const noexcept {
    return stamp.zoned || east_ == std::chrono::seconds{0} ? stamp.time : shifted(stamp.time);
  }

 private:
  constexpr explicit ZoneOffset(std::chrono::seconds east) : east_(east) {}
  [[nodiscard]] TimePoint shifted(TimePoint local) const noexcept;

  std::chrono::seconds east_{0};
};

}  // namespace dosimeter::sim
