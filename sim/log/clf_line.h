#pragma once

#include "sim/log/spaced_fields.h"
#include "sim/log/text_arena.h"

#include <cstddef>
#include <string_view>

namespace dosimeter::sim {

/// A line of the common log format: words, the time in brackets, the request line in quotes, the
/// status, and whatever stands behind it. Views into the line.
class ClfLine {
 public:
  /// REQUIRES: kSpacedFieldsPadding readable bytes behind the line.
  explicit ClfLine(std::string_view line) noexcept
      : ClfLine(split_spaced_fields(line, kMostSpacedFields)) {}
  /// The same without padding.
  [[nodiscard]] static ClfLine unpadded(std::string_view line) noexcept {
    return ClfLine(split_spaced_fields_scalar(line, kMostSpacedFields));
  }

  [[nodiscard]] bool is_one() const noexcept { return request_ != 0; }
  [[nodiscard]] std::size_t words_in_front() const noexcept { return bracket_; }
  [[nodiscard]] std::string_view front(std::size_t i) const noexcept {
    return i < bracket_ ? fields_[i] : std::string_view();
  }
  /// Without its brackets.
  [[nodiscard]] std::string_view stamp() const noexcept { return stamp_; }
  [[nodiscard]] std::string_view request() const noexcept { return fields_[request_]; }
  /// The fields behind the request: 0 is the status, 1 the size.
  [[nodiscard]] std::string_view behind(std::size_t i) const noexcept {
    return fields_[request_ + 1 + i];
  }

  /// Whether `[...] "` is in it where a line has it, the whole of it in quotes or not. Needs no
  /// padding.
  [[nodiscard]] static bool may_be_one(std::string_view line) noexcept;

 private:
  explicit ClfLine(const SpacedFields& fields) noexcept;

  SpacedFields fields_;
  std::size_t bracket_ = 0;
  std::size_t request_ = 0;
  std::string_view stamp_;
};

/// The line without quotes around the whole of it, in which case those within it are doubled or
/// behind backslashes, which is undone in a copy; else the line. With kSpacedFieldsPadding readable
/// bytes behind it if the line has them.
[[nodiscard]] std::string_view unwrapped_line(std::string_view line, TextArena& texts);

}  // namespace dosimeter::sim
