#pragma once

#include "engine/src/byte_words.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Tokens: what stands between two slashes next to one another, both included.
namespace dosimeter::detail {

/// Shows every token until `visit` says false. REQUIRES: a word may be read past the end.
template <typename Visit>
void for_each_token(std::string_view text, Visit&& visit) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t before = kNone;
  for (std::size_t i = 0; i < text.size(); i += kWordBytes) {
    std::uint64_t slashes = bytes_equal_to('/', load_word(text.data() + i));
    for (; slashes != 0; slashes = without_first_byte(slashes)) {
      const std::size_t slash = i + first_byte(slashes);
      if (slash >= text.size()) return;
      if (before != kNone && !visit(text.substr(before, slash + 1 - before))) return;
      before = slash;
    }
  }
}

/// REQUIRES: a word may be read past the end.
[[nodiscard]] inline std::uint64_t token_hash(std::string_view token) noexcept {
  std::uint64_t hash = token.size();
  const char* bytes = token.data();
  std::size_t left = token.size();
  for (; left > kWordBytes; left -= kWordBytes, bytes += kWordBytes) {
    hash = mix(hash ^ load_word(bytes));
  }
  return mix(hash ^ (load_word(bytes) & first_bytes(left))) * 0xD6E8FEB86659FD93;
}

/// Of two tokens, the first before the second.
[[nodiscard]] inline std::uint64_t pair_hash(std::uint64_t first, std::uint64_t second) noexcept {
  return (mix(first) ^ second) * 0x9E3779B97F4A7C15;
}

}  // namespace dosimeter::detail
