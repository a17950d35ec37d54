#pragma once

#include <cstddef>
#include <string_view>

namespace dosimeter::sim {

// The parts of JSON documents, found by brackets and quotes alone, so that a document of any size
// is gone through without a copy of it. What a part holds is for JsonReader to read.

/// Where the value that begins at `at` ends; npos where the text ends before.
[[nodiscard]] std::size_t json_value_end(std::string_view text, std::size_t at) noexcept;

/// Where the next byte is that is no blank, from `at` on; the text's size where none is.
[[nodiscard]] inline std::size_t json_value_begin(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() &&
         (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
    ++at;
  }
  return at;
}

/// Calls `take(element)` for each element of an array, until it says false. False where the text is
/// no array, or an element cannot be found; those in front of it have been taken, and what there is
/// of one that is cut off.
template <typename Take>
[[nodiscard]] bool each_json_element(std::string_view array, Take&& take) {
  std::size_t at = json_value_begin(array, 0);
  if (at == array.size() || array[at] != '[') return false;
  at = json_value_begin(array, at + 1);
  if (at < array.size() && array[at] == ']') return true;
  while (at < array.size()) {
    const std::size_t end = json_value_end(array, at);
    if (end == at) return false;
    const std::string_view element = array.substr(at, end == array.npos ? end : end - at);
    if (!take(element)) return true;
    if (end == array.npos) return false;
    at = json_value_begin(array, end);
    if (at == array.size()) return false;
    if (array[at] == ']') return true;
    if (array[at] != ',') return false;
    at = json_value_begin(array, at + 1);
  }
  return false;
}

/// The same for each member of an object: `take(key, value)`, the key as it is written, to the
/// last.
template <typename Take>
[[nodiscard]] bool each_json_member(std::string_view object, Take&& take) {
  std::size_t at = json_value_begin(object, 0);
  if (at == object.size() || object[at] != '{') return false;
  at = json_value_begin(object, at + 1);
  if (at < object.size() && object[at] == '}') return true;
  while (at < object.size() && object[at] == '"') {
    const std::size_t key_end = json_value_end(object, at);
    if (key_end == object.npos) return false;
    const std::string_view key = object.substr(at + 1, key_end - at - 2);
    at = json_value_begin(object, key_end);
    if (at == object.size() || object[at] != ':') return false;
    at = json_value_begin(object, at + 1);
    const std::size_t end = json_value_end(object, at);
    if (end == at) return false;
    take(key, object.substr(at, end == object.npos ? end : end - at));
    if (end == object.npos) return false;
    at = json_value_begin(object, end);
    if (at == object.size()) return false;
    if (object[at] == '}') return true;
    if (object[at] != ',') return false;
    at = json_value_begin(object, at + 1);
  }
  return false;
}

}  // namespace dosimeter::sim
