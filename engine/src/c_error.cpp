#include <dosimeter/error.h>

#include "engine/src/c_door.h"

#include <algorithm>
#include <cstddef>

namespace {

using dosimeter::ErrorCode;

constexpr bool is(ErrorCode code, int number) {
  return static_cast<int>(code) == number;
}
static_assert(is(ErrorCode::rule_name_empty, DOSIMETER_RULE_NAME_EMPTY));
static_assert(is(ErrorCode::rate_out_of_range, DOSIMETER_RATE_OUT_OF_RANGE));
static_assert(is(ErrorCode::reservoir_size_out_of_range, DOSIMETER_RESERVOIR_SIZE_OUT_OF_RANGE));
static_assert(is(ErrorCode::attribute_key_empty, DOSIMETER_ATTRIBUTE_KEY_EMPTY));
static_assert(is(ErrorCode::attribute_key_repeated, DOSIMETER_ATTRIBUTE_KEY_REPEATED));
static_assert(is(ErrorCode::boost_cooldown_out_of_range, DOSIMETER_BOOST_COOLDOWN_OUT_OF_RANGE));
static_assert(is(ErrorCode::rule_name_repeated, DOSIMETER_RULE_NAME_REPEATED));
static_assert(is(ErrorCode::too_many_rules, DOSIMETER_TOO_MANY_RULES));
static_assert(is(ErrorCode::pattern_too_long, DOSIMETER_PATTERN_TOO_LONG));
static_assert(is(ErrorCode::rules_refused_by_recorder, DOSIMETER_RULES_REFUSED_BY_RECORDER));

/// Without a default label: a new code is asked for here.
const char* name_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::rule_name_empty:
      return "rule_name_empty";
    case ErrorCode::rate_out_of_range:
      return "rate_out_of_range";
    case ErrorCode::reservoir_size_out_of_range:
      return "reservoir_size_out_of_range";
    case ErrorCode::attribute_key_empty:
      return "attribute_key_empty";
    case ErrorCode::attribute_key_repeated:
      return "attribute_key_repeated";
    case ErrorCode::boost_cooldown_out_of_range:
      return "boost_cooldown_out_of_range";
    case ErrorCode::rule_name_repeated:
      return "rule_name_repeated";
    case ErrorCode::too_many_rules:
      return "too_many_rules";
    case ErrorCode::pattern_too_long:
      return "pattern_too_long";
    case ErrorCode::rules_refused_by_recorder:
      return "rules_refused_by_recorder";
  }
  return "unknown";
}

/// Copies a text and the zero byte behind it. What is too long is cut before a UTF-8 character and
/// ends in `...`.
template <std::size_t size>
void copy_text(dosimeter_text text, char (&to)[size]) noexcept {
  constexpr std::string_view kCut = "...";
  std::string_view whole = dosimeter::detail::view_of(text);
  const bool fits = whole.size() < size;
  if (!fits) {
    std::size_t length = size - 1 - kCut.size();
    const auto continues = [&](char byte) { return (static_cast<unsigned char>(byte) >> 6) == 2; };
    while (length > 0 && continues(whole[length])) --length;
    whole = whole.substr(0, length);
  }
  char* end = std::replace_copy(whole.begin(), whole.end(), to, '\0', '?');
  if (!fits) end = std::copy(kCut.begin(), kCut.end(), end);
  *end = '\0';
}

}  // namespace

const char* dosimeter_code_name(int code) {
  switch (code) {
    case DOSIMETER_OK:
      return "ok";
    case DOSIMETER_OUT_OF_MEMORY:
      return "out_of_memory";
    case DOSIMETER_BAD_ARGUMENT:
      return "bad_argument";
    case DOSIMETER_UNKNOWN_RECORDER:
      return "unknown_recorder";
    case DOSIMETER_UNKNOWN_STRUCT_SIZE:
      return "unknown_struct_size";
    case DOSIMETER_NO_LOCAL_RULES:
      return "no_local_rules";
    case DOSIMETER_DOCUMENT_REFUSED:
      return "document_refused";
    default:
      return name_of(static_cast<ErrorCode>(code));
  }
}

void dosimeter_error_set(dosimeter_error* error, int code, size_t rule, dosimeter_text where,
                         dosimeter_text message) {
  if (error == nullptr) return;
  error->code = code;
  error->rule = rule;
  copy_text(where, error->where);
  copy_text(message, error->message);
}
