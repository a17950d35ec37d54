#include "sim/log/inflater.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kMostAtATime = std::numeric_limits<uInt>::max();
/// The largest window, and a gzip wrapper.
constexpr int kGzipWindowBits = MAX_WBITS + 16;

class ZlibInflater final : public Inflater {
 public:
  ZlibInflater() {
    if (inflateInit2(&stream_, kGzipWindowBits) != Z_OK) throw std::bad_alloc();
  }
  ~ZlibInflater() override { inflateEnd(&stream_); }

  InflateStep step(std::span<const char> packed, std::span<char> block) override {
    packed = packed.first(std::min(packed.size(), kMostAtATime));
    block = block.first(std::min(block.size(), kMostAtATime));
    // The library reads through pointers to what may change, and changes nothing.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(block.data());
    stream_.avail_out = static_cast<uInt>(block.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    return {packed.size() - stream_.avail_in, block.size() - stream_.avail_out, state_of(result)};
  }

  void restart() override { inflateReset(&stream_); }

 private:
  [[nodiscard]] InflateState state_of(int result) const {
    switch (result) {
      case Z_OK:
      case Z_BUF_ERROR:  // no progress without more bytes
        return InflateState::inside;
      case Z_STREAM_END:
        return InflateState::whole;
      case Z_MEM_ERROR:
        throw std::bad_alloc();
      default:
        break;
    }
    const char* message = stream_.msg != nullptr ? stream_.msg : "";
    // The library has one code for all that is wrong, and a sentence for each.
    if (std::strcmp(message, "incorrect data check") == 0 ||
        std::strcmp(message, "incorrect length check") == 0) {
      return InflateState::wrong_checksum;
    }
    if (std::strcmp(message, "unknown compression method") == 0 ||
        std::strcmp(message, "unknown header flags set") == 0) {
      return InflateState::unsupported;
    }
    return InflateState::damaged;
  }

  z_stream stream_ = {};
};

}  // namespace

std::unique_ptr<Inflater> make_zlib_inflater() {
  return std::make_unique<ZlibInflater>();
}

}  // namespace dosimeter::sim
