#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules {

/// Where something begins in its text: see Location.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

class JsonValue;

/// A parsed text: its values in one array, in the order of the text, each with its place. A
/// container is followed by what it holds, up to its `end`; an object holds its keys and values by
/// turns. `text` must outlive it.
class JsonDocument {
 public:
  struct Node {
    JsonKind kind;
    /// Whether the string had escapes, so that its value stands in `decoded`.
    bool decoded;
    std::uint32_t offset;
    std::uint32_t length;
    Place place;
    /// One past the last node of this value.
    std::uint32_t end;
  };
  struct DecodedString {
    std::uint32_t node;
    std::string value;
  };
  struct RepeatedKey {
    std::uint32_t first;
    std::uint32_t second;
  };

  explicit JsonDocument(std::string_view source) : text(source) {}

  [[nodiscard]] JsonValue root() const;

  std::string_view text;
  std::vector<Node> nodes;
  /// By node, ascending.
  std::vector<DecodedString> decoded;
  /// In no order.
  std::vector<RepeatedKey> repeated_keys;
};

/// A value of a document: two words, copied at will, valid while its document lives.
class JsonValue {
 public:
  JsonValue(const JsonDocument& document, std::uint32_t index)
      : document_(&document), index_(index) {}

  [[nodiscard]] JsonKind kind() const { return node().kind; }
  [[nodiscard]] bool is(JsonKind kind) const { return node().kind == kind; }
  [[nodiscard]] Place place() const { return node().place; }
  /// The value of a string; the token as written of anything else.
  [[nodiscard]] std::string_view text() const;
  /// The token as written; of a container its bracket.
  [[nodiscard]] std::string_view token() const;
  [[nodiscard]] std::uint32_t index() const { return index_; }
  [[nodiscard]] std::uint32_t end_index() const { return node().end; }
  /// Whether an array or object holds nothing.
  [[nodiscard]] bool empty() const { return node().end == index_ + 1; }

  /// Calls `visit(JsonValue item)` for each item of an array, none for anything else.
  template <typename Visit>
  void for_each_item(Visit&& visit) const {
    if (!is(JsonKind::array)) return;
    for (std::uint32_t at = index_ + 1; at < node().end; at = document_->nodes[at].end) {
      visit(JsonValue(*document_, at));
    }
  }
  /// Calls `visit(JsonValue key, JsonValue value)` for each member of an object, none for anything
  /// else.
  template <typename Visit>
  void for_each_member(Visit&& visit) const {
    if (!is(JsonKind::object)) return;
    for (std::uint32_t at = index_ + 1; at < node().end; at = document_->nodes[at + 1].end) {
      visit(JsonValue(*document_, at), JsonValue(*document_, at + 1));
    }
  }
  /// The first member of that name, if this is an object that has one. Linear.
  [[nodiscard]] std::optional<JsonValue> find(std::string_view key) const;

 private:
  [[nodiscard]] const JsonDocument::Node& node() const { return document_->nodes[index_]; }

  const JsonDocument* document_;
  std::uint32_t index_;
};

/// A value in the words of a message: `the string "0.1"`, `the number 10`, `null`, `an object`.
std::string describe(JsonValue value);

}  // namespace dosimeter::rules
