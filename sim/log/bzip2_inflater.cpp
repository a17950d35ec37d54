#include "sim/log/inflater.h"

#include <bzlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kMostAtATime = std::numeric_limits<unsigned>::max();

InflateState state_of(int result) {
  switch (result) {
    case BZ_OK:
      return InflateState::inside;
    case BZ_STREAM_END:
      return InflateState::whole;
    case BZ_MEM_ERROR:
      throw std::bad_alloc();
    default:  // a wrong checksum among them
      return InflateState::damaged;
  }
}

class Bzip2Inflater final : public Inflater {
 public:
  Bzip2Inflater() { begin(); }
  ~Bzip2Inflater() override { BZ2_bzDecompressEnd(&stream_); }

  InflateStep step(std::span<const char> packed, std::span<char> block) override {
    packed = packed.first(std::min(packed.size(), kMostAtATime));
    block = block.first(std::min(block.size(), kMostAtATime));
    // The library reads through pointers to what may change, and changes nothing.
    stream_.next_in = const_cast<char*>(packed.data());
    stream_.avail_in = static_cast<unsigned>(packed.size());
    stream_.next_out = block.data();
    stream_.avail_out = static_cast<unsigned>(block.size());
    const int result = BZ2_bzDecompress(&stream_);
    return {packed.size() - stream_.avail_in, block.size() - stream_.avail_out, state_of(result)};
  }

  /// The library knows no other way.
  void restart() override {
    BZ2_bzDecompressEnd(&stream_);
    begin();
  }

 private:
  void begin() {
    stream_ = {};
    constexpr int kQuiet = 0;
    constexpr int kFast = 0;
    if (BZ2_bzDecompressInit(&stream_, kQuiet, kFast) != BZ_OK) throw std::bad_alloc();
  }

  bz_stream stream_ = {};
};

}  // namespace

std::unique_ptr<Inflater> make_bzip2_inflater() {
  return std::make_unique<Bzip2Inflater>();
}

}  // namespace dosimeter::sim
