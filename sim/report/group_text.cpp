#include "sim/report/group_text.h"

#include "sim/breakdown/endpoint_text.h"
#include "sim/report/number_text.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kLongestEndpoint = 60;

std::string rate_text(const PredictedGroup& group) {
  const auto rate = group.effective_rate();
  return rate ? fmt::format("{:.3g} %", *rate * 100) : std::string("-");
}

std::string endpoint_text(const PredictedGroup& group) {
  const EndpointParts parts = endpoint_parts(group.name);
  const auto shown = [](std::string_view part) {
    return part.empty() ? std::string("-") : printable(part, kLongestEndpoint);
  };
  return shown(parts.method) + " " + shown(parts.path);
}

PredictedGroup sum_of(const std::vector<const PredictedGroup*>& groups) {
  PredictedGroup sum;
  for (const PredictedGroup* group : groups) {
    sum.upstream_decided += group->upstream_decided;
    sum.matched += group->matched;
    sum.reservoir_taken += group->reservoir_taken;
    sum.rate_taken += group->rate_taken;
  }
  return sum;
}

bool any_upstream(const PredictedTable& table) {
  const auto is_some = [](const PredictedGroup& group) { return group.upstream_decided > 0; };
  return std::any_of(table.groups.begin(), table.groups.end(), is_some) ||
         (table.other && is_some(*table.other));
}

/// One table, `name_of(group)` in its first column.
template <typename NameOf>
std::string table_text(const PredictedTable& table, const std::string& heading,
                       const std::string& column, std::size_t most_lines, NameOf&& name_of) {
  using Align = TextTable::Align;
  TextTable text({Align::left, Align::right, Align::right, Align::right, Align::right});
  const bool upstream = any_upstream(table);
  const auto add = [&](std::string name, const PredictedGroup& group) {
    text.add({std::move(name), grouped(group.requests()),
              upstream ? grouped(group.upstream_decided) : "", grouped(group.expected(), 1),
              rate_text(group)});
  };
  text.add({column, "requests", upstream ? "upstream" : "", "traces", "effective rate"});
  // The lines with the most traces, in the order of the table.
  std::vector<std::size_t> lines(table.groups.size());
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = i;
  std::stable_sort(lines.begin(), lines.end(), [&](std::size_t a, std::size_t b) {
    return table.groups[a].expected() > table.groups[b].expected();
  });
  const std::size_t shown = std::min(lines.size(), most_lines);
  std::vector<const PredictedGroup*> left_out;
  for (std::size_t i = shown; i < lines.size(); ++i) left_out.push_back(&table.groups[lines[i]]);
  lines.resize(shown);
  std::sort(lines.begin(), lines.end());
  for (const std::size_t line : lines) add(name_of(table.groups[line]), table.groups[line]);
  if (!left_out.empty()) {
    add(fmt::format("and {} more", grouped(std::uint64_t{left_out.size()})), sum_of(left_out));
  }
  if (table.other) add("other", *table.other);
  return fmt::format(
      "\n{}{}:\n\n{}", heading,
      table.method == Method::exact ? "" : " (a rule's requests taken to fare alike)",
      text.to_string());
}

}  // namespace

std::string hour_text(std::int64_t hour) {
  return utc_text(TimePoint(std::chrono::hours(hour)));
}

std::string tables_text(const PredictedTables& tables) {
  std::string text;
  if (tables.by_endpoint) {
    text += table_text(*tables.by_endpoint, "By endpoint, most traces first", "endpoint",
                       kMostEndpointLines, endpoint_text);
  }
  if (tables.by_status) {
    text += table_text(*tables.by_status, "By status", "status", kMostEndpointLines,
                       [](const PredictedGroup& group) { return group.name; });
  }
  if (tables.by_hour) {
    text += table_text(*tables.by_hour, "By hour, UTC", "hour", kMostHourLines,
                       [](const PredictedGroup& group) {
                         constexpr std::size_t kToTheMinute = 16;
                         std::string shown = hour_text(group.hour).substr(0, kToTheMinute);
                         shown[10] = ' ';
                         return shown;
                       });
  }
  return text;
}

}  // namespace dosimeter::sim
