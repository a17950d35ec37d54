#pragma once

#include "sim/log/compression.h"

#include <cstddef>
#include <memory>
#include <span>

namespace dosimeter::sim {

/// The largest window (zstd) or dictionary (xz) that is made room for, as those of `zstd -22
/// --long` and `xz -9` need. What wants more is refused.
inline constexpr std::size_t kMaxWindowBytes = std::size_t{128} << 20;

/// Where a step of inflating has led.
enum class InflateState : unsigned char {
  /// Inside of a member. Where nothing was consumed and nothing produced, it needs more bytes.
  inside,
  /// The member is whole, and its checksum, if it has one, is right.
  whole,
  /// The bytes are not what was packed.
  damaged,
  /// Nothing was wrong up to the checksum, which is of other bytes.
  wrong_checksum,
  /// It wants a window of more than kMaxWindowBytes.
  window_too_large,
  /// It was packed with a dictionary, or in a way that the library does not know.
  unsupported,
};

struct InflateStep {
  std::size_t consumed = 0;
  std::size_t produced = 0;
  InflateState state = InflateState::inside;
};

/// Inflates one member after the other: a gzip member, a zstd frame, a bzip2 or xz stream. Not
/// thread-safe. Memory: what the library needs and, for zstd and xz, the member's window.
class Inflater {
 public:
  virtual ~Inflater() = default;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Reads from `packed` and writes to `block`. It goes on until one of them is used up or the
  /// member ends; what was produced in front of a damage is right but for a wrong checksum.
  /// REQUIRES: `block` is not empty; the last step was `inside`, or there is none since `restart`.
  [[nodiscard]] virtual InflateStep step(std::span<const char> packed, std::span<char> block) = 0;

  /// The next bytes are those of another member. REQUIRES: the last step was `whole`.
  virtual void restart() = 0;

 protected:
  Inflater() = default;
};

/// With ISA-L where the program was built with it, else with zlib.
[[nodiscard]] std::unique_ptr<Inflater> make_gzip_inflater();
[[nodiscard]] std::unique_ptr<Inflater> make_zlib_inflater();
[[nodiscard]] std::unique_ptr<Inflater> make_zstd_inflater();
[[nodiscard]] std::unique_ptr<Inflater> make_bzip2_inflater();
[[nodiscard]] std::unique_ptr<Inflater> make_xz_inflater();

/// REQUIRES: not `none`.
[[nodiscard]] std::unique_ptr<Inflater> make_inflater(Compression compression);

}  // namespace dosimeter::sim
