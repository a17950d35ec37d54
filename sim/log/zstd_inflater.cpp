#include "sim/log/inflater.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <bit>
#include <new>

namespace dosimeter::sim {
namespace {

InflateState state_of_error(ZSTD_ErrorCode code) {
  switch (static_cast<int>(code)) {
    case ZSTD_error_memory_allocation:
      throw std::bad_alloc();
    case ZSTD_error_frameParameter_windowTooLarge:
      return InflateState::window_too_large;
    case ZSTD_error_checksum_wrong:
      return InflateState::wrong_checksum;
    case ZSTD_error_frameParameter_unsupported:
    case ZSTD_error_version_unsupported:
    case ZSTD_error_dictionary_wrong:
      return InflateState::unsupported;
    default:
      return InflateState::damaged;
  }
}

class ZstdInflater final : public Inflater {
 public:
  ZstdInflater() : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
    constexpr int kWindowBits = std::bit_width(kMaxWindowBytes) - 1;
    ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kWindowBits);
  }
  ~ZstdInflater() override { ZSTD_freeDStream(stream_); }

  InflateStep step(std::span<const char> packed, std::span<char> block) override {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{block.data(), block.size(), 0};
    // Once for a block of the frame, which may be less than there is room for.
    for (;;) {
      const std::size_t consumed = in.pos;
      const std::size_t produced = out.pos;
      const std::size_t left = ZSTD_decompressStream(stream_, &out, &in);
      if (ZSTD_isError(left) != 0) {
        return {in.pos, out.pos, state_of_error(ZSTD_getErrorCode(left))};
      }
      if (left == 0) return {in.pos, out.pos, InflateState::whole};
      const bool stuck = in.pos == consumed && out.pos == produced;
      if (stuck || in.pos == in.size || out.pos == out.size) {
        return {in.pos, out.pos, InflateState::inside};
      }
    }
  }

  void restart() override { ZSTD_DCtx_reset(stream_, ZSTD_reset_session_only); }

 private:
  ZSTD_DStream* stream_;
};

}  // namespace

std::unique_ptr<Inflater> make_zstd_inflater() {
  return std::make_unique<ZstdInflater>();
}

}  // namespace dosimeter::sim
