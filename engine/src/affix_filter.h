#pragma once

#include "engine/src/byte_sets.h"
#include "engine/src/byte_words.h"
#include "engine/src/hash_filter.h"
#include "engine/src/radix_tree.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::detail {

/// How long the longest of some texts is that a token starts with (forwards) or ends with
/// (backwards), or more than that: a quick none for most. Immutable once built.
template <ReadingOrder order>
class AffixFilter {
 public:
  AffixFilter() = default;
  /// REQUIRES: none is empty.
  explicit AffixFilter(const std::vector<std::string>& affixes) : hashes_(affixes.size()) {
    for (const std::string& affix : affixes) add(affix);
  }

  /// REQUIRES: a token that is not empty, beyond either end of which a word may be read.
  [[nodiscard]] std::size_t longest(std::string_view token) const noexcept {
    return sizes_ != 0 && may_have_any(token) ? longest_of(token) : 0;
  }

 private:
  static constexpr bool kForwards = order == ReadingOrder::forwards;
  /// Of longer ones any is as long as can be.
  static constexpr std::size_t kLongest = 64;

  void add(const std::string& affix) {
    const std::size_t size = std::min(affix.size(), kLongest);
    sizes_ |= std::uint64_t{1} << (size - 1);
    const std::string padding(kWordBytes, ' ');
    const std::string padded = padding + affix + padding;
    hashes_.add(hash(padded.data() + kWordBytes, affix.size(), size));
    const std::size_t first = kForwards ? 0 : affix.size() - 1;
    if (affix.size() == 1) {
      for (int other = 0; other < 128; ++other) add_pair(affix[0], static_cast<char>(other));
    } else {
      add_pair(affix[first], affix[kForwards ? first + 1 : first - 1]);
    }
  }
  void add_pair(char outer, char inner) {
    kForwards ? pairs_.add(outer, inner) : pairs_.add(inner, outer);
  }

  [[nodiscard]] bool may_have_any(std::string_view token) const noexcept {
    const char* const pair = kForwards ? token.data() : token.data() + token.size() - 2;
    return pairs_.may_have(pair[0], pair[1]);
  }

  [[nodiscard]] std::size_t longest_of(std::string_view token) const noexcept {
    const std::uint64_t fit =
        token.size() >= kLongest ? ~std::uint64_t{0} : (std::uint64_t{1} << token.size()) - 1;
    for (std::uint64_t left = sizes_ & fit; left != 0; left &= ~std::bit_floor(left)) {
      const auto size = static_cast<std::size_t>(std::bit_width(left));
      if (!hashes_.may_have(hash(token.data(), token.size(), size))) continue;
      return size == kLongest ? token.size() : size;
    }
    return 0;
  }

  /// Of an affix of `size` bytes at most kLongest: of those at the end that are a word.
  static std::uint64_t hash(const char* text, std::size_t text_size, std::size_t size) noexcept {
    const std::size_t compared = std::min(size, kWordBytes);
    const std::uint64_t word =
        kForwards ? load_word(text) & first_bytes(compared)
                  : load_word(text + text_size - kWordBytes) & last_bytes(compared);
    return mix(word ^ size) * 0xE7037ED1A0B428DB;
  }

  BytePairFilter pairs_;
  /// A bit for each size, the lowest for one byte.
  std::uint64_t sizes_ = 0;
  HashFilter hashes_;
};

using PrefixFilter = AffixFilter<ReadingOrder::forwards>;
using SuffixFilter = AffixFilter<ReadingOrder::backwards>;

}  // namespace dosimeter::detail
