#include "engine/src/path_pieces.h"
#include "tests/engine/exact_text.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <set>
#include <string>
#include <vector>

using namespace dosimeter::detail;

namespace {

/// As asked one byte after the other.
std::uint32_t bits_of(char byte, const std::string& block) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < block.size(); ++i) bits |= (block[i] == byte ? 1u : 0u) << i;
  return bits;
}

/// Those that end with a slash.
std::vector<std::string> pieces_of(const std::string& text) {
  std::vector<std::string> pieces = {""};
  for (const char c : text) {
    pieces.back() += c;
    if (c == '/') pieces.emplace_back();
  }
  pieces.pop_back();
  return pieces;
}

}  // namespace

TEST_CASE("byte blocks: the bits of every byte, by words and by what the machine has") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int i = 0; i < 20'000; ++i) {
    std::string block;
    while (block.size() < kBlockBytes) {
      block += random.chance(0.5) ? '/' : static_cast<char>(random.below(256));
    }
    const char byte = random.chance(0.5) ? '/' : block[random.below(block.size())];
    const std::uint32_t expected = bits_of(byte, block);
    REQUIRE(block_bits_equal_to(byte, block.data()) == expected);
    REQUIRE(block_bits_by_words(byte, block.data()) == expected);
  }
}

TEST_CASE("byte blocks: the bits of letters, by bytes and by what the machine has") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int i = 0; i < 20'000; ++i) {
    std::string block;
    std::uint32_t expected = 0;
    while (block.size() < kBlockBytes) {
      const auto byte = static_cast<unsigned char>(random.below(256));
      const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
      expected |= (is_letter ? 1u : 0u) << block.size();
      block += static_cast<char>(byte);
    }
    REQUIRE(block_bits_of_letters(block.data()) == expected);
    REQUIRE(block_bits_of_letters_by_bytes(block.data()) == expected);
  }
}

TEST_CASE("path pieces: each goes on to a slash, whatever stands around the text") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = random.text("/ab", random.below(70));
    // Slashes around it are none of its business.
    const std::string whole = std::string(16, '/') + text + std::string(32, '/');
    const std::string_view view = std::string_view(whole).substr(16, text.size());
    std::vector<std::string> read;
    PieceReader pieces(view);
    while (pieces.next()) {
      read.emplace_back(pieces.piece());
      REQUIRE(pieces.place() == pieces.piece().data() + pieces.piece().size());
    }
    REQUIRE_FALSE(pieces.next());
    REQUIRE(read == pieces_of(text));
  }
}

TEST_CASE("path pieces: hashes do not depend on what stands around a part, and tell parts apart") {
  std::set<std::uint64_t> parts;
  std::set<std::uint64_t> ends;
  std::size_t count = 0;
  std::size_t end_count = 0;
  for (const std::size_t size : {1u, 2u, 7u, 8u, 9u, 15u, 16u, 17u, 40u}) {
    for (std::size_t place = 0; place < size; ++place) {
      std::string part(size, 'a');
      part[place] = 'b';
      const std::string before = "12345678" + part + "12345678";
      const std::string after = "abcdefgh" + part + "abcdefgh";
      const auto view = [&](const std::string& whole) {
        return std::string_view(whole).substr(8, part.size());
      };
      CHECK(part_hash(view(before)) == part_hash(view(after)));
      parts.insert(part_hash(view(before)));
      parts.insert(whole_hash(view(before)));
      count += 2;
      if (size > kWordBytes) continue;
      const char* const end = view(before).data() + size;
      CHECK(end_hash(end, size) == end_hash(view(after).data() + size, size));
      ends.insert(end_hash(end, size));
      ++end_count;
    }
  }
  CHECK(parts.size() == count);
  CHECK(ends.size() == end_count);
}
