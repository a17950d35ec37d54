#include "sim/log/json_paths.h"

#include "sim/log/byte_word.h"
#include "sim/log/log_block.h"

#include <bit>
#include <cstring>

namespace dosimeter::sim {
namespace {

static_assert(JsonPaths::kLongestKey + 2 <= kBlockPadding);

/// The high bit of every byte of `word` that is `byte`; exact up to the first of them.
std::uint64_t bytes_that_are(std::uint64_t word, char byte) noexcept {
  const std::uint64_t other = word ^ eight_of(byte);
  return (other - eight_of('\1')) & ~other & kHighBits;
}

/// The front of a key: what it is looked up by.
struct KeyFront {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  /// The closing quote is within them.
  bool whole = false;
  bool escaped = false;

  explicit KeyFront(const char* key) noexcept {
    low = take(load_word(key));
    if (!whole) high = take(load_word(key + 8));
  }

  /// From 0 to 63.
  [[nodiscard]] std::size_t bucket() const noexcept {
    return (low * 0x9E3779B97F4A7C15 ^ high * 0xC2B2AE3D27D4EB4F) >> 58;
  }

 private:
  /// The bytes of `word` in front of the quote.
  std::uint64_t take(std::uint64_t word) noexcept {
    const std::uint64_t quotes = bytes_that_are(word, '"');
    const std::uint64_t slashes = bytes_that_are(word, '\\');
    if (quotes == 0) {
      escaped = escaped || slashes != 0;
      return word;
    }
    whole = true;
    const int end = std::countr_zero(quotes) / 8 * 8;
    escaped = escaped || (slashes != 0 && std::countr_zero(slashes) < end);
    return end == 0 ? 0 : word & (~std::uint64_t{0} >> (64 - end));
  }
};

}  // namespace

JsonPaths::JsonPaths(std::span<const std::string_view> names) : fields_(names.size()) {
  static_cast<void>(node_of(""));
  for (std::size_t field = 0; field < names.size(); ++field) {
    const std::string_view name = names[field];
    if (name.empty()) continue;
    // However its parts are spread over keys.
    for (std::size_t begin = 0;;) {
      const std::uint16_t node = node_of(std::string(name.substr(0, begin)));
      for (std::size_t dot = name.find('.', begin); dot != name.npos;
           dot = name.find('.', dot + 1)) {
        const std::uint16_t inner = node_of(std::string(name.substr(0, dot + 1)));
        add(node, name.substr(begin, dot - begin), {kNone, inner});
      }
      add(node, name.substr(begin), {static_cast<std::uint16_t>(field), kNone});
      const std::size_t dot = name.find('.', begin);
      if (dot == name.npos) break;
      begin = dot + 1;
    }
  }
}

std::uint16_t JsonPaths::node_of(const std::string& prefix) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].prefix == prefix) return static_cast<std::uint16_t>(i);
  }
  nodes_.push_back({prefix, {}});
  nodes_.back().first.fill(kNone);
  return static_cast<std::uint16_t>(nodes_.size() - 1);
}

void JsonPaths::add(std::uint16_t node, std::string_view key, Step step) {
  if (key.size() > kLongestKey) return;
  // A key that cannot stand between quotes as it is is found by its text alone.
  const std::string quoted = std::string(key) + '"';
  std::array<char, kBlockPadding> padded{};
  std::memcpy(padded.data(), quoted.data(), quoted.size());
  std::uint16_t& first = nodes_[node].first[KeyFront(padded.data()).bucket()];
  for (std::uint16_t i = first; i != kNone; i = entries_[i].next) {
    if (entries_[i].key != quoted) continue;
    if (step.field != kNone && entries_[i].step.field == kNone) entries_[i].step.field = step.field;
    if (step.node != kNone) entries_[i].step.node = step.node;
    return;
  }
  entries_.push_back({quoted, step, first});
  first = static_cast<std::uint16_t>(entries_.size() - 1);
}

JsonPaths::Found JsonPaths::find(std::uint16_t node, const char* key) const noexcept {
  const KeyFront front(key);
  for (std::uint16_t i = nodes_[node].first[front.bucket()]; i != kNone; i = entries_[i].next) {
    const Entry& entry = entries_[i];
    if (std::memcmp(key, entry.key.data(), entry.key.size()) == 0) return {entry.step, false};
  }
  if (front.escaped) return {{}, true};
  if (!front.whole) {
    for (const char* at = key + 16; *at != '"'; ++at) {
      if (*at == '\\') return {{}, true};
    }
  }
  return {};
}

JsonPaths::Step JsonPaths::find_text(std::uint16_t node, std::string_view key) const noexcept {
  for (const std::uint16_t first : nodes_[node].first) {
    for (std::uint16_t i = first; i != kNone; i = entries_[i].next) {
      const std::string_view known = entries_[i].key;
      if (known.substr(0, known.size() - 1) == key) return entries_[i].step;
    }
  }
  return {};
}

}  // namespace dosimeter::sim
