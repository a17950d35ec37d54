#include "engine/src/wildcard_program.h"

#include <algorithm>

namespace dosimeter::detail {
namespace {

constexpr std::size_t kMaximumWords = WildcardProgram::kMaximumBytes / 64 + 1;

void set_bit(std::uint64_t* words, std::size_t bit) {
  words[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

bool has_bit(const std::uint64_t* words, std::size_t bit) {
  return (words[bit / 64] >> (bit % 64) & 1) != 0;
}

}  // namespace

WildcardProgram WildcardProgram::compile(std::string_view pattern, bool folds) {
  const auto stars = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '*'));
  const std::size_t characters = pattern.size() - stars;

  WildcardProgram program;
  program.words_ = characters / 64 + 1;
  program.accepting_ = characters;
  std::uint8_t classes = 1;
  for (const char byte : pattern) {
    if (byte == '*' || byte == '?') continue;
    auto& byte_class = program.class_of_[static_cast<unsigned char>(byte)];
    if (byte_class == 0) byte_class = classes++;
  }
  program.entering_.resize(classes * program.words_);
  program.looping_.resize(program.words_);

  std::size_t state = 0;
  for (const char byte : pattern) {
    if (byte == '*') {
      set_bit(program.looping_.data(), state);
      continue;
    }
    ++state;
    if (byte == '?') {
      for (std::size_t c = 0; c < classes; ++c) {
        set_bit(&program.entering_[c * program.words_], state);
      }
    } else {
      const std::size_t c = program.class_of_[static_cast<unsigned char>(byte)];
      set_bit(&program.entering_[c * program.words_], state);
    }
  }
  if (folds) {
    for (std::size_t upper = 'A'; upper <= 'Z'; ++upper) {
      program.class_of_[upper] = program.class_of_[upper + ('a' - 'A')];
    }
  }
  return program;
}

bool WildcardProgram::matches(std::string_view text) const noexcept {
  switch (words_) {
    case 1:
      return matches_by<1>(text);
    case 2:
      return matches_by<2>(text);
    case 3:
      return matches_by<3>(text);
    case 4:
      return matches_by<4>(text);
    default:
      return matches_by_words(text);
  }
}

/// The states of a few words stay in registers.
template <std::size_t words>
bool WildcardProgram::matches_by(std::string_view text) const noexcept {
  std::array<std::uint64_t, words> looping;
  std::copy_n(looping_.begin(), words, looping.begin());
  std::array<std::uint64_t, words> states{1};
  const std::uint64_t* const all_entering = entering_.data();
  for (const char byte : text) {
    const std::uint64_t* const entering =
        all_entering + class_of_[static_cast<unsigned char>(byte)] * words;
    for (std::size_t w = words; w-- > 0;) {
      const std::uint64_t carry = w == 0 ? 0 : states[w - 1] >> 63;
      states[w] = (((states[w] << 1) | carry) & entering[w]) | (states[w] & looping[w]);
    }
  }
  return has_bit(states.data(), accepting_);
}

bool WildcardProgram::matches_by_words(std::string_view text) const noexcept {
  std::array<std::uint64_t, kMaximumWords> states{};
  states[0] = 1;
  for (const char byte : text) {
    const std::uint64_t* const entering =
        &entering_[class_of_[static_cast<unsigned char>(byte)] * words_];
    std::uint64_t carry = 0;
    for (std::size_t w = 0; w < words_; ++w) {
      const std::uint64_t before = states[w];
      states[w] = (((before << 1) | carry) & entering[w]) | (before & looping_[w]);
      carry = before >> 63;
    }
  }
  return has_bit(states.data(), accepting_);
}

}  // namespace dosimeter::detail
