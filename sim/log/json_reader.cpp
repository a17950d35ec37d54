#include "sim/log/json_reader.h"

#include "sim/log/byte_word.h"
#include "sim/log/json_text.h"
#include "sim/log/log_block.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

namespace dosimeter::sim {
namespace {

static_assert(simdjson::SIMDJSON_PADDING <= kBlockPadding);

/// Documents up to this long are read without asking for more memory.
constexpr std::size_t kLeastCapacity = std::size_t{16} << 10;
constexpr std::size_t kMostNames = 1000;
constexpr int kDeepestNames = 8;

/// Whether a string, a number or a literal may begin with the byte.
constexpr std::array<bool, 256> kScalarBegins = [] {
  std::array<bool, 256> begins{};
  for (const char c : {'"', '-', 't', 'f', 'n', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'}) {
    begins[static_cast<unsigned char>(c)] = true;
  }
  return begins;
}();
bool may_begin_scalar(char c) noexcept {
  return kScalarBegins[static_cast<unsigned char>(c)];
}
bool opens(char c) noexcept {
  return c == '{' || c == '[';
}
bool closes(char c) noexcept {
  return c == '}' || c == ']';
}

/// The tokens of a document: where simdjson's first stage has found brackets, commas, colons, and
/// the first bytes of strings and other values. It has checked UTF-8 and that strings end.
class Tokens {
 public:
  /// Empty where there are none.
  Tokens(std::string_view document, const std::uint32_t* at, std::size_t count) noexcept
      : text_(document.data()), size_(document.size()), at_(at), count_(count) {}

  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] const char* where(std::size_t token) const noexcept { return text_ + at_[token]; }
  /// REQUIRES: token < count().
  [[nodiscard]] char operator[](std::size_t token) const noexcept { return text_[at_[token]]; }
  /// The token's bytes, without blanks behind it.
  [[nodiscard]] std::string_view text(std::size_t token) const noexcept {
    const char* const begin = where(token);
    const char* end = token + 1 < count_ ? where(token + 1) : text_ + size_;
    while (end != begin &&
           (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r' || end[-1] == '\n')) {
      --end;
    }
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  /// Behind the value that begins at `token`; 0 where there is none.
  [[nodiscard]] std::size_t behind_value(std::size_t token) const noexcept {
    if (token >= count_) return 0;
    const char first = (*this)[token];
    if (!opens(first)) return may_begin_scalar(first) ? token + 1 : 0;
    for (std::size_t depth = 1; ++token < count_;) {
      const char c = (*this)[token];
      if (opens(c)) ++depth;
      if (closes(c) && --depth == 0) return token + 1;
    }
    return 0;
  }

 private:
  const char* text_;
  std::size_t size_;
  const std::uint32_t* at_;
  std::size_t count_;
};

/// The keys that documents have had, in their order: those of the next are most likely the same,
/// and then need not be looked up.
class KeyOrder {
 public:
  /// From the first key on, which lead where `paths` say.
  void begin(const JsonPaths& paths) {
    if (identity_ != paths.identity()) {
      identity_ = paths.identity();
      known_.clear();
    }
    next_ = 0;
  }

  /// Where the next key leads, behind whose opening quote `key` is: false where it is not the one
  /// that stood there before.
  bool next(std::uint16_t node, const char* key, JsonPaths::Step& step) noexcept {
    if (next_ >= known_.size()) return false;
    const Known& known = known_[next_];
    const std::uint64_t differ = ((load_word(key) ^ known.low) & known.low_mask) |
                                 ((load_word(key + 8) ^ known.high) & known.high_mask) |
                                 static_cast<std::uint64_t>(known.node ^ node);
    if (differ != 0) return false;
    if (known.size > kWords &&
        std::memcmp(key + kWords, known.bytes.data() + kWords, known.size - kWords) != 0) {
      return false;
    }
    ++next_;
    step = known.step;
    return true;
  }

  /// The same by the paths, to be remembered. False where the key's escapes are none.
  bool learn(const JsonPaths& paths, std::uint16_t node, const char* key, TextArena& texts,
             JsonPaths::Step& step) {
    JsonPaths::Found found = paths.find(node, key);
    std::size_t size = 0;
    for (; key[size] != '"'; ++size) {
      if (key[size] == '\\') ++size;
    }
    if (found.escaped) {
      const auto meant = json_text({key, size}, texts);
      if (!meant) return false;
      found.step = paths.find_text(node, *meant);
    }
    step = found.step;
    ++size;
    const std::size_t place = next_++;
    if (place >= kMost) return true;
    if (place >= known_.size()) known_.resize(place + 1);
    Known& known = known_[place];
    known = {};
    if (size > kLongest) return true;
    std::memcpy(known.bytes.data(), key, size);
    known.low = load_word(known.bytes.data());
    known.high = load_word(known.bytes.data() + 8);
    known.low_mask = mask(size);
    known.high_mask = size > 8 ? mask(size - 8) : 0;
    known.size = size;
    known.step = found.step;
    known.node = node;
    return true;
  }

 private:
  static constexpr std::size_t kWords = 16;
  /// Longer keys are looked up each time, as are those of documents with more than so many.
  static constexpr std::size_t kLongest = 48;
  static constexpr std::size_t kMost = 512;

  struct Known {
    std::uint64_t low = 0;
    std::uint64_t low_mask = 0;
    std::uint64_t high = 0;
    std::uint64_t high_mask = 0;
    std::size_t size = 0;
    JsonPaths::Step step;
    std::uint16_t node = JsonPaths::kNone;
    /// With its closing quote.
    std::array<char, kLongest> bytes{};
  };

  static std::uint64_t mask(std::size_t bytes) noexcept {
    return bytes >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (bytes * 8)) - 1;
  }

  std::shared_ptr<const char> identity_;
  std::vector<Known> known_;
  std::size_t next_ = 0;
};

/// Goes through one document. Functions return the token behind what they read, 0 where it cannot
/// be followed.
class Walk {
 public:
  Walk(const Tokens& tokens, const JsonPaths& paths, KeyOrder& keys, TextArena& texts,
       std::span<JsonValue> values)
      : tokens_(tokens), paths_(paths), keys_(keys), texts_(texts), values_(values) {}

  /// REQUIRES: `token` is a `{`.
  std::size_t object(std::size_t token, std::uint16_t node) {
    // A copy, so that nothing that is written can change it.
    const Tokens tokens = tokens_;
    if (++token >= tokens.count()) return 0;
    if (tokens[token] == '}') return token + 1;
    for (;;) {
      // Key, colon, value, and what is behind it.
      if (token + 3 >= tokens.count() || tokens[token] != '"' || tokens[token + 1] != ':') {
        return 0;
      }
      const char* const key = tokens.where(token) + 1;
      token += 2;
      JsonPaths::Step step;
      if (!keys_.next(node, key, step) && !keys_.learn(paths_, node, key, texts_, step)) return 0;
      const char first = tokens[token];
      if (opens(first)) {
        token = container(token, step);
        if (token == 0 || token >= tokens.count()) return 0;
      } else {
        if (step.field == JsonPaths::kNone) {
          if (!may_begin_scalar(first)) return 0;
        } else if (!take(token, values_[step.field])) {
          return 0;
        }
        ++token;
      }
      const char behind = tokens[token++];
      if (behind == '}') return token;
      if (behind != ',') return 0;
    }
  }

 private:
  std::size_t container(std::size_t token, JsonPaths::Step step) {
    if (step.field != JsonPaths::kNone && !take(token, values_[step.field])) return 0;
    if (step.node == JsonPaths::kNone) return tokens_.behind_value(token);
    return tokens_[token] == '{' ? object(token, step.node) : keyed(token, step.node);
  }

  /// `[{"key":"http.method","value":{"stringValue":"GET"}}]`. REQUIRES: `token` is a `[`.
  std::size_t keyed(std::size_t token, std::uint16_t node) {
    if (++token >= tokens_.count()) return 0;
    if (tokens_[token] == ']') return token + 1;
    for (;;) {
      token = token < tokens_.count() && tokens_[token] == '{' ? pair(token, node)
                                                               : tokens_.behind_value(token);
      if (token == 0 || token >= tokens_.count()) return 0;
      const char behind = tokens_[token++];
      if (behind == ']') return token;
      if (behind != ',') return 0;
    }
  }

  std::size_t pair(std::size_t token, std::uint16_t node) {
    JsonPaths::Step step;
    JsonValue found;
    if (++token >= tokens_.count()) return 0;
    if (tokens_[token] == '}') return token + 1;
    for (;;) {
      if (token + 3 >= tokens_.count() || tokens_[token] != '"' || tokens_[token + 1] != ':') {
        return 0;
      }
      const char* const key = tokens_.where(token) + 1;
      const std::size_t value = token + 2;
      if (is_key(key, "key") && tokens_[value] == '"') {
        step = paths_.find(node, tokens_.where(value) + 1).step;
      } else if (is_key(key, "value") && !take_wrapped(value, found)) {
        return 0;
      }
      token = tokens_.behind_value(value);
      if (token == 0 || token >= tokens_.count()) return 0;
      const char behind = tokens_[token++];
      if (behind == '}') break;
      if (behind != ',') return 0;
    }
    if (step.field != JsonPaths::kNone) values_[step.field] = found;
    return token;
  }

  static bool is_key(const char* raw, std::string_view key) noexcept {
    return std::memcmp(raw, key.data(), key.size()) == 0 && raw[key.size()] == '"';
  }

  /// A value, or the first member of an object that says what it is.
  bool take_wrapped(std::size_t token, JsonValue& into) {
    if (tokens_[token] != '{') return take(token, into);
    if (token + 3 >= tokens_.count() || tokens_[token + 2] != ':') return true;
    return take(token + 3, into);
  }

  /// Sets the value that begins at `token`, or leaves it absent.
  bool take(std::size_t token, JsonValue& into) {
    switch (tokens_[token]) {
      case '"':
        return take_string(tokens_.text(token), into);
      case '[': {
        const bool nested = token + 1 < tokens_.count() &&
                            (opens(tokens_[token + 1]) || closes(tokens_[token + 1]));
        into = {};
        return nested || (token + 1 < tokens_.count() && take(token + 1, into));
      }
      case '{':
        into = {};
        return true;
      case 'n':
        into = {};
        return tokens_.text(token) == "null";
      case 't':
      case 'f':
        into = {JsonValue::Kind::boolean, tokens_.text(token)};
        return into.text == "true" || into.text == "false";
      default:
        into = {JsonValue::Kind::number, tokens_.text(token)};
        return may_begin_scalar(into.text.front());
    }
  }

  bool take_string(std::string_view token, JsonValue& into) {
    if (token.size() < 2 || token.back() != '"') return false;
    std::string_view text = token.substr(1, token.size() - 2);
    if (std::memchr(text.data(), '\\', text.size()) != nullptr) {
      const auto meant = json_text(text, texts_);
      if (!meant) return false;
      text = *meant;
    }
    into = {JsonValue::Kind::string, text};
    return true;
  }

  Tokens tokens_;
  const JsonPaths& paths_;
  KeyOrder& keys_;
  TextArena& texts_;
  std::span<JsonValue> values_;
};

std::size_t add_names(const Tokens& tokens, std::size_t token, const std::string& prefix, int depth,
                      TextArena& texts, std::vector<std::string>& names) {
  if (++token >= tokens.count()) return 0;
  if (tokens[token] == '}') return token + 1;
  for (;;) {
    if (token + 3 >= tokens.count() || tokens[token] != '"' || tokens[token + 1] != ':') return 0;
    const std::string_view raw = tokens.text(token);
    const auto key = json_text(raw.substr(1, raw.size() - 2), texts);
    if (!key) return 0;
    const std::string name = prefix + std::string(*key);
    const std::size_t value = token + 2;
    if (tokens[value] == '{' && depth < kDeepestNames) {
      token = add_names(tokens, value, name + ".", depth + 1, texts, names);
    } else {
      token = tokens.behind_value(value);
      if (names.size() < kMostNames) names.push_back(name);
    }
    if (token == 0 || token >= tokens.count()) return 0;
    const char behind = tokens[token++];
    if (behind == '}') return token;
    if (behind != ',') return 0;
  }
}

}  // namespace

struct JsonReader::Impl {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  KeyOrder keys;
  std::vector<JsonValue> values;

  /// The tokens of an object; none where it is no object, or memory is not to be had.
  Tokens open(std::string_view document) {
    const Tokens none(document, nullptr, 0);
    if (!parser || parser->capacity() < document.size()) {
      const std::size_t capacity = std::bit_ceil(std::max(document.size(), kLeastCapacity));
      const auto error =
          parser ? parser->set_capacity(capacity)
                 : simdjson::get_active_implementation()->create_dom_parser_implementation(
                       capacity, 1, parser);
      if (error) {
        parser.reset();
        return none;
      }
    }
    if (document.empty() || parser->stage1(reinterpret_cast<const std::uint8_t*>(document.data()),
                                           document.size(), simdjson::stage1_mode::regular)) {
      return none;
    }
    const Tokens tokens(document, parser->structural_indexes.get(), parser->n_structural_indexes);
    return tokens.count() > 0 && tokens[0] == '{' ? tokens : none;
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
  const Tokens tokens = reader.open(document);
  if (tokens.count() == 0) return std::nullopt;
  reader.values.assign(paths.fields(), JsonValue{});
  reader.keys.begin(paths);
  const std::size_t end = Walk(tokens, paths, reader.keys, texts, reader.values).object(0, 0);
  if (end != tokens.count()) return std::nullopt;
  return std::span<const JsonValue>(reader.values);
}

std::vector<std::string> JsonReader::names(std::string_view document) {
  const simdjson::padded_string padded(document);
  const Tokens tokens = impl().open(padded);
  std::vector<std::string> names;
  TextArena texts;
  if (tokens.count() == 0 || add_names(tokens, 0, "", 1, texts, names) != tokens.count()) {
    return {};
  }
  return names;
}

}  // namespace dosimeter::sim
