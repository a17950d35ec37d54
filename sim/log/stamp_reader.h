#pragma once

#include "sim/log/timestamp.h"

#include <array>
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
  [[nodiscard]] std::optional<Timestamp> read(std::string_view text) noexcept;

 private:
  static constexpr std::size_t kDateBytes = 10;
  static constexpr std::size_t kSecondBytes = 19;
  static constexpr std::size_t kRememberedBytes = 32;

  [[nodiscard]] std::optional<Timestamp> read_iso(std::string_view text) noexcept;
  [[nodiscard]] bool find_second(const char* at) noexcept;
  [[nodiscard]] bool find_day(const char* date) noexcept;

  /// `2026-05-04T10:15:02` and that second since 1970; none yet where it is zeros.
  std::array<char, kSecondBytes> second_{};
  std::int64_t seconds_ = 0;
  /// `2026-05-04` and its first second since 1970; none yet where it is zeros.
  std::array<char, kDateBytes> date_{};
  std::int64_t day_seconds_ = 0;
  /// The last text that took the slow way, and what it is.
  std::array<char, kRememberedBytes> text_{};
  std::size_t text_size_ = 0;
  Timestamp stamp_;
};

}  // namespace dosimeter::sim
