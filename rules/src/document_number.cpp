#include "rules/src/document_number.h"

#include <dosimeter/rule.h>

#include "rules/src/json_number.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string_view>

namespace dosimeter::rules {
namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool is_digits(std::string_view written) {
  return !written.empty() && std::all_of(written.begin(), written.end(), is_digit);
}

std::string_view without_minus(std::string_view written) {
  return written.substr(written.starts_with('-') ? 1 : 0);
}

std::optional<DocumentNumber> from_written(std::string_view written) {
  const std::optional<double> value = to_double(written);
  if (!value) return std::nullopt;
  return DocumentNumber{*value, is_digits(without_minus(written))};
}

// A 64-bit number has no more, and a double holds it.
constexpr std::size_t kMostDigits = 19;

// As Java's parsers take text: blanks around it and a plus sign do not matter.
std::optional<DocumentNumber> from_text(std::string_view text, NumberUse use) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  if (text.empty()) return DocumentNumber{};
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  if (use == NumberUse::rate) return is_json_number(text) ? from_written(text) : std::nullopt;
  const std::string_view digits = without_minus(text);
  if (!is_digits(digits) || digits.size() > kMostDigits) return std::nullopt;
  return from_written(text);
}

}  // namespace

std::optional<DocumentNumber> read_number(JsonValue value, NumberUse use,
                                          const DocumentChoices& choices) {
  switch (value.kind()) {
    case JsonKind::number:
      return from_written(value.text());
    case JsonKind::string:
      if (choices.number_in_text == NumberInText::taken) return from_text(value.text(), use);
      return std::nullopt;
    case JsonKind::boolean:
      if (choices.boolean_number == BooleanNumber::is_one_or_zero)
        return DocumentNumber{value.text() == "true" ? 1.0 : 0.0, true};
      return std::nullopt;
    case JsonKind::null:
      if (choices.null_number == NullNumber::is_zero) return DocumentNumber{};
      return std::nullopt;
    case JsonKind::array:
    case JsonKind::object:
      return std::nullopt;
  }
  return std::nullopt;
}

TargetLimit largest_target(TargetBound bound) noexcept {
  switch (bound) {
    case TargetBound::of_reservoirs:
      static_assert(kMaximumReservoirSize == 500'000'000);
      return {500'000'000, "500000000"};
    case TargetBound::of_31_bits:
      return {2147483647, "2147483647"};
    case TargetBound::of_32_bits:
      return {4294967295, "4294967295"};
    case TargetBound::of_63_bits:
      // The largest double below 2^63.
      return {9223372036854774784.0, "9223372036854775807"};
    case TargetBound::none:
      break;
  }
  return {std::numeric_limits<double>::infinity(), ""};
}

}  // namespace dosimeter::rules
