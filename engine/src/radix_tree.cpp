#include "engine/src/radix_tree.h"

namespace dosimeter::detail {
namespace {

/// How many bytes the first and the last of sorted keys have in common from `from` on, at most a
/// word: all between have them, too.
template <typename Key>
std::size_t common_bytes(const Key& first, const Key& last, std::size_t from) {
  std::size_t count = 0;
  while (count < kWordBytes && from + count < first.text.size() &&
         from + count < last.text.size() && first.text[from + count] == last.text[from + count]) {
    ++count;
  }
  return count;
}

}  // namespace

template <ReadingOrder order>
RadixTree<order>::RadixTree(std::vector<Key> keys) {
  if (keys.empty()) return;
  if (!kForwards) {
    for (Key& key : keys) std::reverse(key.text.begin(), key.text.end());
  }
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    const int order_of_texts = a.text.compare(b.text);
    if (order_of_texts != 0) return order_of_texts < 0;
    return a.candidate.pattern < b.candidate.pattern;
  });
  for (const Key& key : keys) {
    first_bytes_of_keys_.add(static_cast<unsigned char>(key.text.front()));
  }
  make_nodes(keys);
  make_children();
}

template <ReadingOrder order>
void RadixTree<order>::make_nodes(const std::vector<Key>& keys) {
  /// A node whose keys, sorted, share their first `depth` bytes.
  struct Open {
    std::uint32_t node;
    std::size_t begin;
    std::size_t end;
    std::size_t depth;
  };
  nodes_.emplace_back();
  std::vector<Open> open = {{0, 0, keys.size(), 0}};
  while (!open.empty()) {
    auto [node, begin, end, depth] = open.back();
    open.pop_back();
    nodes_[node].candidates = static_cast<std::uint32_t>(candidates_.size());
    for (; begin != end && keys[begin].text.size() == depth; ++begin) {
      ++nodes_[node].count;
      candidates_.push_back(keys[begin].candidate);
    }
    while (begin != end) {
      const char byte = keys[begin].text[depth];
      std::size_t last = begin;
      while (last + 1 != end && keys[last + 1].text[depth] == byte) ++last;
      const std::size_t size = common_bytes(keys[begin], keys[last], depth);
      std::string label = keys[begin].text.substr(depth, size) + std::string(kWordBytes - size, 0);
      if (!kForwards) std::reverse(label.begin(), label.end());
      Node next;
      next.label = load_word(label.data());
      next.label_mask = bytes_of(size);
      next.label_size = static_cast<std::uint32_t>(size);
      next.first = first_of(next.label);
      next.parent = node;
      open.push_back({static_cast<std::uint32_t>(nodes_.size()), begin, last + 1, depth + size});
      nodes_.push_back(next);
      begin = last + 1;
    }
  }
}

template <ReadingOrder order>
void RadixTree<order>::make_children() {
  children_.assign(std::bit_ceil(2 * nodes_.size()), kNone);
  for (std::uint32_t node = 1; node < nodes_.size(); ++node) {
    const std::size_t mask = children_.size() - 1;
    std::size_t i = hash(nodes_[node].parent, nodes_[node].first) & mask;
    while (children_[i] != kNone) i = (i + 1) & mask;
    children_[i] = node;
  }
}

template class RadixTree<ReadingOrder::forwards>;
template class RadixTree<ReadingOrder::backwards>;

}  // namespace dosimeter::detail
