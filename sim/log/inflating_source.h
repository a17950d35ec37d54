#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/byte_source.h"
#include "sim/log/inflater.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Packed bytes that are asked for at a time.
inline constexpr std::size_t kPackedBlockBytes = std::size_t{128} << 10;

/// What a compressed source holds: all its members, one after the other. `bytes_read` counts packed
/// bytes.
///
/// Zeros behind the last member of gzip, as tapes leave them, and padding between the streams of xz
/// are nothing. All else that is not the next member, and a member that is cut off or damaged, end
/// the source there, and `damage` says why. What needs a window of more than kMaxWindowBytes, or a
/// dictionary, is a failure of ExitCode::usage.
class InflatingSource final : public ByteSource {
 public:
  /// `front` are bytes that were taken from `packed` already, and `name` what messages call it.
  /// REQUIRES: a compression, and `front` begins like it.
  InflatingSource(std::unique_ptr<ByteSource> packed, std::string_view front,
                  Compression compression, std::string name);

  [[nodiscard]] Result<std::size_t, Failure> read(std::span<char> block) override;
  [[nodiscard]] bool unpacks() const noexcept override { return true; }
  [[nodiscard]] std::uint64_t bytes_read() const noexcept override { return packed_->bytes_read(); }
  [[nodiscard]] std::optional<std::string> damage() const override { return damage_; }
  void interrupt() noexcept override { packed_->interrupt(); }

 private:
  /// Where the next packed byte belongs.
  enum class At : unsigned char {
    member,
    behind_member,
    padding,
    end,
  };

  [[nodiscard]] std::size_t held() const noexcept { return end_ - begin_; }
  [[nodiscard]] std::string_view held_text() const noexcept {
    return {buffer_.data() + begin_, held()};
  }
  void fill();
  [[nodiscard]] std::size_t advance(std::span<char> block);
  void look_behind_member();
  void skip_padding();
  [[nodiscard]] std::size_t inflate(std::span<char> block);
  void end_damaged(std::string_view how);
  void refuse(std::string_view why);

  std::unique_ptr<ByteSource> packed_;
  Compression compression_;
  std::string name_;
  std::unique_ptr<Inflater> inflater_;
  std::vector<char> buffer_;
  /// The packed bytes read and not yet consumed are buffer_[begin_, end_).
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  /// Packed bytes consumed.
  std::uint64_t offset_ = 0;
  std::uint64_t padding_bytes_ = 0;
  /// The packed source has ended behind the held bytes.
  bool last_ = false;
  /// Nothing can be done with the held bytes alone.
  bool wants_more_ = false;
  At at_ = At::member;
  std::optional<std::string> damage_;
  std::optional<Failure> failure_;
};

}  // namespace dosimeter::sim
