#pragma once

#include "sim/log/json_paths.h"
#include "sim/log/text_arena.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// The value of a field.
struct JsonValue {
  enum class Kind : unsigned char {
    /// Not in the document, `null`, an empty array, or an object where a value is asked for.
    absent,
    string,
    number,
    boolean,
  };
  Kind kind = Kind::absent;
  /// A string as it is meant, anything else as it is written.
  std::string_view text;
};

/// Reads JSON objects into the values of chosen fields, with simdjson. Keeps its memory from one to
/// the next. Not thread-safe.
class JsonReader {
 public:
  JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  ~JsonReader();

  /// One value for each of the paths' fields, or nothing where the document is no JSON object. Of a
  /// key that comes twice the last counts, as in JavaScript; of an array its first element; and
  /// an array of objects with `key` and `value`, as OTLP's attributes, is an object of these. What
  /// nobody asks for is skipped by its brackets and quotes: of that nothing is checked but UTF-8
  /// and that there is a value.
  ///
  /// The span is valid until the next call; texts point into the document or into `texts`, with
  /// kBlockPadding readable bytes behind them. Allocates only where a document is longer than any
  /// before. REQUIRES: kBlockPadding readable bytes behind the document.
  [[nodiscard]] std::optional<std::span<const JsonValue>> read(std::string_view document,
                                                               const JsonPaths& paths,
                                                               TextArena& texts);

  /// The names of an object's fields, in their order, those of inner objects with dots; empty where
  /// it is none. At most 1000, and as deep as eight objects. Slow: for the front of a log. No
  /// padding is needed.
  [[nodiscard]] std::vector<std::string> names(std::string_view document);

 private:
  struct Impl;
  [[nodiscard]] Impl& impl();
  std::unique_ptr<Impl> impl_;
};

}  // namespace dosimeter::sim
