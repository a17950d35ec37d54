#include "sim/report/warnings.h"

#include <dosimeter/pattern.h>

#include "sim/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

std::string rows_text(std::uint64_t rows) {
  return rows == 1 ? "1 row" : grouped(rows) + " rows";
}

/// `were` or `was`, as the number asks.
std::string_view were(std::uint64_t count) {
  return count == 1 ? "was" : "were";
}

Warning rejected_rows(const InputCounts& counts) {
  std::string message =
      fmt::format("{} of {} could not be read and {} left out (", rows_text(counts.rejected_rows),
                  grouped(counts.rows), were(counts.rejected_rows));
  bool first = true;
  for (std::size_t i = 0; i < kRejectReasonCount; ++i) {
    if (counts.rejected_by_reason[i] == 0) continue;
    fmt::format_to(std::back_inserter(message), "{}{}: {}", first ? "" : ", ",
                   reject_reason_sentence(kRejectReasons[i]),
                   grouped(counts.rejected_by_reason[i]));
    first = false;
  }
  message += "), first ";
  first = true;
  for (const RejectedExample& example : counts.rejected_examples) {
    fmt::format_to(std::back_inserter(message), "{}{}:{}: {}", first ? "" : ", ", example.file,
                   example.line, example.text);
    first = false;
  }
  return {"rejected_rows", std::move(message)};
}

/// How to give the log a field it lacks; empty where no option does.
std::string_view remedy(Field field) {
  switch (field) {
    case Field::service_name:
      return "name it with --service NAME, or its column with --map service=HEADER";
    case Field::service_type:
      return "name its column with --map service_type=HEADER";
    case Field::host:
      return "name it with --host NAME, or its column with --map host=HEADER";
    case Field::http_method:
      return "name its column with --map method=HEADER";
    case Field::url_path:
      return "name its column with --map path=HEADER";
    case Field::resource_arn:
      break;
  }
  return "name its column with --map resource_arn=HEADER";
}

std::string_view absence(AbsentField absent) {
  switch (absent) {
    case AbsentField::matches_any_pattern:
      return "an absent one matches any pattern";
    case AbsentField::matches_only_star:
      return "an absent one matches only *";
    case AbsentField::matches_none:
      break;
  }
  return "an absent one matches nothing";
}

/// A field that some rule asks about and no request has.
std::optional<Warning> absent_field(const RuleSet& rules, Field field) {
  std::size_t asking = 0;
  for (const Rule& rule : rules.rules()) {
    if (!rule.is_default() && !Pattern(rule.pattern(field)).matches_everything()) ++asking;
  }
  if (asking == 0) return std::nullopt;
  const MatchChoices& match = rules.recorder().match;
  const AbsentField absent =
      field == Field::resource_arn ? match.absent_resource_arn : match.absent_field;
  return Warning{"absent_field",
                 fmt::format("no request has a {}, which {} {} about ({}): {}", field_name(field),
                             asking == 1 ? "1 rule" : grouped(asking) + " rules",
                             asking == 1 ? "asks" : "ask", absence(absent), remedy(field))};
}

}  // namespace

std::vector<Warning> replay_warnings(const RuleSet& rules, const ReplayResult& replay) {
  std::vector<Warning> warnings;
  const InputCounts& counts = replay.counts;
  if (replay.partial) {
    warnings.push_back({"partial", "interrupted: this is the part of the log that was read"});
  }
  for (const LogNotice& notice : replay.notices) warnings.push_back({notice.code, notice.message});
  if (counts.rejected_rows > 0) warnings.push_back(rejected_rows(counts));
  if (counts.late_rows > 0) {
    warnings.push_back(
        {"late_rows",
         fmt::format("{} came after {} second had been counted and {} left "
                     "out: give more --reorder-memory, or the log in order",
                     rows_text(counts.late_rows), counts.late_rows == 1 ? "its" : "their",
                     were(counts.late_rows))});
  }
  if (counts.out_of_order_rows > 0) {
    warnings.push_back({"out_of_order_rows",
                        fmt::format("{} of {} {} earlier than a row before in the same file; the "
                                    "figures do not depend on the order",
                                    rows_text(counts.out_of_order_rows), grouped(counts.rows),
                                    were(counts.out_of_order_rows))});
  }
  if (!replay.span) {
    warnings.push_back({"no_requests", counts.filtered_rows > 0
                                           ? "no row lies between --from and --to"
                                           : "the log holds no request"});
    return warnings;
  }
  if (counts.requests > counts.upstream_decided) {
    for (const Field field : kFields) {
      if (replay.field_seen[static_cast<std::size_t>(field)]) continue;
      if (auto warning = absent_field(rules, field)) warnings.push_back(*std::move(warning));
    }
  }
  const auto seconds = replay.span->seconds();
  if (!seconds) {
    warnings.push_back({"no_month", "one row says nothing about a month"});
  } else if (*seconds < kShortLogSeconds) {
    warnings.push_back(
        {"short_log",
         fmt::format("the log covers {}, less than a day: the month is this traffic over "
                     "and over, day and night",
                     duration_text(*seconds))});
  }
  return warnings;
}

}  // namespace dosimeter::sim
