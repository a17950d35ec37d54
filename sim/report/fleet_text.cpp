#include "sim/report/fleet_text.h"

#include "sim/report/number_text.h"
#include "sim/report/text_parts.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

bool uses_quotas(const Report& report) {
  return report.rules.recorder().quota.use == QuotaUse::used;
}

/// What each of several instances has of a reservoir.
std::string_view reservoirs_text(const Report& report) {
  if (report.fleet.mode == RuleKind::local) return "with a whole reservoir each";
  if (!uses_quotas(report)) return "that borrow one a second each";
  switch (report.fleet.allocation) {
    case Allocation::even:
      return "with even shares";
    case Allocation::proportional:
      return "with shares by their requests";
    case Allocation::borrow_only:
      break;
  }
  return "without quotas, borrowing one a second each";
}

std::string fleets_heading(const Report& report, bool split) {
  std::string text =
      "\nThe same log on so many instances, each request going to any of them alike, ";
  if (report.fleet.mode == RuleKind::local) {
    return text + "each with the whole of every\nreservoir:\n\n";
  }
  if (!uses_quotas(report)) {
    return text +
           "each borrowing one a second\nof every reservoir, as this recorder spends no "
           "quota:\n\n";
  }
  text += report.fleet.allocation == Allocation::borrow_only
              ? "none with a quota, borrowing\none a second"
              : "if X-Ray splits reservoirs\nevenly";
  return text + (split
                     ? "; behind that the range over the models of --allocation, as X-Ray does not "
                       "publish its own:\n\n"
                     : ":\n\n");
}

std::string range_of(const std::optional<Range>& range) {
  if (!range) return "";
  return grouped(range->low, 0) + "-" + grouped(range->high, 0);
}

}  // namespace

std::string_view mode_name(const Report& report) {
  return report.fleet.mode == RuleKind::central ? "central" : "local";
}

std::string instances_text(const Report& report) {
  const char* const from_start = report.fleet.startup ? ", from the start" : "";
  if (report.instances == 1 && !report.fleet.has_column()) {
    const bool borrows = report.fleet.allocation == Allocation::borrow_only;
    return std::string("one instance") + (borrows ? " that borrows one a second" : "") + from_start;
  }
  std::string text = report.instances == 1 ? "one instance"
                                           : fmt::format("{} instances", grouped(report.instances));
  if (report.fleet.has_column()) {
    text += fmt::format(" of column {}", printable(report.fleet.column, kLongestName));
  }
  return text + fmt::format(" {}", reservoirs_text(report)) +
         (report.fleet.startup ? ", from their start" : "");
}

std::string fleets_table(const Report& report) {
  if (report.fleets.empty()) return "";
  const bool split = std::any_of(report.fleets.begin(), report.fleets.end(),
                                 [](const FleetLine& line) { return line.recorded_model; });
  const bool has_month = report.prediction.month.has_value();
  const bool simulated =
      std::any_of(report.fleets.begin(), report.fleets.end(),
                  [](const FleetLine& line) { return line.recorded.standard_error.has_value(); });
  const std::string& currency = report.settings.prices.currency;
  TextTable table(std::vector<TextTable::Align>(7, TextTable::Align::right));
  table.add({"instances", "traces", percent_text(report.settings.confidence),
             simulated ? "std. error" : "", has_month ? "a month" : "", split ? "models" : "",
             split && has_month ? "a month" : ""});
  for (const FleetLine& line : report.fleets) {
    const auto& error = line.recorded.standard_error;
    std::string dollars;
    if (line.usd_model) {
      dollars = money_text(line.usd_model->low, currency) + "-" +
                money_text(line.usd_model->high, currency);
    }
    table.add({grouped(line.instances), grouped(line.recorded.expected, 1),
               range_text(line.recorded.low, line.recorded.high), error ? grouped(*error, 1) : "",
               line.usd_per_month ? money_text(*line.usd_per_month, currency) : "",
               range_of(line.recorded_model), std::move(dollars)});
  }
  return fleets_heading(report, split) + table.to_string();
}

std::string boost_lines(const Report& report) {
  std::string text;
  for (const BoostBound& boost : report.boosts) {
    const Rule& rule = report.rules.rules()[boost.rule];
    text += fmt::format(
        "{}{}: boosts up to {}, {}, add at most {} traces{}.\n", text.empty() ? "\n" : "",
        printable(rule.name(), kLongestName), percent_text(boost.maximum_rate),
        boost.cooldown_minutes <= 1
            ? "a minute each, one after the other"
            : fmt::format("a minute in {}",
                          grouped(static_cast<std::uint64_t>(boost.cooldown_minutes))),
        grouped(boost.recorded, 0),
        boost.usd_per_month
            ? fmt::format(", {} and {} in a month", grouped(*boost.recorded_per_month, 0),
                          money_text(*boost.usd_per_month, report.settings.prices.currency))
            : "");
  }
  return text;
}

}  // namespace dosimeter::sim
