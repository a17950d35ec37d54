#include "sim/log/zone_offset.h"

#include <cstdint>
#include <string>

namespace dosimeter::sim {

std::optional<ZoneOffset> ZoneOffset::parse(std::string_view text) {
  constexpr std::size_t kLongest = 16;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  constexpr std::string_view kNoon = "2000-01-01T12:00:00";
  const auto utc = parse_timestamp(kNoon);
  const auto zoned = parse_timestamp(std::string(kNoon) + std::string(text));
  if (!utc || !zoned || !zoned->zoned || zoned->fraction_digits != 0) return std::nullopt;
  return ZoneOffset(std::chrono::duration_cast<std::chrono::seconds>(utc->time - zoned->time));
}

TimePoint ZoneOffset::shifted(TimePoint local) const noexcept {
  std::int64_t since = 0;
  const std::int64_t east = std::chrono::nanoseconds(east_).count();
  if (__builtin_sub_overflow(local.time_since_epoch().count(), east, &since)) return local;
  return TimePoint{std::chrono::nanoseconds{since}};
}

}  // namespace dosimeter::sim
