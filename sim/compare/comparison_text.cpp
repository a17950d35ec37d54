#include "sim/compare/comparison_text.h"

#include "sim/log/quoted_text.h"
#include "sim/report/fleet_text.h"
#include "sim/report/number_text.h"
#include "sim/report/quality_parts.h"
#include "sim/report/text_parts.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace dosimeter::sim {
namespace {

/// More changes than these are told by their number; the JSON has all.
constexpr std::size_t kMostShownChanges = 20;

std::string requests_text(std::uint64_t requests) {
  return requests == 1 ? "1 request" : grouped(requests) + " requests";
}

/// `2.5 %`: to a tenth, but nothing is not none.
std::string share_text(std::uint64_t part, std::uint64_t whole) {
  const double share = static_cast<double>(part) / static_cast<double>(whole) * 100;
  return share < 0.05 ? "less than 0.1 %" : fmt::format("{:.1f} %", share);
}

std::string_view name_of(const Report& report) {
  return report.rules.recorder().name;
}

/// `1,830.0 -> 2,944.5`, once where it is the same.
std::string change_text(const std::string& a, const std::string& b) {
  return a == b ? a + " under both" : a + " -> " + b;
}

std::string verdict(const Comparison& comparison) {
  const Report& a = comparison.a;
  const Report& b = comparison.b;
  const std::string who = fmt::format("from {} to {}", name_of(a), name_of(b));
  if (comparison.requests == 0)
    return fmt::format("No request changes rule {}: there is none.\n", who);
  std::string text;
  if (comparison.changed == 0) {
    text = comparison.requests == 1 ? fmt::format("The one request does not change rule {}.", who)
                                    : fmt::format("None of {} requests changes rule {}.",
                                                  grouped(comparison.requests), who);
  } else {
    text = fmt::format("Of {}, {} ({}) {} rule {}.", requests_text(comparison.requests),
                       grouped(comparison.changed),
                       share_text(comparison.changed, comparison.requests),
                       comparison.changed == 1 ? "changes" : "change", who);
  }
  text += fmt::format(" Expected traces: {}",
                      change_text(grouped(a.prediction.total.recorded.expected, 1),
                                  grouped(b.prediction.total.recorded.expected, 1)));
  if (a.prediction.month && b.prediction.month) {
    const std::string& currency = a.settings.prices.currency;
    text += fmt::format("; cost of a month: {}",
                        change_text(money_text(a.prediction.month->usd.expected, currency),
                                    money_text(b.prediction.month->usd.expected, currency)));
  }
  return text + ".\n";
}

std::string input_lines(const Comparison& comparison) {
  const Report& a = comparison.a;
  const Report& b = comparison.b;
  const std::string in_a = instances_text(a);
  const std::string in_b = instances_text(b);
  const bool same = in_a == in_b && a.fleet.mode == b.fleet.mode;
  // What requests lack is as the recorder sees them.
  const std::string missing_in_a = missing_line(a.replay.quality);
  const std::string missing_in_b = missing_line(b.replay.quality);
  const bool lack_the_same = missing_in_a == missing_in_b;
  const auto side = [&](char letter, const Report& report, const std::string& instances,
                        const std::string& missing) {
    const std::string text =
        fmt::format("{}: {} ({}){}\n", letter, name_of(report), report.rules.recorder().title,
                    same ? "" : fmt::format(", {}, {}", mode_name(report), instances));
    return text + (lack_the_same || missing.empty() ? "" : "   " + missing);
  };
  return log_line(a) + traffic_line(a) + left_out_line(a) +
         quality_line(a.replay.quality, quality_context(a.replay)) +
         (lack_the_same ? missing_in_a : "") + rules_text(a) + (same ? ", " + in_a : "") + "\n" +
         side('A', a, in_a, missing_in_a) + side('B', b, in_b, missing_in_b);
}

std::string rule_name(const ComparedRule& rule) {
  const bool is_awss_own = rule.implicit && rule.name == kDefaultRuleName;
  return printable(rule.name, kLongestName) + (is_awss_own ? " (AWS's own)" : "");
}

std::vector<std::string> trace_cells(const PredictedTraces& traces) {
  return {grouped(traces.recorded.expected, 1),
          range_text(traces.recorded.low, traces.recorded.high)};
}

/// What a side's cells are made of.
struct SideCells {
  std::string requests;
  std::vector<std::string> traces = {"", ""};
  std::string money;
};

SideCells side_cells(const ComparedSide& side, const std::string& currency) {
  if (!side.prediction) return {"ignored", {"", ""}, ""};
  const auto& money = side.prediction->usd_per_month;
  return {grouped(side.prediction->traces.matched), trace_cells(side.prediction->traces),
          money ? money_text(*money, currency) : ""};
}

SideCells total_cells(const Report& report) {
  const auto& month = report.prediction.month;
  return {grouped(report.prediction.total.matched), trace_cells(report.prediction.total),
          month ? money_text(month->usd.expected, report.settings.prices.currency) : ""};
}

bool is_reached(const ComparedSide& side) {
  return side.prediction && side.prediction->traces.matched > 0;
}

std::string rules_table(const Comparison& comparison) {
  using Align = TextTable::Align;
  std::vector<Align> columns(11, Align::right);
  columns[0] = Align::left;
  TextTable table(std::move(columns));
  const auto add = [&](std::string name, SideCells a, SideCells b, const Movement& movement) {
    table.add({std::move(name), std::move(a.requests), std::move(b.requests),
               movement.left == 0 ? "" : grouped(movement.left),
               movement.came == 0 ? "" : grouped(movement.came), std::move(a.traces[0]),
               std::move(a.traces[1]), std::move(b.traces[0]), std::move(b.traces[1]),
               std::move(a.money), std::move(b.money)});
  };
  const Report& a = comparison.a;
  const Report& b = comparison.b;
  const bool has_month = a.prediction.month || b.prediction.month;
  const std::string confidence = percent_text(a.settings.confidence);
  table.add({"rule", "requests A", "requests B", "left", "came", "traces A", confidence, "traces B",
             confidence, has_month ? "a month A" : "", has_month ? "a month B" : ""});
  std::size_t left_out = 0;
  for (const ComparedRule& rule : comparison.rules) {
    if (comparison.rules.size() > kMostRules && !is_reached(rule.a) && !is_reached(rule.b)) {
      ++left_out;
      continue;
    }
    const std::string& currency = a.settings.prices.currency;
    add(rule_name(rule), side_cells(rule.a, currency), side_cells(rule.b, currency), rule.movement);
  }
  if (a.replay.counts.upstream_decided > 0 || b.replay.counts.upstream_decided > 0) {
    add("(decided upstream)", {grouped(a.replay.counts.upstream_decided), {"", ""}, ""},
        {grouped(b.replay.counts.upstream_decided), {"", ""}, ""}, comparison.upstream);
  }
  add("total", total_cells(a), total_cells(b), {});
  std::string text = "\n" + table.to_string();
  if (left_out > 0) {
    text += fmt::format("  and {} rules that no request reached\n", grouped(left_out));
  }
  for (const Report* report : {&a, &b}) {
    for (const IgnoredRule& ignored : report->rules.ignored()) {
      text += fmt::format("  {}, under {}: {}\n", printable(ignored.rule.name(), kLongestName),
                          name_of(*report), ignored.reason);
    }
  }
  return text;
}

std::string signed_text(double number, int decimals) {
  const std::string text = grouped(std::abs(number), decimals);
  const bool is_zero = text.find_first_not_of("0.,") == text.npos;
  return (is_zero ? "" : number < 0 ? "-" : "+") + text;
}

std::string signed_money(const std::optional<double>& amount, const std::string& currency) {
  if (!amount) return "";
  const std::string text = money_text(std::abs(*amount), currency);
  const bool is_zero = text == money_text(0, currency);
  return (is_zero ? "" : *amount < 0 ? "-" : "+") + text;
}

/// Who took how many, and which differences move them.
std::string volume_text(const Comparison& comparison) {
  using Align = TextTable::Align;
  const Report& a = comparison.a;
  const Report& b = comparison.b;
  const std::string& currency = a.settings.prices.currency;
  const PredictedTraces& total_a = a.prediction.total;
  const PredictedTraces& total_b = b.prediction.total;
  TextTable figures({Align::left, Align::right, Align::right});
  const auto add = [&](const char* name, double of_a, double of_b) {
    figures.add({name, grouped(of_a, 1), grouped(of_b, 1)});
  };
  figures.add({"traces", "A", "B"});
  add("by the reservoir", total_a.reservoir_taken - total_a.borrowed,
      total_b.reservoir_taken - total_b.borrowed);
  add("borrowed", total_a.borrowed, total_b.borrowed);
  add("by the rate", total_a.rate_taken, total_b.rate_taken);
  std::string text = "\n" + figures.to_string();
  for (const Report* report : {&a, &b}) {
    const std::string method = method_text(*report);
    if (!method.empty()) text += fmt::format("{}: {}\n", name_of(*report), method.substr(2));
  }
  const VolumeComparison& volume = comparison.volume;
  // Those that move nothing are left out.
  const auto moves = [](double traces) {
    return signed_text(traces, 1).find_first_not_of("0.,") != std::string::npos;
  };
  const bool any = moves(volume.remainder) ||
                   std::any_of(volume.shifts.begin(), volume.shifts.end(),
                               [&](const VolumeShift& shift) { return moves(shift.recorded); });
  if (!any) return text;
  TextTable shifts({Align::left, Align::right, Align::right});
  const bool has_month = volume.usd_remainder.has_value();
  shifts.add({"what moves them from A to B, each alone", "traces", has_month ? "a month" : ""});
  for (const VolumeShift& shift : volume.shifts) {
    if (!moves(shift.recorded)) continue;
    shifts.add({std::string(shift.name), signed_text(shift.recorded, 1),
                signed_money(shift.usd_per_month, currency)});
  }
  shifts.add({"all together, beyond that sum", signed_text(volume.remainder, 1),
              signed_money(volume.usd_remainder, currency)});
  return text + "\n" + shifts.to_string();
}

/// `traffic.csv:12: GET, host shop.example, path /a`.
std::string example_text(const ExampleRequest& example) {
  std::string text;
  const auto add = [&](const char* what, const std::optional<std::string>& value) {
    if (!value) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", what, in_quotes(*value, kShownBytes));
  };
  add("method", example.http_method);
  add("host", example.host);
  add("path", example.target);
  add("service", example.service_name);
  add("service type", example.service_type);
  add("resource ARN", example.resource_arn);
  add("trace header", example.trace_header);
  return fmt::format("{}:{}: {}", example.file, example.line,
                     text.empty() ? "no field at all" : text);
}

std::string causes_text(const Comparison& comparison, const Causes& causes) {
  std::vector<const ChoiceDifference*> named;
  for (std::size_t i = 0; i < comparison.differences.size(); ++i) {
    if (causes.has(i)) named.push_back(&comparison.differences[i]);
  }
  std::string text;
  if (named.size() > 1) {
    text = causes.together ? "    because of all of these together:\n"
                           : "    because of these, each of which is enough:\n";
  }
  for (const ChoiceDifference* difference : named) {
    text += fmt::format("    {}{}\n      A: {}\n      B: {}\n",
                        named.size() > 1 ? "- " : "because of the ", difference->name,
                        difference->a.meaning, difference->b.meaning);
  }
  return text;
}

std::string changes_text(const Comparison& comparison) {
  std::string text;
  const std::size_t shown = std::min(comparison.changes.size(), kMostShownChanges);
  for (std::size_t i = 0; i < shown; ++i) {
    const Change& change = comparison.changes[i];
    text += fmt::format("\n  {}: {} -> {}\n{}    first {}\n", requests_text(change.requests),
                        printable(comparison.names.name(change.from), kLongestName),
                        printable(comparison.names.name(change.to), kLongestName),
                        causes_text(comparison, change.causes), example_text(change.example));
  }
  if (shown < comparison.changes.size()) {
    text += fmt::format("\n  and {} more kinds of change, see --format json\n",
                        grouped(std::uint64_t{comparison.changes.size() - shown}));
  }
  return text;
}

}  // namespace

std::string write_comparison_text(const Comparison& comparison) {
  return verdict(comparison) + "\n" + input_lines(comparison) + rules_table(comparison) +
         volume_text(comparison) + changes_text(comparison) + warning_lines(comparison.warnings);
}

}  // namespace dosimeter::sim
