#pragma once

#include "rules/src/json_value.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dosimeter::rules {

/// Walks over JSON text and knows its line and column. It tells tokens apart and judges none.
/// REQUIRES: less than 4 GiB.
class TextCursor {
 public:
  /// Begins after a byte order mark, if there is one, at line 1, column 1.
  explicit TextCursor(std::string_view text);

  struct Token {
    std::size_t offset;
    std::size_t length;
    Place place;
  };

  [[nodiscard]] bool at_end() const { return offset_ >= text_.size(); }
  /// The byte here, or 0 at the end.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[offset_]; }
  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] Place place() const;

  /// Goes over white space as JSON knows it.
  void skip_space();
  /// Goes over white space, `,` and `:`.
  void skip_separators();
  /// Goes `count` bytes on, or to the end.
  void advance(std::size_t count);
  /// Takes a bracket, separator or other punctuation (one byte), a string up to its closing quote,
  /// or a run of anything else. Empty at the end.
  Token next_token();

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace dosimeter::rules
