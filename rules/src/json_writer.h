#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dosimeter::rules {

/// Writes JSON text on one line. The caller opens and closes in turn.
class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  /// Before each value of an object.
  void key(std::string_view name);

  /// Bytes that are no UTF-8 become U+FFFD, one each: JSON has no other way to say them.
  void string(std::string_view text);
  /// The shortest text that is read as the same number. REQUIRES: finite.
  void number(double value);
  void number(std::int64_t value) { raw(std::to_string(value)); }
  void number(std::uint64_t value) { raw(std::to_string(value)); }
  void null() { raw("null"); }
  /// A value that is JSON text already.
  void raw(std::string_view value);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void separate();
  void open(char bracket);
  void close(char bracket);

  std::string text_;
  /// Whether a value stands before the next one in its container.
  bool follows_ = false;
};

}  // namespace dosimeter::rules
