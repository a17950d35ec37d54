#pragma once

#include <dosimeter/rules/diagnostic.h>

#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Typed reading of single values. Each reports what it does not accept and then has no value.
/// `name` is the field in the user's own spelling: `FixedRate`, `fixed_rate`, `rate`.
namespace dosimeter::rules {

/// Values that stand for others, which only the tool that owns the document can put in.
enum class Placeholders {
  none,
  /// `{"Ref": ...}`, `{"Fn::...": ...}`, `{{resolve:...}}`.
  cloudformation,
  /// `${...}` and `%{...}`.
  terraform,
};

/// What to make of a number in a string.
enum class QuotedNumbers {
  /// Error wrong_type.
  refused,
  /// Taken for the number it writes, with a warning (number_in_quotes): CloudFormation does so.
  taken,
};

/// Whether `value` is a placeholder. Reports nothing.
bool holds_placeholder(JsonValue value, Placeholders placeholders);

/// Reports a placeholder (unresolved_value) and says whether it was one.
bool is_placeholder(std::string_view name, JsonValue value, Placeholders placeholders,
                    Report& report);

/// Error wrong_type: `Host must be a string, got the number 5`.
void report_wrong_type(std::string_view name, std::string_view expected, JsonValue value,
                       Report& report);

std::optional<std::string_view> read_string(std::string_view name, JsonValue value, Report& report);

/// Error missing_key: `Host and URLPath are missing`, at the object that lacks them. Nothing where
/// there are no names.
void report_missing(std::span<const std::string_view> names, JsonValue object, Report& report);

/// A number between 0 and 1. Errors: wrong_type, and `code` where it is outside.
std::optional<double> read_rate(std::string_view name, std::string_view code, JsonValue value,
                                Report& report, QuotedNumbers quoted = QuotedNumbers::refused);

/// A whole number that fits 64 bits. One with a fraction of zero or an exponent (`1.0`, `1e3`) is
/// whole. Errors: wrong_type, not_whole, number_out_of_range.
std::optional<std::int64_t> read_integer(std::string_view name, JsonValue value, Report& report,
                                         QuotedNumbers quoted = QuotedNumbers::refused);

/// A whole number between two bounds, both included. Errors: wrong_type, not_whole, and `code`
/// where it is outside.
std::optional<std::int64_t> read_bounded(std::string_view name, std::string_view code,
                                         std::int64_t least, std::int64_t most, JsonValue value,
                                         Report& report,
                                         QuotedNumbers quoted = QuotedNumbers::refused);

/// 0 to kMaximumReservoirSize, the engine's bound: AWS has none above. Errors: wrong_type,
/// not_whole, reservoir_size_out_of_range.
std::optional<std::int64_t> read_reservoir_size(std::string_view name, JsonValue value,
                                                Report& report,
                                                QuotedNumbers quoted = QuotedNumbers::refused);

/// Reports a text (`code`) whose length in code points is not within the bounds.
void check_length(std::string_view name, std::string_view text, std::size_t least, std::size_t most,
                  Severity severity, std::string_view code, Place place, Report& report);

}  // namespace dosimeter::rules
