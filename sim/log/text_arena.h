#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Room for texts that live until they are all let go together. Not thread-safe.
class TextArena {
 public:
  /// Room for up to `size` bytes, of which `keep` then says how many are used. Valid until the next
  /// call of any function.
  [[nodiscard]] std::span<char> room(std::size_t size) {
    if (chunks_.empty() || chunks_.back().size - used_ < size) {
      const std::size_t wanted = std::max(size, kChunkBytes);
      chunks_.push_back({std::make_unique_for_overwrite<char[]>(wanted), wanted});
      used_ = 0;
    }
    return {chunks_.back().bytes.get() + used_, size};
  }

  /// The first `size` bytes of the room given last; valid until `clear`.
  std::string_view keep(std::size_t size) noexcept {
    const std::string_view text(chunks_.back().bytes.get() + used_, size);
    used_ += size;
    return text;
  }

  [[nodiscard]] std::string_view copy(std::string_view text) {
    const std::span<char> bytes = room(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    return keep(text.size());
  }

  /// The texts one behind the other.
  [[nodiscard]] std::string_view joined(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (const std::string_view part : parts) size += part.size();
    char* at = room(size).data();
    for (const std::string_view part : parts) at = std::copy(part.begin(), part.end(), at);
    return keep(size);
  }

  /// Lets all texts go and keeps one chunk of memory.
  void clear() noexcept {
    if (chunks_.size() > 1) chunks_.resize(1);
    used_ = 0;
  }

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{16} << 10;
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
  };
  std::vector<Chunk> chunks_;
  std::size_t used_ = 0;
};

}  // namespace dosimeter::sim
