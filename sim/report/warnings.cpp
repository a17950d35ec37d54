#include "sim/report/warnings.h"

#include <dosimeter/pattern.h>

#include "sim/breakdown/group_breakdown.h"
#include "sim/predict/month.h"
#include "sim/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

std::string rows_text(std::uint64_t rows) {
  return rows == 1 ? "1 row" : grouped(rows) + " rows";
}

std::string requests_text(std::uint64_t requests) {
  return requests == 1 ? "1 request" : grouped(requests) + " requests";
}

/// One warning a reason, with the first few places.
void add_rejected_rows(const InputCounts& counts, std::vector<Warning>& warnings) {
  for (const RejectReason reason : kRejectReasons) {
    const std::uint64_t rows = counts.rejected_by_reason[static_cast<std::size_t>(reason)];
    if (rows == 0) continue;
    std::string message = rows_text(rows) + " left out";
    std::size_t places = 0;
    for (const RejectedExample& example : counts.rejected_examples) {
      if (example.reason != reason) continue;
      const std::string place = fmt::format("{}:{}", example.file, example.line);
      message += places == 0   ? fmt::format(", first {}: {}", place, example.message)
                 : places == 1 ? "; also " + place
                               : ", " + place;
      ++places;
    }
    warnings.push_back({"rejected_rows", std::move(message)});
  }
}

/// How to give the log a field it lacks.
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
    case AbsentField::is_empty_text:
      return "an absent one is compared as an empty text";
    case AbsentField::is_root_path:
      return "an absent one is compared as /";
    case AbsentField::matches_none:
      break;
  }
  return "an absent one matches nothing";
}

std::string rules_ask(std::size_t asking) {
  return asking == 1 ? "1 rule asks" : grouped(std::uint64_t{asking}) + " rules ask";
}

/// Rules that no row of a log can match, because none has attributes.
std::optional<Warning> attributes_unknown(const RuleSet& rules) {
  const auto asking = std::count_if(rules.rules().begin(), rules.rules().end(),
                                    [](const Rule& rule) { return !rule.attributes().empty(); });
  if (asking == 0) return std::nullopt;
  return Warning{"attributes_unknown",
                 fmt::format("{} for attributes, which no log holds: requests that would match "
                             "count for later rules",
                             rules_ask(static_cast<std::size_t>(asking)))};
}

/// Central rules of a recorder that has local documents alone.
std::optional<Warning> rules_converted(const RuleSet& rules) {
  const Recorder& recorder = rules.recorder();
  if (rules.kind() == RuleKind::local || recorder.reads_central_rules) return std::nullopt;
  return Warning{"rules_converted",
                 fmt::format("{} asks X-Ray for no rules: these are matched as if they were its "
                             "local document, by host, method and path alone",
                             recorder.name)};
}

/// A field that some rule asks about and no request has.
std::optional<Warning> absent_field(const RuleSet& rules, Field field) {
  if (rules.choices().use(field) == FieldUse::not_compared) return std::nullopt;
  std::size_t asking = 0;
  for (const Rule& rule : rules.rules()) {
    if (!rule.is_default() && !Pattern(rule.pattern(field)).matches_everything()) ++asking;
  }
  if (asking == 0) return std::nullopt;
  const AbsentField absent = rules.choices().absent(field);
  return Warning{"absent_field",
                 fmt::format("{} is missing from every request, and {} about it ({}): {}",
                             field_name(field), rules_ask(asking), absence(absent), remedy(field))};
}

std::string traces_range(const Range& range) {
  return fmt::format("a range of {} to {} expected traces", grouped(range.low, 1),
                     grouped(range.high, 1));
}

/// Ranges of what is assumed, where they are more than a figure.
void add_range_warnings(const Report& report, std::vector<Warning>& warnings) {
  const auto is_wide = [](const std::optional<Range>& range) {
    return range && range->low < range->high;
  };
  if (is_wide(report.allocation_range)) {
    warnings.push_back(
        {"quota_split_unknown",
         fmt::format("how X-Ray splits a reservoir over instances is not published: {} over the "
                     "models of --allocation; the figures are for {}",
                     traces_range(*report.allocation_range),
                     allocation_name(report.fleet.allocation))});
  }
  if (is_wide(report.placement_range)) {
    warnings.push_back(
        {"whole_second_stamps",
         fmt::format("stamps of whole seconds do not decide what reservoirs of {} take: {} over "
                     "four placements of a second's requests; the figures spread them evenly",
                     report.rules.recorder().name, traces_range(*report.placement_range))});
  }
  if (report.fleet.startup && report.prediction.month) {
    warnings.push_back({"startup_repeated",
                        "the month is the log over and over, and so are the first seconds of its "
                        "instances"});
  }
  if (report.fleet.has_column() && report.replay.instance_missing) {
    warnings.push_back(
        {"instance_missing", "rows that name no instance count as one instance of their own"});
  }
}

/// What is not known of traffic that the log does not hold.
void add_scale_warnings(const Report& report, std::vector<Warning>& warnings) {
  if (report.scale.sample_of != 1) {
    warnings.push_back(
        {"sampled_log",
         fmt::format("each row counts as {} requests of its own second (--sample-of): seconds of "
                     "which the log has no row count as empty, others as busier than they were, so "
                     "that reservoirs seem to take less",
                     grouped(report.scale.sample_of))});
  }
  if (report.replay.counts.draws_depend_on_order) {
    warnings.push_back(
        {"draws_depend_on_order",
         "rows came so late that equal ones before them were forgotten: what --scale-traffic drew "
         "for them depends on the log's order; give --reorder-memory more, or the log in order"});
  }
}

/// Why there is no month, or what to think of the one there is.
std::optional<Warning> month_warning(const Report& report) {
  if (report.prediction.no_month == NoMonth::too_many_requests) {
    return Warning{"no_month", "no month: at this rate it would hold more than 10^18 requests"};
  }
  if (!report.prediction.month) {
    return Warning{"no_month", "no month: one row says nothing about the rest of it"};
  }
  const double seconds = report.replay.span->seconds().value_or(0);
  if (seconds >= kShortLogSeconds) return std::nullopt;
  return Warning{"short_log",
                 fmt::format("the log covers {}, less than a day: the month is this traffic over "
                             "and over, day and night",
                             duration_text(seconds))};
}

std::string_view why_no_requests(const InputCounts& counts) {
  if (counts.rejected_rows > 0) return "no row could be read";
  if (counts.filtered_rows > 0) return "--from, --to and --where leave no row";
  return "the log holds no request";
}

}  // namespace

std::vector<Warning> report_warnings(const Report& report) {
  std::vector<Warning> warnings;
  const ReplayResult& replay = report.replay;
  const InputCounts& counts = replay.counts;
  if (replay.partial) {
    warnings.push_back(
        {"partial", report.is_cut_short
                        ? "interrupted: the log was read, but not all was predicted; "
                          "ranges or lines of the table are left out"
                        : "interrupted: this is the part of the log that was read"});
  }
  for (const LogNotice& notice : replay.notices) warnings.push_back({notice.code, notice.message});
  add_rejected_rows(counts, warnings);
  add_scale_warnings(report, warnings);
  if (counts.late_rows > 0) {
    warnings.push_back(
        {"late_rows",
         fmt::format(
             "{} left out: newer ones had filled --reorder-memory before; give it more, or the "
             "log in order",
             rows_text(counts.late_rows))});
  }
  if (counts.out_of_order_rows > 0) {
    warnings.push_back(
        {"out_of_order_rows",
         fmt::format("{} earlier than a row before in the same file{}",
                     rows_text(counts.out_of_order_rows),
                     counts.late_rows > 0 ? "" : "; the figures do not depend on the order")});
  }
  if (!replay.span) {
    warnings.push_back({"no_requests", std::string(why_no_requests(counts))});
    return warnings;
  }
  if (counts.requests > counts.upstream_decided) {
    for (const Field field : kFields) {
      if (replay.field_seen[static_cast<std::size_t>(field)]) continue;
      if (auto warning = absent_field(report.rules, field)) warnings.push_back(*std::move(warning));
    }
  }
  for (Warning& warning : quality_warnings(replay.quality)) warnings.push_back(std::move(warning));
  if (report.tables.by_endpoint && report.tables.by_endpoint->other) {
    warnings.push_back(
        {"endpoints_left_out",
         fmt::format("the first {} endpoints are told apart, {} of further ones count as other",
                     grouped(std::uint64_t{GroupBreakdown::kMostEndpoints}),
                     requests_text(report.tables.by_endpoint->other->requests()))});
  }
  if (counts.broken_requests > 0) {
    warnings.push_back(
        {"recorder_breaks",
         fmt::format("{} would end {} with an error; here they count for the rule after the one "
                     "that does it (simulate explain shows which)",
                     requests_text(counts.broken_requests), report.rules.recorder().name)});
  }
  if (auto warning = attributes_unknown(report.rules)) warnings.push_back(*std::move(warning));
  if (auto warning = rules_converted(report.rules)) warnings.push_back(*std::move(warning));
  add_range_warnings(report, warnings);
  if (auto warning = month_warning(report)) warnings.push_back(*std::move(warning));
  return warnings;
}

std::vector<Warning> quality_warnings(const RowQuality& quality) {
  const std::uint64_t absent = quality.absent[static_cast<std::size_t>(Field::host)];
  const std::uint64_t hosts = quality.requests - absent;
  std::vector<Warning> warnings;
  // A few are health checks, which load balancers send to addresses.
  if (hosts > 0 && quality.address_hosts > hosts / 2) {
    warnings.push_back(
        {"host_is_address",
         fmt::format("the hosts of {} are addresses: if they are the clients', name the column of "
                     "the Host header with --map host=HEADER",
                     requests_text(quality.address_hosts))});
  }
  return warnings;
}

}  // namespace dosimeter::sim
