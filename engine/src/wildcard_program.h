#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace dosimeter::detail {

/// A pattern of ASCII literals, `?` and `*` as a bit-parallel automaton (Baeza-Yates and Gonnet's
/// Shift-And, with a loop on each state that a `*` follows). State i means "the first i single
/// characters of the pattern are matched". All states advance at once in ceil((characters + 1) /
/// 64) words for each byte of text, whatever the text: the time is linear where backtracking is
/// quadratic.
class WildcardProgram {
 public:
  /// Single characters that a pattern may have: 8 words of states.
  static constexpr std::size_t kMaximumCharacters = 511;

  /// REQUIRES: `pattern` is ASCII. Nothing if it has too many single characters.
  static std::optional<WildcardProgram> compile(std::string_view pattern);

  /// REQUIRES: `text` is ASCII.
  [[nodiscard]] bool matches(std::string_view text) const noexcept;

 private:
  WildcardProgram() = default;

  std::size_t words_ = 1;
  std::size_t accepting_ = 0;
  /// Bytes that the pattern does not tell apart share a class; class 0 holds those it does not
  /// name.
  std::array<std::uint8_t, 128> class_of_{};
  /// The states that a byte of class c may lead to: words_ words from entering_[c * words_].
  std::vector<std::uint64_t> entering_;
  /// The states that a `*` lets stay.
  std::vector<std::uint64_t> looping_;
};

}  // namespace dosimeter::detail
