#include "sim/log/stamp_reader.h"

#include "sim/log/byte_word.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace dosimeter::sim {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
/// Where every second is within TimePoint's range.
constexpr int kFirstYear = 1700;
constexpr int kLastYear = 2200;

constexpr std::array<std::int64_t, 10> kPowersOfTen = {
    1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

/// `10:15:02` as seconds of the day, or -1 where it is something else, or second 60.
std::int64_t seconds_of_day(const char* at) noexcept {
  const std::uint64_t digits = load_word(at) ^ 0x30303A30303A3030;
  // Digits may be up to 9, what was a colon must be 0.
  if ((((digits + 0x76767F76767F7676) | digits) & kHighBits) != 0) return -1;
  const auto two = [&](int byte) {
    return static_cast<std::int64_t>((digits >> (8 * byte) & 0xFF) * 10 +
                                     (digits >> (8 * byte + 8) & 0xFF));
  };
  const std::int64_t hours = two(0);
  const std::int64_t minutes = two(3);
  const std::int64_t seconds = two(6);
  if (hours > 23 || minutes > 59 || seconds > 59) return -1;
  return hours * 3600 + minutes * 60 + seconds;
}

}  // namespace

bool StampReader::find_day(const char* date) noexcept {
  if (std::memcmp(date, date_.data(), kDateBytes) == 0) return true;
  std::array<char, kDateBytes + 9> midnight;
  std::memcpy(midnight.data(), date, kDateBytes);
  std::memcpy(midnight.data() + kDateBytes, "T00:00:00", 9);
  const auto day = parse_timestamp(std::string_view(midnight.data(), midnight.size()));
  if (!day) return false;
  const int year =
      (date[0] - '0') * 1000 + (date[1] - '0') * 100 + (date[2] - '0') * 10 + (date[3] - '0');
  if (year < kFirstYear || year > kLastYear) return false;
  std::memcpy(date_.data(), date, kDateBytes);
  day_seconds_ = calendar_second(day->time).time_since_epoch().count();
  return true;
}

bool StampReader::find_second(const char* at) noexcept {
  if (is_in_second(at)) return true;
  if (at[10] != 'T' && at[10] != ' ') return false;
  const std::int64_t of_day = seconds_of_day(at + 11);
  if (of_day < 0 || !find_day(at)) return false;
  std::memcpy(second_.data(), at, kSecondBytes);
  seconds_ = day_seconds_ + of_day;
  return true;
}

/// `2026-05-04T10:15:02.186641Z`, the fraction and the zone there or not. Nothing for all else.
std::optional<Timestamp> StampReader::read_iso(std::string_view text) noexcept {
  const char* at = text.data();
  if (!find_second(at)) return std::nullopt;
  const std::int64_t second = seconds_ * kNanosecondsPerSecond;
  std::size_t size = text.size();
  const bool zoned = at[size - 1] == 'Z';
  if (zoned) --size;
  if (size == kSecondBytes) {
    return Timestamp{TimePoint{std::chrono::nanoseconds{second}}, 0, zoned};
  }
  // 1 to 9 digits.
  if (at[kSecondBytes] != '.' || size < kSecondBytes + 2 || size > kSecondBytes + 10) {
    return std::nullopt;
  }
  const std::size_t count = size - kSecondBytes - 1;
  const char* fraction = at + kSecondBytes + 1;
  if (count == 9) {
    const std::uint64_t digits = load_word(fraction) ^ 0x3030303030303030;
    const int last = fraction[8] - '0';
    if (not_digits(digits) != 0 || last < 0 || last > 9) return std::nullopt;
    const auto nanoseconds = static_cast<std::int64_t>(eight_digits(digits)) * 10 + last;
    const int zeros = std::countl_zero(digits) / 8;
    return Timestamp{TimePoint{std::chrono::nanoseconds{second + nanoseconds}},
                     last != 0 ? 9 : 8 - zeros, zoned};
  }
  // The digits go to the top, in front of them zeros.
  const std::uint64_t digits = (load_word(fraction) ^ 0x3030303030303030) << (8 * (8 - count)) % 64;
  if (not_digits(digits) != 0) return std::nullopt;
  const std::int64_t nanoseconds =
      static_cast<std::int64_t>(eight_digits(digits)) * kPowersOfTen[9 - count];
  const int zeros = std::countl_zero(digits) / 8;
  return Timestamp{TimePoint{std::chrono::nanoseconds{second + nanoseconds}},
                   zeros >= static_cast<int>(count) ? 0 : static_cast<int>(count) - zeros, zoned};
}

std::optional<Timestamp> StampReader::read_any(std::string_view text) noexcept {
  if (text.size() >= kSecondBytes && text.size() <= kSecondBytes + 11 && text[4] == '-') {
    if (const auto stamp = read_iso(text)) {
      if (text.size() == kMicrosecondBytes && text.back() == 'Z') {
        micros_ = *stamp;
        micros_size_ = text.size();
      }
      return stamp;
    }
  }
  if (text_size_ != 0 && text.size() == text_size_ &&
      std::memcmp(text.data(), text_.data(), text_size_) == 0) {
    return stamp_;
  }
  const auto stamp = parse_timestamp(text);
  if (stamp && text.size() <= kRememberedBytes) {
    std::memcpy(text_.data(), text.data(), text.size());
    text_size_ = text.size();
    stamp_ = *stamp;
  }
  return stamp;
}

}  // namespace dosimeter::sim
