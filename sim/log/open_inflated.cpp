#include "sim/log/open_inflated.h"

#include "sim/log/compression.h"
#include "sim/log/inflating_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Bytes that were taken from a source already, and the rest of it.
class FrontedSource final : public ByteSource {
 public:
  FrontedSource(std::string front, std::unique_ptr<ByteSource> rest) noexcept
      : front_(std::move(front)), rest_(std::move(rest)) {}

  Result<std::size_t, Failure> read(std::span<char> block) override {
    if (given_ == front_.size()) return rest_->read(block);
    const std::size_t count = std::min(block.size(), front_.size() - given_);
    std::memcpy(block.data(), front_.data() + given_, count);
    given_ += count;
    return count;
  }
  std::uint64_t bytes_read() const noexcept override { return rest_->bytes_read(); }
  void interrupt() noexcept override { rest_->interrupt(); }

 private:
  std::string front_;
  std::size_t given_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>, Failure> open_inflated(const std::string& path) {
  auto opened = open_bytes(path);
  if (!opened) return opened.error();
  std::unique_ptr<ByteSource> source = std::move(opened).value();
  std::array<char, kLongestMagic> bytes;
  std::size_t held = 0;
  CompressionGuess guess;
  do {
    const auto count = source->read(std::span<char>(bytes).subspan(held));
    if (!count) return count.error();
    if (count.value() == 0) break;
    held += count.value();
    guess = guess_compression({bytes.data(), held});
  } while (guess.undecided && held < bytes.size());
  const std::string_view front(bytes.data(), held);
  if (guess.compression == Compression::none) {
    return {std::make_unique<FrontedSource>(std::string(front), std::move(source))};
  }
  try {
    return {std::make_unique<InflatingSource>(std::move(source), front, guess.compression,
                                              name_in_sentence(path))};
  } catch (const std::bad_alloc&) {
    return Failure{ExitCode::input_output,
                   "not enough memory to inflate " + name_in_sentence(path)};
  }
}

}  // namespace dosimeter::sim
