#pragma once

#include "sim/log/text_arena.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Different texts, numbered from 0 in the order in which they were added. Not thread-safe.
class NumberedTexts {
 public:
  static constexpr std::uint32_t kNoNumber = ~std::uint32_t{0};

  /// The number of `text`, which is copied where it is new; kNoNumber where it is new and there are
  /// `most` already.
  std::uint32_t add(std::string_view text, std::size_t most = kNoNumber);

  /// Valid until `clear`. REQUIRES: number < size().
  [[nodiscard]] std::string_view text(std::uint32_t number) const noexcept {
    return texts_[number].text;
  }
  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

  /// Forgets all texts, and keeps the memory for a few.
  void clear();

 private:
  struct Text {
    std::string_view text;
    std::uint64_t hash;
  };
  void grow();

  TextArena arena_;
  std::vector<Text> texts_;
  /// Numbers by hash, 2^n places with linear probing, at most half full.
  std::vector<std::uint32_t> places_;
};

}  // namespace dosimeter::sim
