#include "sim/filter/where_filter.h"

#include "sim/filter/where_scanner.h"
#include "sim/log/csv_format.h"
#include "sim/log/nearest_name.h"
#include "sim/log/timestamp.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

namespace dosimeter::sim {
namespace {

enum class Operator : unsigned char { equal, not_equal, less, at_most, greater, at_least };

struct OperatorName {
  std::string_view text;
  Operator value;
};
constexpr std::array<OperatorName, 6> kOperators = {{{"=", Operator::equal},
                                                     {"!=", Operator::not_equal},
                                                     {"<", Operator::less},
                                                     {"<=", Operator::at_most},
                                                     {">", Operator::greater},
                                                     {">=", Operator::at_least}}};

/// What other languages write, and what is meant by it.
struct OtherName {
  std::string_view text;
  std::string_view hint;
};
constexpr OtherName kOtherOperators[] = {
    {"==", "did you mean =?"},
    {"===", "did you mean =?"},
    {"<>", "did you mean !=?"},
    {"!==", "did you mean !=?"},
    {"!", "did you mean !=?"},
    {"=>", "did you mean >=?"},
    {"=<", "did you mean <=?"},
    {"~", "= takes * and ?"},
    {"=~", "= takes * and ?"},
    {"~=", "= takes * and ?"},
    {"!~", "!= takes * and ?"},
    {"like", "= takes * and ?"},
    {"matches", "= takes * and ?"},
    {"contains", "= takes * and ?"},
    {"in", "one value each, joined by and"},
    {"is", "did you mean =?"},
    {"eq", "did you mean =?"},
    {"ne", "did you mean !=?"},
    {"&&", "did you mean and?"},
    {"&", "did you mean and?"},
    {",", "did you mean and?"},
    {"or", "conditions are joined by and alone"},
    {"||", "conditions are joined by and alone"},
};

std::string_view hint_for(std::string_view text) {
  for (const OtherName& other : kOtherOperators) {
    if (is_same_word(text, other.text)) return other.hint;
  }
  return {};
}

/// What is known under another name: of the fields, or of the columns that feed them.
std::string field_hint(std::string_view name) {
  std::vector<std::string_view> names;
  for (const RowFieldFacts& facts : row_fields()) names.push_back(facts.name);
  const std::string wanted = normalized_header(name);
  for (const LogColumnFacts& column : log_columns()) {
    const bool is_header =
        std::any_of(column.headers.begin(), column.headers.end(),
                    [&](std::string_view header) { return normalized_header(header) == wanted; });
    if (is_header && row_field_named(column.name)) {
      return fmt::format("did you mean {}?", column.name);
    }
  }
  const auto nearest = nearest_name(name, names);
  return nearest ? fmt::format("did you mean {}?", *nearest) : std::string();
}

std::string field_names() {
  std::string names;
  for (const RowFieldFacts& facts : row_fields()) {
    const bool is_last = facts.field == row_fields().back().field;
    names += names.empty() ? "" : is_last ? " or " : ", ";
    names += facts.name;
  }
  return names;
}

std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t most) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (!is_whole || text.starts_with('-') || number > most) return std::nullopt;
  return number;
}

/// Where a value stands among numbers: a class of statuses is a hundred of them.
std::optional<NumberRange> status_value(std::string_view text) {
  if (text.size() != 3 || text[0] < '1' || text[0] > '9') return std::nullopt;
  if (is_same_word(text.substr(1), "xx")) {
    const std::int64_t first = (text[0] - '0') * 100;
    return NumberRange{first, first + 99};
  }
  const auto number = whole_number(text, 999);
  if (!number) return std::nullopt;
  return NumberRange{*number, *number};
}

std::optional<NumberRange> count_value(std::string_view text) {
  const auto number = whole_number(text, static_cast<std::int64_t>(kMaxRowCount));
  if (!number) return std::nullopt;
  return NumberRange{*number, *number};
}

/// A stamp as logs have them, or a date for its first instant.
std::optional<NumberRange> time_value(std::string_view text) {
  auto stamp = parse_timestamp(text);
  if (!stamp) stamp = parse_timestamp(text, "00:00:00");
  if (!stamp) return std::nullopt;
  const std::int64_t nanoseconds = stamp->time.time_since_epoch().count();
  return NumberRange{nanoseconds, nanoseconds};
}

std::optional<NumberRange> number_value(RowFieldKind kind, std::string_view text) {
  switch (kind) {
    case RowFieldKind::status:
      return status_value(text);
    case RowFieldKind::count:
      return count_value(text);
    case RowFieldKind::time:
      return time_value(text);
    case RowFieldKind::text:
      break;
  }
  return std::nullopt;
}

std::string_view expected_value(RowFieldKind kind) {
  switch (kind) {
    case RowFieldKind::status:
      return "a status from 100 to 999, a class like 5xx, or - for none";
    case RowFieldKind::count:
      return "a whole number from 0 to 1000000000000";
    case RowFieldKind::time:
      return "a time like 2026-05-04T10:00:00Z or a date";
    case RowFieldKind::text:
      break;
  }
  return "a text, or - for none";
}

/// The numbers that stand in that relation to all of `value`.
NumberRange related_to(NumberRange value, Operator op) {
  constexpr NumberRange kNone{1, 0};
  switch (op) {
    case Operator::less:
      return value.low == NumberRange{}.low ? kNone : NumberRange{NumberRange{}.low, value.low - 1};
    case Operator::at_most:
      return {NumberRange{}.low, value.high};
    case Operator::greater:
      return value.high == NumberRange{}.high ? kNone
                                              : NumberRange{value.high + 1, NumberRange{}.high};
    case Operator::at_least:
      return {value.low, NumberRange{}.high};
    case Operator::equal:
    case Operator::not_equal:
      break;
  }
  return value;
}

Result<RowField, Failure> read_field(WhereScanner& scanner) {
  const WhereToken token = scanner.name();
  const std::string expected = "a field (" + field_names() + ")";
  if (token.text.empty()) return scanner.failure(scanner.word(), expected);
  const auto field = row_field_named(token.text);
  if (!field) return scanner.failure(token, expected, field_hint(token.text));
  return *field;
}

Result<Operator, Failure> read_operator(WhereScanner& scanner, const RowFieldFacts& facts) {
  const bool is_text = facts.kind == RowFieldKind::text;
  const std::string expected = is_text
                                   ? fmt::format("= or != behind {}, which is a text", facts.name)
                                   : fmt::format("=, !=, <, <=, > or >= behind {}", facts.name);
  static_cast<void>(scanner.at_end());
  WhereToken token = scanner.symbol();
  if (token.text.empty()) token = scanner.word();
  for (const OperatorName& known : kOperators) {
    if (known.text != token.text) continue;
    const bool equates = known.value == Operator::equal || known.value == Operator::not_equal;
    if (is_text && !equates) break;
    return known.value;
  }
  return scanner.failure(token, expected, hint_for(token.text));
}

Result<RowCondition, Failure> read_condition(WhereScanner& scanner) {
  const auto field = read_field(scanner);
  if (!field) return field.error();
  const RowFieldFacts& facts = facts_of(field.value());
  const auto op = read_operator(scanner, facts);
  if (!op) return op.error();
  auto read = scanner.value();
  if (!read) return read.error();
  WhereValue& value = read.value();

  const bool equates = op.value() == Operator::equal || op.value() == Operator::not_equal;
  RowCondition condition{facts.field, op.value() == Operator::not_equal, NoText{}};
  const bool may_be_absent = facts.kind == RowFieldKind::text || facts.kind == RowFieldKind::status;
  if (may_be_absent && value.text == "-") {
    if (equates) return condition;
    return scanner.failure(value.token, "a status from 100 to 999, or a class like 5xx",
                           "- goes with = and !=");
  }
  if (facts.kind == RowFieldKind::text) {
    if (value.text.empty()) {
      return scanner.failure(value.token, expected_value(facts.kind),
                             "an empty field counts as absent");
    }
    condition.wanted = Pattern(std::move(value.text));
    return condition;
  }
  const auto number = number_value(facts.kind, value.text);
  if (!number) return scanner.failure(value.token, expected_value(facts.kind));
  condition.wanted = related_to(*number, op.value());
  return condition;
}

std::optional<Failure> read_expression(std::string_view expression,
                                       std::vector<RowCondition>& conditions) {
  WhereScanner scanner(expression);
  static_cast<void>(scanner.at_end());
  for (;;) {
    auto condition = read_condition(scanner);
    if (!condition) return std::move(condition).error();
    conditions.push_back(std::move(condition).value());
    if (scanner.at_end()) return std::nullopt;
    const WhereToken word = scanner.word();
    if (!is_same_word(word.text, "and")) {
      return scanner.failure(word, "and, or the end", hint_for(word.text));
    }
    static_cast<void>(scanner.at_end());
  }
}

}  // namespace

Result<std::shared_ptr<const WhereFilter>, Failure> WhereFilter::parse(
    std::span<const std::string> expressions) {
  std::vector<RowCondition> conditions;
  for (const std::string& expression : expressions) {
    if (auto failure = read_expression(expression, conditions)) return *std::move(failure);
  }
  return std::make_shared<const WhereFilter>(std::move(conditions));
}

}  // namespace dosimeter::sim
