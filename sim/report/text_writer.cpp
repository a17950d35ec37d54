#include "sim/report/text_writer.h"

#include "sim/report/fleet_text.h"
#include "sim/report/group_text.h"
#include "sim/report/number_text.h"
#include "sim/report/quality_parts.h"
#include "sim/report/text_parts.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace dosimeter::sim {
namespace {

constexpr double kBarWidth = 10;

std::string rules_line(const Report& report) {
  return fmt::format("{}, recorder {}, {}\n", rules_text(report), report.rules.recorder().name,
                     instances_text(report));
}

std::string input_lines(const Report& report) {
  std::string text = log_line(report);
  if (report.replay.counts.upstream_decided > 0) {
    text += fmt::format("{} of them decided upstream by their trace header, not by these rules\n",
                        grouped(report.replay.counts.upstream_decided));
  }
  const RowQuality& quality = report.replay.quality;
  return text + traffic_line(report) + left_out_line(report) +
         quality_line(quality, quality_context(report.replay)) + missing_line(quality);
}

/// `82 % ################`: how much of the bill a rule is.
std::string share_text(double share) {
  const auto bar = static_cast<std::size_t>(std::lround(share * kBarWidth));
  return fmt::format("{:3.0f} % {}", share * 100, std::string(bar, '#'));
}

std::string rule_name(const Report& report, std::size_t index) {
  const Rule& rule = report.rules.rules()[index];
  std::string name = printable(rule.name(), kLongestName);
  if (!rule.description().empty()) name += " " + printable(rule.description(), kLongestName);
  const auto rule_index = static_cast<RuleIndex>(index);
  if (report.rules.is_stand_in(rule_index) && report.rules.fallback() == Fallback::aws_default) {
    name += " (AWS's own)";
  }
  return name;
}

std::vector<std::string> count_cells(const PredictedTraces& traces) {
  return {grouped(traces.matched), grouped(traces.reservoir_taken, 0),
          grouped(traces.rate_taken, 1), grouped(traces.recorded.expected, 1),
          range_text(traces.recorded.low, traces.recorded.high)};
}

/// `5/s + 10 %`: what a rule takes of what it matches.
std::string takes_text(const Rule& rule) {
  return grouped(std::uint64_t{rule.reservoir_size()}) + "/s + " +
         percent_text(rule.fixed_rate().value());
}

std::string rules_table(const Report& report) {
  using Align = TextTable::Align;
  const Prediction& prediction = report.prediction;
  TextTable table({Align::right, Align::left, Align::left, Align::right, Align::right, Align::right,
                   Align::right, Align::right, Align::right, Align::left});
  const auto add = [&](std::vector<std::string> cells, const PredictedTraces& traces,
                       std::string cost, std::string share) {
    for (std::string& cell : count_cells(traces)) cells.push_back(std::move(cell));
    cells.push_back(std::move(cost));
    cells.push_back(std::move(share));
    table.add(std::move(cells));
  };
  const bool has_month = prediction.month.has_value();
  const std::string& currency = report.settings.prices.currency;
  table.add({"priority", "rule", "takes", "RequestCount", "reservoir", "rate", "SampledCount",
             percent_text(report.settings.confidence), has_month ? "a month" : "",
             has_month ? "of all" : ""});
  const std::size_t rules = report.rules.rules().size();
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < rules; ++i) {
    const Rule& rule = report.rules.rules()[i];
    const RulePrediction& predicted = prediction.rules[i];
    if (rules > kMostRules && predicted.traces.matched == 0 && !rule.is_default()) {
      ++left_out;
      continue;
    }
    const double all = prediction.total.recorded.expected;
    add({fmt::format("{}", rule.priority()), rule_name(report, i), takes_text(rule)},
        predicted.traces, has_month ? money_text(*predicted.usd_per_month, currency) : "",
        has_month && all > 0 ? share_text(predicted.traces.recorded.expected / all) : "");
  }
  add({"", "total", ""}, prediction.total,
      has_month ? money_text(prediction.month->usd.expected, currency) : "", "");
  std::string text = table.to_string();
  if (left_out > 0) {
    text += fmt::format("  and {} rules that no request reached\n", grouped(left_out));
  }
  for (const IgnoredRule& ignored : report.rules.ignored()) {
    text += fmt::format("  {}: {}\n", printable(ignored.rule.name(), kLongestName), ignored.reason);
  }
  return text;
}

/// What to think of the figures, where they are not exact.
std::string month_lines(const Report& report) {
  if (!report.prediction.month) return "";
  const MonthPrediction& month = *report.prediction.month;
  const Prices& prices = report.settings.prices;
  const auto low = static_cast<std::uint64_t>(month.recorded.sampling.low);
  const auto high = static_cast<std::uint64_t>(month.recorded.sampling.high);
  std::string text = fmt::format(
      "\nA month of {} hours records {} traces ({}) and costs {} ({} to {}).\n",
      fmt::format("{:.6g}", report.settings.month_hours), grouped(month.recorded.expected, 0),
      range_text(low, high), money_text(month.usd.expected, prices.currency),
      money_text(month.usd.sampling.low, prices.currency),
      money_text(month.usd.sampling.high, prices.currency));
  const std::uint64_t used = std::min(report.settings.free_tier_used, prices.free_per_month);
  text += fmt::format("{} a million after {} free a month{}, prices of {}{}.\n",
                      money_text(prices.price_per_million, prices.currency),
                      grouped(prices.free_per_month),
                      used == 0 ? "" : fmt::format(" ({} used elsewhere)", grouped(used)),
                      prices.date, method_text(report));
  return text;
}

}  // namespace

std::string write_text(const Report& report) {
  const std::string text =
      input_lines(report) + rules_line(report) + "\n" + rules_table(report) + month_lines(report);
  return text + boost_lines(report) + tables_text(report.tables) + fleets_table(report) +
         warning_lines(report.warnings);
}

}  // namespace dosimeter::sim
