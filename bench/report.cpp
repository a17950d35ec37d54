#include "bench/report.h"

#include "bench/figure_text.h"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <thread>

namespace dosimeter::bench {
namespace {

using Row = std::vector<std::string>;

/// The first row is the head. All columns but the first and those from `left_from` on are numbers.
std::string table(const std::vector<Row>& rows, ReportForm form, std::size_t left_from) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  const auto is_number = [&](std::size_t column) { return column > 0 && column < left_from; };
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - row[i].size(), ' ');
      if (form == ReportForm::markdown) {
        line += (i == 0 ? "| " : " | ") + row[i];
      } else {
        line += i == 0 ? "" : "  ";
        line += is_number(i) ? padding + row[i] : row[i] + padding;
      }
    }
    if (form == ReportForm::markdown) line += " |";
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    if (form == ReportForm::markdown && &row == &rows.front()) {
      for (std::size_t i = 0; i < row.size(); ++i) text += is_number(i) ? "|--:" : "|---";
      text += "|\n";
    }
  }
  return text + "\n";
}

std::string bytes_text(double bytes) {
  if (bytes < 1024) return short_number(bytes) + " B";
  return bytes < 1024 * 1024 ? short_number(bytes / 1024) + " KiB"
                             : short_number(bytes / (1024 * 1024)) + " MiB";
}

std::string figures_table(const std::vector<Measured>& measured, ReportForm form) {
  std::vector<Row> rows = {{"benchmark", "median", "spread", "beside"}};
  for (const Measured& one : measured) {
    if (!one.error.empty() || one.nanoseconds.empty()) {
      rows.push_back({one.name, "-", "-", "FAILED: " + one.error});
      continue;
    }
    std::string beside;
    for (const auto& [name, value] : one.counters) {
      const std::size_t unit = name.find("_bytes");
      if (unit == std::string::npos) continue;
      beside += (beside.empty() ? "" : ", ") + name.substr(0, unit) + " " + bytes_text(value);
    }
    rows.push_back({one.name, duration_text(one.median()), percent(one.spread()), beside});
  }
  return table(rows, form, 3);
}

std::string with_unit(double value, const Goal& goal) {
  return short_number(value) + (goal.unit.empty() ? "" : " " + goal.unit);
}

std::string median_text(const Measured* measured) {
  if (measured == nullptr) return {};
  return duration_text(measured->median()) + " (" + percent(measured->spread()) + ")";
}

std::string verdicts_table(const std::vector<Verdict>& verdicts, ReportForm form) {
  std::vector<Row> rows = {{"goal", "medians", "", "ratio", "limit", "verdict"}};
  for (const Verdict& verdict : verdicts) {
    if (verdict.outcome == Verdict::Outcome::not_measured) continue;
    const Goal& goal = verdict.goal;
    const bool is_counter = !goal.counter.empty();
    rows.push_back(
        {goal.name, is_counter ? "" : median_text(verdict.figure),
         verdict.divisor == nullptr ? "" : "/ " + median_text(verdict.divisor),
         with_unit(verdict.value, goal),
         (goal.bound == Goal::Bound::at_least ? ">= " : "<= ") + with_unit(goal.limit, goal),
         verdict.text});
  }
  return rows.size() == 1 ? std::string() : table(rows, form, 5);
}

/// How many verdicts of each kind there are: `3 met, 1 missed`.
std::string summary(const std::vector<Verdict>& verdicts) {
  using Outcome = Verdict::Outcome;
  const auto count = [&](Outcome outcome) {
    return std::count_if(verdicts.begin(), verdicts.end(),
                         [&](const Verdict& verdict) { return verdict.outcome == outcome; });
  };
  return "goals: " + std::to_string(count(Outcome::met) + count(Outcome::met_beyond)) + " met, " +
         std::to_string(count(Outcome::missed)) + " missed, " +
         std::to_string(count(Outcome::not_judged)) + " not judged, " +
         std::to_string(count(Outcome::not_measured)) + " not measured\n";
}

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) {
      return line.substr(colon + 2);
    }
  }
  return "processor not known";
}

}  // namespace

RunFacts run_facts(std::string commit) {
  RunFacts facts;
  facts.machine =
      processor() + ", " + std::to_string(std::thread::hardware_concurrency()) + " processors";
#ifdef __clang__
  facts.compiler = __VERSION__;
#else
  facts.compiler = "g++ " __VERSION__;
#endif
  facts.commit = std::move(commit);
  return facts;
}

std::string report(const RunFacts& facts, const std::vector<Measured>& measured,
                   const std::vector<Verdict>& verdicts, ReportForm form) {
  std::size_t repetitions = 0;
  for (const Measured& one : measured) {
    repetitions = std::max(repetitions, one.nanoseconds.size());
  }
  std::string text = facts.machine + "; " + facts.compiler;
  if (!facts.commit.empty()) text += "; commit " + facts.commit;
  text += "; medians of " + std::to_string(repetitions) +
          " repetitions, spread: standard deviation by mean\n\n";
  text += figures_table(measured, form);
  const std::string judged = verdicts_table(verdicts, form);
  if (!judged.empty()) text += judged + summary(verdicts);
  return text;
}

}  // namespace dosimeter::bench
