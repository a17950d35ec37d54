#include "sim/breakdown/group_breakdown.h"

#include "sim/breakdown/group_part.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace dosimeter::sim {
namespace {

void sort_loads(std::vector<GroupTraffic>& groups) {
  for (GroupTraffic& group : groups) {
    std::sort(group.loads.begin(), group.loads.end(), [](const GroupLoad& a, const GroupLoad& b) {
      return std::tie(a.rule, a.instance, a.load) < std::tie(b.rule, b.instance, b.load);
    });
  }
}

bool is_empty(const GroupTraffic& group) {
  return group.loads.empty() && group.upstream_decided == 0;
}

}  // namespace

std::unique_ptr<BlockBreakdown> GroupBreakdown::make_part() const {
  return std::make_unique<GroupPart>(tables_);
}

std::uint32_t GroupBreakdown::group_of_endpoint(std::string_view text) {
  const std::uint32_t number = endpoints_.add(text, most_endpoints_);
  return kFirstEndpointGroup + (number == NumberedTexts::kNoNumber
                                    ? static_cast<std::uint32_t>(most_endpoints_)
                                    : number);
}

void GroupBreakdown::merge(const BlockBreakdown& part, std::span<const TallyCell> cells) {
  const auto& block = static_cast<const GroupPart&>(part);
  // By the block's group: what it is in the whole input. In the order of first appearance.
  std::vector<std::uint32_t> group_of(kFirstEndpointGroup + block.endpoints().size());
  for (std::uint32_t i = 0; i < group_of.size(); ++i) {
    group_of[i] = i < kFirstEndpointGroup
                      ? i
                      : group_of_endpoint(block.endpoints().text(i - kFirstEndpointGroup));
  }
  constexpr std::uint32_t kNoPlace = ~std::uint32_t{0};
  std::vector<std::uint32_t> place_of(cells.size(), kNoPlace);
  const auto place_of_cell = [&](std::uint32_t cell) {
    if (place_of[cell] == kNoPlace) place_of[cell] = open_.place_of(cells[cell]);
    return place_of[cell];
  };
  block.counts().for_each([&](const CountTable::Entry& entry) {
    open_.add(place_of_cell(entry.first), group_of[entry.second], entry.count);
  });
  for (std::uint32_t cell = 0; cell < block.decided().size(); ++cell) {
    if (block.decided()[cell] > 0) open_.add(place_of_cell(cell), block.decided()[cell]);
  }
  for (std::size_t i = 0; i < block.upstream().size(); ++i) {
    if (upstream_.size() <= group_of[i]) upstream_.resize(group_of[i] + 1);
    upstream_[group_of[i]] += block.upstream()[i];
  }
  for (const auto& [hour, count] : block.upstream_by_hour()) hours_[hour].upstream += count;
}

void GroupBreakdown::close(std::span<const TallyCell> closed, std::int64_t) {
  open_.close(
      closed, classes_,
      [&](std::uint32_t load_class, std::uint32_t group, std::uint64_t count) {
        loads_.add(load_class, group, count);
      },
      [&](std::uint32_t load_class, std::int64_t second, std::uint64_t count) {
        if (count == 0) return;
        Hour& hour = hours_[hour_of_second(second)];
        if (hour.place == 0) hour.place = ++hour_places_;
        hour_loads_.add(load_class, hour.place, count);
      });
}

std::vector<GroupTraffic> GroupBreakdown::groups_of(const CountTable& loads,
                                                    std::size_t groups) const {
  std::vector<GroupTraffic> traffic(groups);
  loads.for_each([&](const CountTable::Entry& entry) {
    const LoadClass& of = classes_[entry.first];
    traffic[entry.second].loads.push_back({of.rule, of.instance, of.load, entry.count});
  });
  sort_loads(traffic);
  return traffic;
}

GroupedTraffic GroupBreakdown::finish() && {
  GroupedTraffic found;
  if (tables_.by_hour) {
    std::vector<GroupTraffic> by_place = groups_of(hour_loads_, hour_places_ + 1);
    found.by_hour.emplace();
    for (const auto& [number, hour] : hours_) {
      GroupTraffic group = hour.place == 0 ? GroupTraffic{} : std::move(by_place[hour.place]);
      group.hour = number;
      group.upstream_decided = hour.upstream;
      found.by_hour->push_back(std::move(group));
    }
  }
  const std::size_t other = kFirstEndpointGroup + most_endpoints_;
  const std::size_t groups =
      tables_.by_endpoint ? kFirstEndpointGroup + endpoints_.size() : kFirstEndpointGroup;
  // The endpoints past those that are told apart stand behind all others.
  upstream_.resize(other + 1);
  std::vector<GroupTraffic> by_group = groups_of(loads_, other + 1);
  for (std::size_t i = 0; i < by_group.size(); ++i) by_group[i].upstream_decided = upstream_[i];
  if (tables_.by_status) {
    found.by_status.emplace();
    for (std::size_t i = 0; i < kStatusClassCount; ++i) {
      if (is_empty(by_group[i])) continue;
      by_group[i].name = kStatusClassNames[i];
      found.by_status->push_back(std::move(by_group[i]));
    }
  }
  if (tables_.by_endpoint) {
    found.by_endpoint.emplace();
    for (std::size_t i = kFirstEndpointGroup; i < groups; ++i) {
      if (is_empty(by_group[i])) continue;
      by_group[i].name = endpoints_.text(static_cast<std::uint32_t>(i - kFirstEndpointGroup));
      found.by_endpoint->push_back(std::move(by_group[i]));
    }
    if (!is_empty(by_group[other])) found.other_endpoints = std::move(by_group[other]);
  }
  return found;
}

}  // namespace dosimeter::sim
