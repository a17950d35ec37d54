#include "rules/src/json_reader.h"

#include "rules/src/message.h"
#include "rules/src/syntax_error.h"
#include "rules/src/text_cursor.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace dosimeter::rules {
namespace {

// The parser's events become nodes. It reports no places, so a cursor goes over the same text token
// by token, in step.
class Builder {
 public:
  explicit Builder(std::string_view text) : document_(text), cursor_(text) {}

  bool null() { return scalar(JsonKind::null); }
  bool boolean(bool) { return scalar(JsonKind::boolean); }
  bool number_integer(std::int64_t) { return scalar(JsonKind::number); }
  bool number_unsigned(std::uint64_t) { return scalar(JsonKind::number); }
  bool number_float(double, const std::string&) { return scalar(JsonKind::number); }
  bool string(std::string& value) {
    add_string(value);
    after_ = After::value;
    return true;
  }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool key(std::string& value) {
    add_string(value);
    after_ = After::key;
    return true;
  }
  bool start_object(std::size_t) { return open(JsonKind::object); }
  bool end_object() {
    find_repeated_keys(open_.back());
    return close();
  }
  bool start_array(std::size_t) { return open(JsonKind::array); }
  bool end_array() { return close(); }

  template <typename Exception>
  bool parse_error(std::size_t, const std::string&, const Exception&) {
    SyntaxState state;
    state.after = after_;
    if (!open_.empty()) {
      const JsonDocument::Node& container = document_.nodes[open_.back()];
      state.container = container.kind;
      state.opened = container.place;
    }
    if (after_ == After::value && !document_.nodes.empty()) {
      const JsonDocument::Node& last = document_.nodes.back();
      if (last.kind == JsonKind::null || last.kind == JsonKind::boolean ||
          last.kind == JsonKind::number) {
        state.last_scalar = TextCursor::Token{last.offset, last.length, last.place};
      }
    }
    error_ = explain_syntax_error(document_.text, cursor_, state);
    return false;
  }

  std::optional<JsonError> take_error() { return std::move(error_); }
  JsonDocument take_document() { return std::move(document_); }

 private:
  bool scalar(JsonKind kind) {
    add(kind);
    after_ = After::value;
    return true;
  }

  std::uint32_t add(JsonKind kind) {
    cursor_.skip_separators();
    const TextCursor::Token token = cursor_.next_token();
    const auto index = static_cast<std::uint32_t>(document_.nodes.size());
    document_.nodes.push_back({kind, false, static_cast<std::uint32_t>(token.offset),
                               static_cast<std::uint32_t>(token.length), token.place, index + 1});
    return index;
  }

  void add_string(std::string& value) {
    const std::uint32_t index = add(JsonKind::string);
    JsonDocument::Node& node = document_.nodes[index];
    if (document_.text.substr(node.offset, node.length).find('\\') == std::string_view::npos)
      return;
    node.decoded = true;
    document_.decoded.push_back({index, std::move(value)});
  }

  bool open(JsonKind kind) {
    if (open_.size() == kMaximumJsonDepth) {
      cursor_.skip_separators();
      error_ = JsonError{
          "nested_too_deep", cursor_.place(),
          concat("expected at most ", kMaximumJsonDepth, " nested brackets, got one more")};
      return false;
    }
    open_.push_back(add(kind));
    after_ = After::opening;
    return true;
  }

  bool close() {
    cursor_.skip_separators();
    cursor_.next_token();
    document_.nodes[open_.back()].end = static_cast<std::uint32_t>(document_.nodes.size());
    open_.pop_back();
    after_ = After::value;
    return true;
  }

  void find_repeated_keys(std::uint32_t object) {
    keys_.clear();
    const auto end = static_cast<std::uint32_t>(document_.nodes.size());
    for (std::uint32_t at = object + 1; at < end; at = document_.nodes[at + 1].end)
      keys_.push_back(at);
    if (keys_.size() < 2) return;
    const auto text = [&](std::uint32_t index) { return JsonValue(document_, index).text(); };
    std::sort(keys_.begin(), keys_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const int order = text(a).compare(text(b));
      return order != 0 ? order < 0 : a < b;
    });
    std::size_t first = 0;
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      if (text(keys_[i]) == text(keys_[first])) {
        document_.repeated_keys.push_back({keys_[first], keys_[i]});
      } else {
        first = i;
      }
    }
  }

  JsonDocument document_;
  TextCursor cursor_;
  // Containers not closed yet, outermost first.
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t> keys_;
  After after_ = After::opening;
  std::optional<JsonError> error_;
};

}  // namespace

std::variant<JsonDocument, JsonError> read_json(std::string_view text) {
  Builder builder(text);
  const bool parsed = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (std::optional<JsonError> error = builder.take_error()) return *std::move(error);
  if (!parsed) return JsonError{"syntax_error", {}, "expected JSON"};
  return builder.take_document();
}

}  // namespace dosimeter::rules
