#include "sim/predict/group_prediction.h"

#include <algorithm>
#include <utility>

namespace dosimeter::sim {
namespace {

PredictedGroup predicted(GroupTraffic traffic, TakenShares& shares, std::span<const Rate> rates) {
  PredictedGroup group{std::move(traffic.name), traffic.hour, traffic.upstream_decided, 0, 0, 0};
  for (const GroupLoad& load : traffic.loads) {
    const double requests = static_cast<double>(load.requests);
    const double taken = requests * shares.of(load);
    group.matched += load.requests;
    group.reservoir_taken += taken;
    group.rate_taken += (requests - taken) * rates[load.rule].value();
  }
  return group;
}

std::optional<PredictedTable> table_of(std::optional<std::vector<GroupTraffic>> groups,
                                       TakenShares& shares, std::span<const Rate> rates) {
  if (!groups) return std::nullopt;
  PredictedTable table;
  table.method = shares.method();
  for (GroupTraffic& group : *groups) {
    table.groups.push_back(predicted(std::move(group), shares, rates));
  }
  return table;
}

}  // namespace

PredictedTables predict_tables(GroupedTraffic traffic, TakenShares& shares,
                               std::span<const Rate> rates) {
  PredictedTables tables;
  tables.by_endpoint = table_of(std::move(traffic.by_endpoint), shares, rates);
  tables.by_status = table_of(std::move(traffic.by_status), shares, rates);
  tables.by_hour = table_of(std::move(traffic.by_hour), shares, rates);
  if (tables.by_endpoint) {
    std::stable_sort(tables.by_endpoint->groups.begin(), tables.by_endpoint->groups.end(),
                     [](const PredictedGroup& a, const PredictedGroup& b) {
                       return a.expected() > b.expected();
                     });
    if (traffic.other_endpoints) {
      tables.by_endpoint->other = predicted(*std::move(traffic.other_endpoints), shares, rates);
    }
  }
  return tables;
}

}  // namespace dosimeter::sim
