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
  if (words_ == 1) return matches_by_one_word(text);
  if (words_ == 2) return matches_by_two_words(text);
  return matches_by_words(text);
}

bool WildcardProgram::matches_by_one_word(std::string_view text) const noexcept {
  const std::uint64_t looping = looping_[0];
  std::uint64_t states = 1;
  for (const char byte : text) {
    const std::uint64_t entering = entering_[class_of_[static_cast<unsigned char>(byte)]];
    states = ((states << 1) & entering) | (states & looping);
  }
  return has_bit(&states, accepting_);
}

bool WildcardProgram::matches_by_two_words(std::string_view text) const noexcept {
  const std::uint64_t low_looping = looping_[0];
  const std::uint64_t high_looping = looping_[1];
  std::uint64_t low = 1;
  std::uint64_t high = 0;
  for (const char byte : text) {
    const std::uint64_t* const entering =
        &entering_[std::size_t{class_of_[static_cast<unsigned char>(byte)]} * 2];
    high = (((high << 1) | (low >> 63)) & entering[1]) | (high & high_looping);
    low = ((low << 1) & entering[0]) | (low & low_looping);
  }
  const std::uint64_t states[] = {low, high};
  return has_bit(states, accepting_);
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
