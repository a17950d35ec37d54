#include "engine/src/wildcard_program.h"

#include <algorithm>

namespace dosimeter::detail {
namespace {

constexpr std::size_t kMaximumWords = 8;
static_assert(kMaximumWords * 64 == WildcardProgram::kMaximumCharacters + 1);

void set_bit(std::uint64_t* words, std::size_t bit) {
  words[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

}  // namespace

std::optional<WildcardProgram> WildcardProgram::compile(std::string_view pattern) {
  const auto stars = static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '*'));
  const std::size_t characters = pattern.size() - stars;
  if (characters > kMaximumCharacters) return std::nullopt;

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
  return program;
}

bool WildcardProgram::matches(std::string_view text) const noexcept {
  std::array<std::uint64_t, kMaximumWords> states{};
  states[0] = 1;
  for (const char byte : text) {
    const std::uint64_t* entering =
        &entering_[class_of_[static_cast<unsigned char>(byte)] * words_];
    std::uint64_t carry = 0;
    for (std::size_t w = 0; w < words_; ++w) {
      const std::uint64_t before = states[w];
      states[w] = (((before << 1) | carry) & entering[w]) | (before & looping_[w]);
      carry = before >> 63;
    }
  }
  return (states[accepting_ / 64] >> (accepting_ % 64) & 1) != 0;
}

}  // namespace dosimeter::detail
