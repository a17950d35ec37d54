#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// A piece of an expression and where it begins.
struct WhereToken {
  /// As it stands there, quotes included.
  std::string_view text;
  /// Bytes from the expression's start.
  std::size_t at = 0;
};

/// The value of a condition.
struct WhereValue {
  WhereToken token;
  /// Without its quotes.
  std::string text;
  bool quoted = false;
};

/// Takes an expression of `--where` apart, piece by piece from the front, and words what is wrong
/// with it. Refers to the expression.
class WhereScanner {
 public:
  explicit WhereScanner(std::string_view expression) : expression_(expression) {}

  /// Goes over blanks. True where nothing follows.
  [[nodiscard]] bool at_end() noexcept;

  /// The letters, digits, `_` and `-` that follow; empty where something else does.
  [[nodiscard]] WhereToken name() noexcept;
  /// The characters of operators that follow (`=!<>~`).
  [[nodiscard]] WhereToken symbol() noexcept;
  /// What goes on up to the next blank, for messages and for `and`.
  [[nodiscard]] WhereToken word() noexcept;
  /// A quoted text, or what goes on to the next blank. Fails where there is none, where a quote
  /// does not end, or something else than a blank stands behind it.
  [[nodiscard]] Result<WhereValue, Failure> value();

  /// `--where "status = x", character 10: expected ..., got ...`, and `hint` behind it.
  [[nodiscard]] Failure failure(const WhereToken& token, std::string_view expected,
                                std::string_view hint = {}) const;

 private:
  template <typename Belongs>
  [[nodiscard]] WhereToken take_while(Belongs&& belongs) noexcept;
  [[nodiscard]] Result<WhereValue, Failure> quoted_value();

  std::string_view expression_;
  std::size_t at_ = 0;
};

/// Whether two words are the same but for the case of ASCII letters.
[[nodiscard]] bool is_same_word(std::string_view left, std::string_view right) noexcept;

}  // namespace dosimeter::sim
