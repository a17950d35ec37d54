#pragma once

#include "sim/log/byte_word.h"
#include "sim/log/timestamp.h"

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// Reads stamps as `parse_timestamp` does, and faster where they are like the one before: the same
/// text, the same date or the same second. Its slow twin is `parse_timestamp`. Not thread-safe.
class StampReader {
 public:
  /// REQUIRES: kBlockPadding readable bytes behind `text`.
  [[nodiscard]] std::optional<Timestamp> read(std::string_view text) noexcept {
    const char* const at = text.data();
    // As microseconds are written, in the second of the one before.
    if (text.size() == micros_size_ && is_in_second(at) && at[kSecondBytes] == '.' &&
        at[kMicrosecondBytes - 1] == 'Z') {
      // Two bytes too many, and then zeros in front instead.
      const std::uint64_t digits = (load_word(at + kSecondBytes + 1) ^ eight_of('0')) << 16;
      if (not_digits(digits) == 0) {
        const auto micros = static_cast<std::int64_t>(eight_digits(digits));
        const int zeros = std::countl_zero(digits) / 8;
        Timestamp stamp = micros_;
        stamp.time = TimePoint{std::chrono::nanoseconds{seconds_ * 1'000'000'000 + micros * 1000}};
        stamp.fraction_digits = zeros >= 6 ? 0 : 6 - zeros;
        return stamp;
      }
    }
    return read_any(text);
  }

 private:
  static constexpr std::size_t kDateBytes = 10;
  static constexpr std::size_t kSecondBytes = 19;
  /// `2026-05-04T10:15:02.186641Z`.
  static constexpr std::size_t kMicrosecondBytes = 27;
  static constexpr std::size_t kRememberedBytes = 32;

  /// The high bit of every byte that is no digit, once `'0'` is taken off by XOR. Exact up to the
  /// first such byte; above it bits may be wrong.
  static std::uint64_t not_digits(std::uint64_t digits) noexcept {
    return ((digits + 0x7676767676767676) | digits) & kHighBits;
  }
  /// The number that eight digits from 0 to 9 are, the first of them the lowest byte.
  static std::uint64_t eight_digits(std::uint64_t digits) noexcept {
    digits = digits * 10 + (digits >> 8);
    return ((digits & 0x000000FF000000FF) * 0x000F424000000064 +
            (digits >> 16 & 0x000000FF000000FF) * 0x0000271000000001) >>
           32;
  }
  /// By words that overlap, as 19 bytes are no whole number of them.
  [[nodiscard]] bool is_in_second(const char* at) const noexcept {
    return ((load_word(at) ^ load_word(second_.data())) |
            (load_word(at + 8) ^ load_word(second_.data() + 8)) |
            (load_word(at + 11) ^ load_word(second_.data() + 11))) == 0;
  }
  [[nodiscard]] std::optional<Timestamp> read_any(std::string_view text) noexcept;
  [[nodiscard]] std::optional<Timestamp> read_iso(std::string_view text) noexcept;
  [[nodiscard]] bool find_second(const char* at) noexcept;
  [[nodiscard]] bool find_day(const char* date) noexcept;

  /// `2026-05-04T10:15:02` and that second since 1970; none yet where it is zeros.
  std::array<char, kSecondBytes> second_{};
  std::int64_t seconds_ = 0;
  /// `2026-05-04` and its first second since 1970; none yet where it is zeros.
  std::array<char, kDateBytes> date_{};
  std::int64_t day_seconds_ = 0;
  /// A stamp in microseconds, and how long its text is; 0 before the first was read.
  Timestamp micros_;
  std::size_t micros_size_ = 0;
  /// The last text that took the slow way, and what it is.
  std::array<char, kRememberedBytes> text_{};
  std::size_t text_size_ = 0;
  Timestamp stamp_;
};

}  // namespace dosimeter::sim
