#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Which keys of a JSON object, and of objects within it, lead to the fields that somebody reads.
/// Immutable once made.
///
/// A field has a name with dots: `request.host` is the key `host` within the key `request`, or the
/// key `request.host` itself, as some programs write it.
class JsonPaths {
 public:
  /// Longer parts of names lead nowhere.
  static constexpr std::size_t kLongestKey = 62;
  static constexpr std::uint16_t kNone = std::numeric_limits<std::uint16_t>::max();

  /// Where a key leads. Either is kNone where it does not.
  struct Step {
    /// The field that its value is, by its place among the names.
    std::uint16_t field = kNone;
    /// What is wanted of the object that its value is.
    std::uint16_t node = kNone;
  };
  struct Found {
    Step step;
    /// The key has a backslash, so that it is not known by its bytes: see `find_text`.
    bool escaped = false;
  };

  /// Nothing leads to an empty name. REQUIRES: fewer than 1000 names.
  explicit JsonPaths(std::span<const std::string_view> names);

  /// Where the key at `key` leads, behind its opening quote. REQUIRES: a closing quote, and
  /// kBlockPadding readable bytes from `key` on. `node` is 0 or was found.
  [[nodiscard]] Found find(std::uint16_t node, const char* key) const noexcept;
  /// The same for a key as it is meant.
  [[nodiscard]] Step find_text(std::uint16_t node, std::string_view key) const noexcept;

  [[nodiscard]] std::size_t fields() const noexcept { return fields_; }

  /// Its own: no other paths have the same while somebody holds it.
  [[nodiscard]] const std::shared_ptr<const char>& identity() const noexcept { return identity_; }

 private:
  static constexpr std::size_t kBuckets = 64;
  struct Entry {
    /// With its closing quote.
    std::string key;
    Step step;
    /// The next of the same bucket.
    std::uint16_t next = kNone;
  };
  struct Node {
    std::string prefix;
    std::array<std::uint16_t, kBuckets> first;
  };

  std::uint16_t node_of(const std::string& prefix);
  void add(std::uint16_t node, std::string_view key, Step step);

  std::vector<Node> nodes_;
  std::vector<Entry> entries_;
  std::size_t fields_ = 0;
  std::shared_ptr<const char> identity_ = std::make_shared<const char>();
};

}  // namespace dosimeter::sim
