// Any bytes as a packed input: no crash, no hang, and the same text and end however they are cut
// into reads.

#include "sim/log/compression.h"
#include "sim/log/inflating_source.h"
#include "tests/sim/log/text_source.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace {

using namespace dosimeter::sim;
using dosimeter::test::TextSource;

/// Enough to go through every state; a bomb is not inflated to its end.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

struct Inflated {
  std::string text;
  std::optional<std::string> damage;
  std::optional<std::string> failure;
  bool stopped = false;

  bool operator==(const Inflated&) const = default;
};

Inflated drain(ByteSource& source, std::size_t block_bytes) {
  Inflated result;
  std::string block(block_bytes, '\0');
  while (result.text.size() < kMostBytes) {
    const auto count = source.read(block);
    if (!count) {
      result.failure = count.error().message;
      return result;
    }
    if (count.value() == 0) {
      result.damage = source.damage();
      return result;
    }
    result.text.append(block, 0, count.value());
  }
  result.text.resize(kMostBytes);
  result.stopped = true;
  return result;
}

std::unique_ptr<ByteSource> source_of(const std::string& packed, Compression compression,
                                      std::size_t at_a_time) {
  return std::make_unique<InflatingSource>(std::make_unique<TextSource>(packed, at_a_time), "",
                                           compression, "x");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // The first byte says what the rest is taken for, and how it is cut.
  constexpr std::array<Compression, 4> kKinds = {Compression::gzip, Compression::zstd,
                                                 Compression::bzip2, Compression::xz};
  const Compression compression = kKinds[data[0] % 4];
  const std::size_t cut = std::size_t{1} << (data[0] / 4 % 8);
  const std::string packed(reinterpret_cast<const char*>(data) + 1, size - 1);
  static_cast<void>(guess_compression(packed));

  const Inflated whole = drain(*source_of(packed, compression, packed.size() + 1), 1 << 16);
  const Inflated cut_small = drain(*source_of(packed, compression, cut), 1 + cut * 7);
  // Where data is damaged a library may notice earlier or later, by what it was given at a time.
  const bool same_end = whole.damage.has_value() == cut_small.damage.has_value() &&
                        whole.failure == cut_small.failure && whole.stopped == cut_small.stopped;
  if (!same_end || (!whole.damage && whole.text != cut_small.text)) std::abort();
  return 0;
}
