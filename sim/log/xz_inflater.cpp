#include "sim/log/inflater.h"

#include <lzma.h>

#include <cstdint>
#include <new>

namespace dosimeter::sim {
namespace {

/// A dictionary of kMaxWindowBytes, and what the decoder needs beside it.
constexpr std::uint64_t kMemoryLimit = kMaxWindowBytes + (std::uint64_t{1} << 20);

InflateState state_of(lzma_ret result) {
  switch (static_cast<int>(result)) {
    case LZMA_OK:
    case LZMA_BUF_ERROR:  // no progress without more bytes
      return InflateState::inside;
    case LZMA_STREAM_END:
      return InflateState::whole;
    case LZMA_MEM_ERROR:
      throw std::bad_alloc();
    case LZMA_MEMLIMIT_ERROR:
      return InflateState::window_too_large;
    case LZMA_OPTIONS_ERROR:
    case LZMA_UNSUPPORTED_CHECK:
      return InflateState::unsupported;
    default:  // a wrong checksum among them
      return InflateState::damaged;
  }
}

class XzInflater final : public Inflater {
 public:
  XzInflater() { restart(); }
  ~XzInflater() override { lzma_end(&stream_); }

  InflateStep step(std::span<const char> packed, std::span<char> block) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
    stream_.avail_in = packed.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(block.data());
    stream_.avail_out = block.size();
    const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
    return {packed.size() - stream_.avail_in, block.size() - stream_.avail_out, state_of(result)};
  }

  /// Keeps the memory of the stream before.
  void restart() override {
    constexpr std::uint32_t kOneStream = 0;
    if (lzma_stream_decoder(&stream_, kMemoryLimit, kOneStream) != LZMA_OK) throw std::bad_alloc();
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

std::unique_ptr<Inflater> make_xz_inflater() {
  return std::make_unique<XzInflater>();
}

}  // namespace dosimeter::sim
