#include "sim/log/json_reader.h"

#include "sim/log/log_block.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace dosimeter::sim {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(simdjson::SIMDJSON_PADDING <= kBlockPadding);

/// Documents up to this long are read without asking for more memory.
constexpr std::size_t kLeastCapacity = std::size_t{16} << 10;
constexpr std::size_t kMostNames = 1000;
constexpr int kDeepestNames = 8;

bool may_begin_value(char c) noexcept {
  switch (c) {
    case '"':
    case '{':
    case '[':
    case '-':
    case 't':
    case 'f':
    case 'n':
      return true;
    default:
      return c >= '0' && c <= '9';
  }
}

std::string_view without_space_behind(std::string_view token) noexcept {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\t' || token.back() == '\r' ||
                            token.back() == '\n')) {
    token.remove_suffix(1);
  }
  return token;
}

/// Goes through the objects of one document.
class Walk {
 public:
  Walk(const JsonPaths& paths, TextArena& texts, std::span<JsonValue> values)
      : paths_(paths), texts_(texts), values_(values) {}

  /// False where the object cannot be followed to its end.
  bool object(ondemand::object object, std::uint16_t node) {
    for (auto each : object) {
      ondemand::field field;
      if (std::move(each).get(field)) return false;
      auto found = paths_.find(node, field.key().raw());
      if (found.escaped) [[unlikely]] {
        std::string_view key;
        if (field.unescaped_key().get(key)) return false;
        found.step = paths_.find_text(node, key);
      }
      ondemand::value value = field.value();
      const std::string_view token = value.raw_json_token();
      if (!may_begin_value(token.front())) return false;
      if (found.step.field != JsonPaths::kNone) {
        if (token.front() != '{') {
          if (!take(value, token, values_[found.step.field])) return false;
          continue;
        }
        values_[found.step.field] = {};
      }
      if (found.step.node == JsonPaths::kNone) continue;
      if (token.front() == '{') {
        ondemand::object inner;
        if (value.get_object().get(inner) || !this->object(inner, found.step.node)) return false;
      } else if (token.front() == '[') {
        ondemand::array pairs;
        if (value.get_array().get(pairs) || !keyed(pairs, found.step.node)) return false;
      }
    }
    return true;
  }

 private:
  static bool is_key(const char* raw, std::string_view key) noexcept {
    return std::memcmp(raw, key.data(), key.size()) == 0 && raw[key.size()] == '"';
  }

  /// `[{"key":"http.method","value":{"stringValue":"GET"}}]`.
  bool keyed(ondemand::array pairs, std::uint16_t node) {
    for (auto each : pairs) {
      ondemand::value element;
      if (std::move(each).get(element)) return false;
      const char front = element.raw_json_token().front();
      if (!may_begin_value(front)) return false;
      if (front != '{') continue;
      ondemand::object pair;
      if (element.get_object().get(pair)) return false;
      JsonPaths::Step step;
      JsonValue found;
      for (auto member : pair) {
        ondemand::field field;
        if (std::move(member).get(field)) return false;
        const char* const key = field.key().raw();
        ondemand::value value = field.value();
        const std::string_view token = value.raw_json_token();
        if (!may_begin_value(token.front())) return false;
        if (is_key(key, "key") && token.front() == '"') {
          step = paths_.find(node, token.data() + 1).step;
        } else if (is_key(key, "value") && !take_wrapped(value, token, found)) {
          return false;
        }
      }
      if (step.field != JsonPaths::kNone) values_[step.field] = found;
    }
    return true;
  }

  /// A value, or the first member of an object that says what it is.
  bool take_wrapped(ondemand::value& value, std::string_view token, JsonValue& into) {
    if (token.front() != '{') return take(value, token, into);
    ondemand::object wrapped;
    if (value.get_object().get(wrapped)) return false;
    for (auto each : wrapped) {
      ondemand::field field;
      if (std::move(each).get(field)) return false;
      ondemand::value inner = field.value();
      const std::string_view text = inner.raw_json_token();
      return may_begin_value(text.front()) && take(inner, text, into);
    }
    return true;
  }

  bool take(ondemand::value& value, std::string_view token, JsonValue& into) {
    switch (token.front()) {
      case '"':
        return take_string(value, token, into);
      case '[': {
        into = {};
        ondemand::array array;
        if (value.get_array().get(array)) return false;
        for (auto each : array) {
          ondemand::value first;
          if (std::move(each).get(first)) return false;
          const std::string_view text = first.raw_json_token();
          if (!may_begin_value(text.front())) return false;
          if (text.front() == '[' || text.front() == '{') return true;
          return take(first, text, into);
        }
        return true;
      }
      case 'n':
        into = {};
        return without_space_behind(token) == "null";
      case 't':
      case 'f':
        into = {JsonValue::Kind::boolean, without_space_behind(token)};
        return into.text == "true" || into.text == "false";
      case '{':
        into = {};
        return true;
      default:
        into = {JsonValue::Kind::number, without_space_behind(token)};
        return true;
    }
  }

  bool take_string(ondemand::value& value, std::string_view token, JsonValue& into) {
    token = without_space_behind(token);
    if (token.size() < 2 || token.back() != '"') return false;
    std::string_view text = token.substr(1, token.size() - 2);
    if (text.find('\\') != text.npos) {
      std::string_view meant;
      if (value.get_string().get(meant)) return false;
      const std::span<char> room = texts_.room(meant.size() + kBlockPadding);
      std::copy(meant.begin(), meant.end(), room.begin());
      text = texts_.keep(meant.size());
    }
    into = {JsonValue::Kind::string, text};
    return true;
  }

  const JsonPaths& paths_;
  TextArena& texts_;
  std::span<JsonValue> values_;
};

/// Nothing is behind the document's value.
bool is_read(ondemand::document& document) {
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

bool add_names(ondemand::object object, const std::string& prefix, int depth,
               std::vector<std::string>& names) {
  for (auto each : object) {
    ondemand::field field;
    if (std::move(each).get(field)) return false;
    std::string_view key;
    if (field.unescaped_key().get(key)) return false;
    const std::string name = prefix + std::string(key);
    ondemand::value value = field.value();
    if (value.raw_json_token().front() == '{' && depth < kDeepestNames) {
      ondemand::object inner;
      if (value.get_object().get(inner) || !add_names(inner, name + ".", depth + 1, names)) {
        return false;
      }
    } else if (names.size() < kMostNames) {
      names.push_back(name);
    }
  }
  return true;
}

}  // namespace

struct JsonReader::Impl {
  ondemand::parser parser;
  std::vector<JsonValue> values;

  /// False where it is no document; memory that is wanted and not to be had is as bad.
  bool open(std::string_view document, ondemand::document& opened) {
    if (parser.capacity() < document.size()) {
      if (parser.allocate(std::bit_ceil(std::max(document.size(), kLeastCapacity)))) return false;
    }
    return parser
               .iterate(document.data(), document.size(),
                        document.size() + simdjson::SIMDJSON_PADDING)
               .get(opened) == simdjson::SUCCESS;
  }
};

JsonReader::JsonReader() = default;
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

JsonReader::Impl& JsonReader::impl() {
  if (!impl_) impl_ = std::make_unique<Impl>();
  return *impl_;
}

std::optional<std::span<const JsonValue>> JsonReader::read(std::string_view document,
                                                           const JsonPaths& paths,
                                                           TextArena& texts) {
  Impl& reader = impl();
  reader.values.assign(paths.fields(), JsonValue{});
  ondemand::document opened;
  ondemand::object object;
  if (document.empty() || !reader.open(document, opened) || opened.get_object().get(object)) {
    return std::nullopt;
  }
  if (!Walk(paths, texts, reader.values).object(object, 0) || !is_read(opened)) {
    return std::nullopt;
  }
  return std::span<const JsonValue>(reader.values);
}

std::vector<std::string> JsonReader::names(std::string_view document) {
  const simdjson::padded_string padded(document);
  std::vector<std::string> names;
  ondemand::document opened;
  ondemand::object object;
  if (document.empty() || !impl().open(padded, opened) || opened.get_object().get(object))
    return {};
  if (!add_names(object, "", 1, names) || !is_read(opened)) return {};
  return names;
}

}  // namespace dosimeter::sim
