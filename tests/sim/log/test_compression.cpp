#include "sim/log/compression.h"
#include "tests/support/catch.h"
#include "tests/support/packed.h"

#include <string>

namespace {

using namespace dosimeter::sim;
using namespace dosimeter::test;
using std::string_literals::operator""s;

}  // namespace

TEST_CASE("compression: known by the first bytes and no earlier") {
  const auto decided = [](const std::string& packed, Compression expected) {
    std::size_t length = 0;
    while (guess_compression(packed.substr(0, length)).undecided) ++length;
    CHECK(length <= kLongestMagic);
    CHECK(guess_compression(packed.substr(0, length)).compression == expected);
    CHECK(guess_compression(packed).compression == expected);
    CHECK_FALSE(guess_compression(packed).undecided);
    return length;
  };
  CHECK(decided(gzip_member("a"), Compression::gzip) == 2);
  CHECK(decided(zstd_frame("a"), Compression::zstd) == 4);
  CHECK(decided(bzip2_stream("a"), Compression::bzip2) == 10);
  CHECK(decided(bzip2_stream(""), Compression::bzip2) == 10);
  CHECK(decided(xz_stream("a"), Compression::xz) == 6);
  for (char kind = 0; kind < 16; ++kind) {
    CHECK(decided(std::string(1, static_cast<char>(0x50 + kind)) + "\x2A\x4D\x18"s,
                  Compression::zstd) == 4);
  }
}

TEST_CASE("compression: text that begins like a magic number is text") {
  for (const std::string text : {"time,path\n", "BZh1,time\n", "BZh91AY&SX", "P*Mtime", "\x1F\x8A",
                                 "PK\x03\x04", "", "\xFD\x37zXZ."}) {
    const CompressionGuess guess = guess_compression(text);
    CHECK(guess.compression == Compression::none);
    CHECK(guess.undecided == text.empty());
  }
  CHECK(guess_compression("BZh").undecided);
  CHECK_FALSE(guess_compression("BZh0").undecided);
}
