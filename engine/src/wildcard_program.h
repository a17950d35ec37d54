#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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
  /// REQUIRES: `pattern` is ASCII, of at most kMaximumBytes, and folded if `folds`: then texts are
  /// folded as they are read.
  static WildcardProgram compile(std::string_view pattern, bool folds);

  /// A rule's longest pattern with a `*` on either side (kMaximumPatternBytes).
  static constexpr std::size_t kMaximumBytes = 4098;

  /// REQUIRES: `text` is ASCII.
  [[nodiscard]] bool matches(std::string_view text) const noexcept;

 private:
  WildcardProgram() = default;
  template <std::size_t words>
  [[nodiscard]] bool matches_by(std::string_view text) const noexcept;
  [[nodiscard]] bool matches_by_words(std::string_view text) const noexcept;

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
