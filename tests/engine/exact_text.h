#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::test {

/// Memory of an exact size on the heap, so that a sanitizer sees whoever reads or writes past
/// either end.
class ExactSpace {
 public:
  explicit ExactSpace(std::size_t size, char filler = '#') : bytes_(new char[size]), size_(size) {
    std::fill_n(bytes_.get(), size, filler);
  }
  [[nodiscard]] std::span<char> span() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

/// A text that ends where its memory ends, and starts where it starts.
class ExactText {
 public:
  explicit ExactText(std::string_view text) : space_(text.size()) {
    std::copy(text.begin(), text.end(), space_.span().data());
  }
  [[nodiscard]] std::string_view view() const {
    return {space_.span().data(), space_.span().size()};
  }
  [[nodiscard]] char& operator[](std::size_t i) const { return space_.span()[i]; }

 private:
  ExactSpace space_;
};

/// What the fast matchers take, said byte for byte.
inline bool is_ordinary(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '*';
  });
}

/// With the letters from A to Z made small.
inline std::string in_small_letters(std::string_view text) {
  std::string made(text);
  for (char& c : made) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return made;
}

}  // namespace dosimeter::test
