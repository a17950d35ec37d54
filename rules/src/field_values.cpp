#include "rules/src/field_values.h"

#include <dosimeter/rule.h>

#include "rules/src/constraints.h"
#include "rules/src/json_number.h"
#include "rules/src/message.h"
#include "text/utf8.h"

#include <charconv>
#include <cmath>

namespace dosimeter::rules {
namespace {

// Neither too large for a double nor too small.
bool holds_double(std::string_view text) {
  double value = 0;
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

std::string shortest(double value) {
  char buffer[64];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 15);
  return std::string(buffer, end);
}

bool has_template(std::string_view text, char sign) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != sign || text[at + 1] != '{') continue;
    // The sign twice is Terraform's escape: the text itself.
    if (at > 0 && text[at - 1] == sign) continue;
    return true;
  }
  return false;
}

bool is_intrinsic_function(JsonValue value) {
  std::size_t members = 0;
  bool named = false;
  value.for_each_member([&](JsonValue key, JsonValue) {
    ++members;
    named = key.text() == "Ref" || key.text().starts_with("Fn::");
  });
  return members == 1 && named;
}

struct Whole {
  enum { fits, fraction, too_large } state = fits;
  std::int64_t value = 0;
};

bool is_within(const Whole& whole, std::int64_t least, std::int64_t most) {
  return whole.state == Whole::fits && whole.value >= least && whole.value <= most;
}

Whole to_whole(std::string_view text) {
  Whole whole;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole.value);
  if (end == text.data() + text.size()) {
    if (error == std::errc::result_out_of_range) whole.state = Whole::too_large;
    return whole;
  }
  const double value = to_double(text).value_or(0.5);
  // Doubles are whole numbers without gaps up to 2^53.
  constexpr double kExact = 9007199254740992.0;
  if (std::trunc(value) != value) {
    whole.state = Whole::fraction;
  } else if (std::fabs(value) > kExact) {
    whole.state = Whole::too_large;
  } else {
    whole.value = static_cast<std::int64_t>(value);
  }
  return whole;
}

// Whether `value` is a number, or a string that counts for one; anything else was reported.
bool is_number(std::string_view name, std::string_view expected, JsonValue value,
               QuotedNumbers quoted, Report& report) {
  if (value.is(JsonKind::number)) return true;
  const bool taken = quoted == QuotedNumbers::taken && value.is(JsonKind::string) &&
                     is_json_number(value.text()) && holds_double(value.text());
  if (!taken) {
    report_wrong_type(name, expected, value, report);
    return false;
  }
  report.warning("number_in_quotes", value.place(),
                 concat(name, " must be ", expected, ", got ", describe(value), ", taken as ",
                        excerpt(value.text()), " (as CloudFormation takes it)"));
  return true;
}

// A whole number or one too large to hold; nullopt was reported.
std::optional<Whole> read_whole(std::string_view name, JsonValue value, QuotedNumbers quoted,
                                Report& report) {
  if (!is_number(name, "a whole number", value, quoted, report)) return std::nullopt;
  const Whole whole = to_whole(value.text());
  if (whole.state == Whole::fraction) {
    report.error("not_whole", value.place(),
                 concat(name, " must be a whole number, got ", excerpt(value.text())));
    return std::nullopt;
  }
  return whole;
}

}  // namespace

bool holds_placeholder(JsonValue value, Placeholders placeholders) {
  const bool is_string = value.is(JsonKind::string);
  switch (placeholders) {
    case Placeholders::none:
      return false;
    case Placeholders::cloudformation:
      return is_intrinsic_function(value) ||
             (is_string && value.text().find("{{resolve:") != std::string_view::npos);
    case Placeholders::terraform:
      return is_string && (has_template(value.text(), '$') || has_template(value.text(), '%'));
  }
  return false;
}

bool is_placeholder(std::string_view name, JsonValue value, Placeholders placeholders,
                    Report& report) {
  if (!holds_placeholder(value, placeholders)) return false;
  std::string got = describe(value);
  value.for_each_member(
      [&](JsonValue key, JsonValue) { got = concat("{", quote(key.text()), ": ...}"); });
  const std::string_view remedy =
      placeholders == Placeholders::terraform
          ? "use the output of terraform show -json, which has the values"
          : "pass resolved JSON: write the value itself, or use the output of aws xray "
            "get-sampling-rules";
  report.error("unresolved_value", value.place(),
               concat(name, " must be a value, got ", got, " (", remedy, ")"));
  return true;
}

void report_wrong_type(std::string_view name, std::string_view expected, JsonValue value,
                       Report& report) {
  std::string message = concat(name, " must be ", expected, ", got ", describe(value));
  if (value.is(JsonKind::string) && expected.ends_with("number") && to_double(value.text())) {
    message += " (numbers stand without quotes)";
  }
  report.error("wrong_type", value.place(), std::move(message));
}

std::optional<std::string_view> read_string(std::string_view name, JsonValue value,
                                            Report& report) {
  if (value.is(JsonKind::string)) return value.text();
  report_wrong_type(name, "a string", value, report);
  return std::nullopt;
}

void report_missing(std::span<const std::string_view> names, JsonValue object, Report& report) {
  if (names.empty()) return;
  report.error("missing_key", object.place(),
               concat(enumerate(names), names.size() == 1 ? " is missing" : " are missing"));
}

std::optional<double> read_rate(std::string_view name, std::string_view code, JsonValue value,
                                Report& report, QuotedNumbers quoted) {
  if (!is_number(name, "a number", value, quoted, report)) return std::nullopt;
  const std::optional<double> rate = to_double(value.text());
  if (!rate) return std::nullopt;
  if (*rate >= limits::kMinimumRate && *rate <= limits::kMaximumRate) {
    return *rate + 0.0;  // -0 is 0
  }
  std::string message = concat(name, " must be between 0 and 1, got ", excerpt(value.text()));
  if (*rate > 1 && *rate <= 100) {
    message += concat(" (", excerpt(value.text()), " % is ", shortest(*rate / 100), ")");
  }
  report.error(code, value.place(), std::move(message));
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(std::string_view name, JsonValue value, Report& report,
                                         QuotedNumbers quoted) {
  const std::optional<Whole> whole = read_whole(name, value, quoted, report);
  if (!whole) return std::nullopt;
  if (whole->state == Whole::fits) return whole->value;
  report.error("number_out_of_range", value.place(),
               concat(name, " must be a number of at most 64 bits, got ", excerpt(value.text())));
  return std::nullopt;
}

std::optional<std::int64_t> read_bounded(std::string_view name, std::string_view code,
                                         std::int64_t least, std::int64_t most, JsonValue value,
                                         Report& report, QuotedNumbers quoted) {
  const std::optional<Whole> whole = read_whole(name, value, quoted, report);
  if (!whole) return std::nullopt;
  if (is_within(*whole, least, most)) return whole->value;
  report.error(
      code, value.place(),
      concat(name, " must be between ", least, " and ", most, ", got ", excerpt(value.text())));
  return std::nullopt;
}

std::optional<std::int64_t> read_reservoir_size(std::string_view name, JsonValue value,
                                                Report& report, QuotedNumbers quoted) {
  const std::optional<Whole> whole = read_whole(name, value, quoted, report);
  if (!whole) return std::nullopt;
  if (is_within(*whole, limits::kMinimumReservoirSize, kMaximumReservoirSize)) return whole->value;
  report.error("reservoir_size_out_of_range", value.place(),
               concat(name, " must be a whole number from ", limits::kMinimumReservoirSize, " to ",
                      kMaximumReservoirSize, " (the most this program counts), got ",
                      excerpt(value.text())));
  return std::nullopt;
}

void check_length(std::string_view name, std::string_view text, std::size_t least, std::size_t most,
                  Severity severity, std::string_view code, Place place, Report& report) {
  const std::size_t length = text::count_code_points(text);
  if (length >= least && length <= most) return;
  std::string message = concat(name, " must have ");
  message += least == 0 ? concat("at most ", most) : concat(least, " to ", most);
  message += concat(" characters, got ", length);
  if (length != 0) message += concat(": ", quote(text));
  report.add(severity, code, place, std::move(message));
}

}  // namespace dosimeter::rules
