#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dosimeter::sim {

/// Readable bytes that `split_spaced_fields` needs behind its line; what they hold does not matter.
inline constexpr std::size_t kSpacedFieldsPadding = 64;
/// More fields of a line than these are not split.
inline constexpr std::size_t kMostSpacedFields = 32;

/// The fields of a line, as `split_spaced_fields` finds them. Holds views into the line.
class SpacedFields {
 public:
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// The line ends within the quotes of the last field.
  [[nodiscard]] bool open_quote() const noexcept { return open_quote_; }

  /// A field without the quotes around the whole of it; empty where there are not so many.
  [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept {
    if (index >= count_) return {};
    const std::size_t start = index == 0 ? 0 : ends_[index - 1] + std::size_t{1};
    std::string_view field = line_.substr(start, ends_[index] - start);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field.remove_prefix(1);
      field.remove_suffix(1);
    }
    return field;
  }

 private:
  friend class SpacedFieldsFinder;

  std::string_view line_;
  std::array<std::uint32_t, kMostSpacedFields> ends_;
  std::size_t count_ = 0;
  bool open_quote_ = false;
};

/// Splits a line of fields with a space between them, as load balancers and servers log: the first
/// `most` fields, and nothing behind them is looked at. A `"` begins or ends a quoted part wherever
/// it stands, and spaces in it are its own; behind an odd number of backslashes it is a letter.
/// Every space ends a field, so two in a row have an empty one between them; an empty line is one
/// empty field. Nothing is decoded.
///
/// Linear, allocates nothing. REQUIRES: a line below 4 GiB with kSpacedFieldsPadding readable bytes
/// behind it; `most` from 1 to kMostSpacedFields.
[[nodiscard]] SpacedFields split_spaced_fields(std::string_view line, std::size_t most) noexcept;

/// The same by the instructions that every machine of the kind has.
[[nodiscard]] SpacedFields split_spaced_fields_baseline(std::string_view line,
                                                        std::size_t most) noexcept;
/// The same byte by byte, without padding.
[[nodiscard]] SpacedFields split_spaced_fields_scalar(std::string_view line,
                                                      std::size_t most) noexcept;

}  // namespace dosimeter::sim
