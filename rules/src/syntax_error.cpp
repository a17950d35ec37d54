#include "rules/src/syntax_error.h"

#include "rules/src/json_number.h"
#include "rules/src/message.h"
#include "text/utf8.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace dosimeter::rules {
namespace {

JsonError syntax_error(Place place, std::string message) {
  return {"syntax_error", place, std::move(message)};
}

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool is_hexadecimal(char byte) {
  return is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

// The token here in the words of a message.
std::string got(std::string_view text, TextCursor cursor) {
  if (cursor.at_end()) return "the end of the text";
  const TextCursor::Token token = cursor.next_token();
  const std::string_view written = text.substr(token.offset, token.length);
  if (written.front() == '"') return excerpt(written);
  if (written.size() == 1 && written[0] != '\'' && static_cast<unsigned char>(written[0]) < 0x80)
    return concat("'", excerpt(written), "'");
  return quote(written);
}

// The code unit of the escape at `at`, a `\u` and four digits, or -1.
int unicode_escape_at(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    if (!is_hexadecimal(text[i])) return -1;
    const int digit = is_digit(text[i]) ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10;
    unit = unit * 16 + digit;
  }
  return unit;
}

// The length of a valid escape at `at`, or 0.
std::size_t escape_length(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return 0;
  if (text[at + 1] != 'u')
    return std::string_view("\"\\/bfnrt").find(text[at + 1]) == std::string_view::npos ? 0 : 2;
  const int unit = unicode_escape_at(text, at);
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return 0;
  if (unit < 0xD800 || unit > 0xDBFF) return 6;
  const int low = unicode_escape_at(text, at + 6);
  return low >= 0xDC00 && low <= 0xDFFF ? 12 : 0;
}

// What is wrong inside the string that begins here.
JsonError explain_string(std::string_view text, TextCursor cursor) {
  const Place begin = cursor.place();
  const TextCursor at_quote = cursor;
  cursor.advance(1);
  while (!cursor.at_end()) {
    const std::size_t at = cursor.offset();
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '"') break;
    if (byte == '\n' || byte == '\r') {
      return syntax_error(begin, concat("expected a closing quote before the end of the line, got ",
                                        got(text, at_quote)));
    }
    if (byte < 0x20) {
      return syntax_error(cursor.place(),
                          concat("expected control characters to be escaped in a string, got ",
                                 printable(text.substr(at, 1))));
    }
    if (byte == '\\') {
      const std::size_t length = escape_length(text, at);
      if (length == 0) {
        if (at + 1 >= text.size()) break;
        const bool is_unicode = text[at + 1] == 'u';
        const std::size_t character = std::max<std::size_t>(1, text::utf8_length_at(text, at + 1));
        const std::string_view escape = text.substr(at, is_unicode ? 6 : 1 + character);
        return syntax_error(
            cursor.place(),
            concat(is_unicode ? "expected four hexadecimal digits that make a character, got "
                              : R"(expected an escape such as \\ or \n, got )",
                   excerpt(escape)));
      }
      cursor.advance(length);
      continue;
    }
    const std::size_t length = text::utf8_length_at(text, at);
    if (length == 0) {
      return {"not_utf8", cursor.place(),
              concat("expected UTF-8, got the byte ", printable(text.substr(at, 1)))};
    }
    cursor.advance(length);
  }
  if (!cursor.at_end()) return syntax_error(begin, "expected a string");
  return syntax_error(begin, "expected a closing quote, got the end of the text");
}

// `expected` does not stand here.
JsonError explain_token(std::string_view text, TextCursor cursor, std::string_view expected) {
  const Place place = cursor.place();
  TextCursor ahead = cursor;
  const TextCursor::Token token = ahead.next_token();
  const std::string_view written = text.substr(token.offset, token.length);
  std::string message = concat("expected ", expected, ", got ", got(text, cursor));
  if (written.starts_with('\'')) message += " (strings stand in double quotes)";
  if (written.starts_with("//") || written.starts_with("/*") || written.starts_with('#')) {
    message += " (JSON has no comments)";
  }
  if (written == "True" || written == "False" || written == "None") {
    message += " (JSON writes true, false and null)";
  }
  return syntax_error(place, std::move(message));
}

JsonError explain_key(std::string_view text, TextCursor cursor, std::string_view expected) {
  if (cursor.peek() == '"') return explain_string(text, cursor);
  return explain_token(text, cursor, expected);
}

JsonError explain_value(std::string_view text, TextCursor cursor, std::string_view expected) {
  if (cursor.peek() == '"') return explain_string(text, cursor);
  TextCursor ahead = cursor;
  const TextCursor::Token token = ahead.next_token();
  const std::string_view written = text.substr(token.offset, token.length);
  if (is_json_number(written)) {
    return {"number_out_of_range", token.place,
            concat("expected a number of at most 1.8e308, got ", excerpt(written))};
  }
  return explain_token(text, cursor, expected);
}

// A container goes on with `,` or its closing bracket.
JsonError explain_continuation(std::string_view text, TextCursor cursor, const SyntaxState& state) {
  const bool in_object = state.container == JsonKind::object;
  const std::string_view closing = in_object ? "'}'" : "']'";
  if (cursor.peek() != ',') {
    std::string message = concat("expected ',' or ", closing, ", got ", got(text, cursor));
    if (cursor.at_end()) {
      message += concat(" (", in_object ? "'{'" : "'['", " of ", state.opened.line, ":",
                        state.opened.column, " is not closed)");
    }
    return syntax_error(cursor.place(), std::move(message));
  }
  const Place comma = cursor.place();
  cursor.advance(1);
  cursor.skip_space();
  if (cursor.peek() == '}' || cursor.peek() == ']') {
    return syntax_error(comma, concat("expected no ',' before ", got(text, cursor), ", got one"));
  }
  if (in_object) return explain_key(text, cursor, "a key in double quotes");
  return explain_value(text, cursor, "a value");
}

}  // namespace

JsonError explain_syntax_error(std::string_view text, TextCursor cursor, const SyntaxState& state) {
  cursor.skip_space();
  if (state.after == After::key) {
    if (cursor.peek() != ':')
      return syntax_error(cursor.place(), concat("expected ':', got ", got(text, cursor)));
    cursor.advance(1);
    cursor.skip_space();
    return explain_value(text, cursor, "a value");
  }
  if (state.after == After::opening) {
    if (state.container == JsonKind::object)
      return explain_key(text, cursor, "a key in double quotes or '}'");
    return explain_value(text, cursor,
                         state.container ? "a value or ']'" : "JSON, which begins with { or [");
  }
  if (state.last_scalar) {
    const std::string_view written =
        text.substr(state.last_scalar->offset, state.last_scalar->length);
    const bool is_literal = written == "true" || written == "false" || written == "null";
    if (!is_literal && !is_json_number(written)) {
      return syntax_error(state.last_scalar->place,
                          concat("expected a value, got ", quote(written)));
    }
  }
  if (state.container) return explain_continuation(text, cursor, state);
  return syntax_error(cursor.place(),
                      concat("expected the end of the text, got ", got(text, cursor),
                             " (several documents in one file go into an array)"));
}

}  // namespace dosimeter::rules
