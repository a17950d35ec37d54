#pragma once

#include "engine/src/byte_sets.h"
#include "engine/src/byte_words.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::detail {

/// The number of a pattern among the distinct ones of its field.
using PatternId = std::uint32_t;

/// A pattern that a text may match. Where it is not certain the pattern has to be asked.
struct Candidate {
  PatternId pattern;
  bool certain;
};

/// How a tree reads texts and keys: from the first byte on, or from the last.
enum class ReadingOrder { forwards, backwards };

/// Keys of which a text starts with, or ends with, every one that is asked for: a radix tree of
/// edges of at most a word. Immutable once built.
template <ReadingOrder order>
class RadixTree {
 public:
  struct Key {
    std::string text;  // not empty
    Candidate candidate;
  };

  RadixTree() = default;
  explicit RadixTree(std::vector<Key> keys);

  [[nodiscard]] bool empty() const noexcept { return nodes_.empty(); }

  /// Shows the candidate of each key that `text` starts with (ends with, backwards) until `visit`
  /// says false. False if it did. Time: linear in the text, beside the
  /// candidates. REQUIRES: a word may be read beyond either end of `text`.
  template <typename Visit>
  bool walk(std::string_view text, Visit&& visit) const noexcept {
    if (text.empty() || !first_bytes_of_keys_.has(first_of(word_at(text, 0)))) return true;
    const Node* const nodes = nodes_.data();
    std::size_t place = 0;
    for (std::uint32_t node = 0;;) {
      const Node& here = nodes[node];
      for (std::uint32_t i = 0; i < here.count; ++i) {
        if (!visit(candidates_[here.candidates + i])) return false;
      }
      if (place == text.size()) return true;
      const std::uint64_t word = word_at(text, place);
      node = child(node, first_of(word));
      if (node == kNone) return true;
      const Node& next = nodes[node];
      place += next.label_size;
      if (place > text.size() || ((word ^ next.label) & next.label_mask) != 0) return true;
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr bool kForwards = order == ReadingOrder::forwards;
  /// Where a word's first byte stands, in the order of reading.
  static constexpr unsigned kFirstShift =
      kForwards == (std::endian::native == std::endian::little) ? 0 : 56;

  struct Node {
    std::uint64_t label = 0;  // of the edge that leads here
    std::uint64_t label_mask = 0;
    std::uint32_t parent = kNone;
    std::uint32_t candidates = 0;
    std::uint32_t count = 0;  // of candidates
    std::uint32_t label_size = 0;
    unsigned char first = 0;  // of the label, in the order of reading
  };

  static unsigned char first_of(std::uint64_t word) noexcept {
    return static_cast<unsigned char>(word >> kFirstShift);
  }
  static constexpr std::uint64_t bytes_of(std::size_t count) noexcept {
    return kForwards ? first_bytes(count) : last_bytes(count);
  }
  static std::uint64_t word_at(std::string_view text, std::size_t place) noexcept {
    return load_word(kForwards ? text.data() + place
                               : text.data() + text.size() - place - kWordBytes);
  }
  static std::uint64_t hash(std::uint32_t parent, unsigned char byte) noexcept {
    return mix(std::uint64_t{parent} << 8 | byte);
  }
  [[nodiscard]] std::uint32_t child(std::uint32_t parent, unsigned char byte) const noexcept {
    const Node* const nodes = nodes_.data();
    const std::uint32_t* const children = children_.data();
    const std::size_t mask = children_.size() - 1;
    for (std::size_t i = hash(parent, byte) & mask;; i = (i + 1) & mask) {
      const std::uint32_t found = children[i];
      if (found == kNone || (nodes[found].parent == parent && nodes[found].first == byte)) {
        return found;
      }
    }
  }
  void make_nodes(const std::vector<Key>& keys);
  void make_children();

  /// A quick no for most texts.
  ByteSet first_bytes_of_keys_;
  std::vector<Node> nodes_;
  std::vector<Candidate> candidates_;
  /// A hash table of nodes by parent and first byte, open, at most half full.
  std::vector<std::uint32_t> children_;
};

extern template class RadixTree<ReadingOrder::forwards>;
extern template class RadixTree<ReadingOrder::backwards>;

}  // namespace dosimeter::detail
