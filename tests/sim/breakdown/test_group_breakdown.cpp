// Blocks and closings of every kind against a twin that keeps all rows and counts afterwards.

#include "sim/breakdown/endpoint_text.h"
#include "sim/breakdown/group_breakdown.h"
#include "sim/breakdown/status_class.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

struct SeenRow {
  std::int64_t second = 0;
  RuleIndex rule = 0;
  InstanceIndex instance = 0;
  std::string path;
  std::uint16_t status = 0;
  std::uint64_t count = 1;
  bool decides = true;
  /// Whether the rules were asked, where upstream decided.
  bool asked = false;
};

using CellKey = std::tuple<RuleIndex, InstanceIndex, std::int64_t>;
/// By rule, instance, load.
using Loads = std::map<std::tuple<RuleIndex, InstanceIndex, std::uint64_t>, std::uint64_t>;

struct TwinGroup {
  Loads loads;
  std::uint64_t upstream = 0;
};

/// The groups that `group_of` makes of the rows.
template <typename GroupOf>
auto twin_of(const std::vector<SeenRow>& rows, GroupOf&& group_of) {
  std::map<CellKey, std::uint64_t> load;
  for (const SeenRow& row : rows) {
    if (row.decides || row.asked) load[{row.rule, row.instance, row.second}] += row.count;
  }
  std::map<decltype(group_of(rows.front())), TwinGroup> groups;
  for (const SeenRow& row : rows) {
    if (row.count == 0) continue;
    TwinGroup& group = groups[group_of(row)];
    if (row.decides) {
      const std::uint64_t n = load.at({row.rule, row.instance, row.second});
      group.loads[{row.rule, row.instance, n}] += row.count;
    } else {
      group.upstream += row.count;
    }
  }
  return groups;
}

void check_group(const GroupTraffic& got, const TwinGroup& wanted) {
  CHECK(got.upstream_decided == wanted.upstream);
  Loads loads;
  for (const GroupLoad& load : got.loads) {
    const bool is_new =
        loads.try_emplace({load.rule, load.instance, load.load}, load.requests).second;
    CHECK(is_new);
  }
  CHECK(loads == wanted.loads);
  CHECK(std::is_sorted(
      got.loads.begin(), got.loads.end(), [](const GroupLoad& a, const GroupLoad& b) {
        return std::tie(a.rule, a.instance, a.load) < std::tie(b.rule, b.instance, b.load);
      }));
}

std::vector<SeenRow> random_rows(Random& random) {
  std::vector<SeenRow> rows;
  const std::size_t size = random.below(400);
  for (std::size_t i = 0; i < size; ++i) {
    SeenRow row;
    // Within ten seconds of an order, around the turn of an hour and before 1970 too.
    row.second = 3595 - 7200 * static_cast<std::int64_t>(random.below(2)) +
                 static_cast<std::int64_t>(i / 20 + random.below(10));
    row.rule = static_cast<RuleIndex>(random.below(3));
    row.instance = static_cast<InstanceIndex>(random.below(2));
    row.path = "/" + std::string(1, static_cast<char>('g' + random.below(12)));
    const std::uint16_t statuses[] = {0, 100, 204, 301, 404, 499, 503, 999};
    row.status = statuses[random.below(8)];
    row.count = random.chance(0.2) ? random.below(5) : 1;
    row.decides = !random.chance(0.2);
    row.asked = !row.decides && random.chance(0.5);
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(),
            [](const SeenRow& a, const SeenRow& b) { return a.second / 8 < b.second / 8; });
  return rows;
}

/// Feeds the rows in blocks, and closes seconds as soon as none of their rows is left, or later.
GroupedTraffic fed(const std::vector<SeenRow>& rows, GroupTables tables, std::size_t most,
                   Random& random) {
  GroupBreakdown breakdown(tables, most);
  const auto part = breakdown.make_part();
  std::map<CellKey, std::uint64_t> open;
  const auto close_before = [&](std::int64_t second) {
    std::vector<TallyCell> closed;
    for (auto at = open.begin(); at != open.end();) {
      const auto [rule, instance, of] = at->first;
      if (of >= second) {
        ++at;
        continue;
      }
      closed.push_back({of, rule, instance, at->second});
      at = open.erase(at);
    }
    breakdown.close(closed, second);
  };
  for (std::size_t i = 0; i < rows.size();) {
    part->clear();
    std::vector<TallyCell> cells;
    for (std::size_t n = 1 + random.below(60); n > 0 && i < rows.size(); --n, ++i) {
      const SeenRow& row = rows[i];
      std::uint32_t cell = BlockBreakdown::kNoCell;
      if ((row.decides || row.asked) && row.count > 0) {
        // Some cells twice, as a part may find it too dear to look for one.
        const auto known = std::find_if(cells.begin(), cells.end(), [&](const TallyCell& c) {
          return c.second == row.second && c.rule == row.rule && c.instance == row.instance;
        });
        if (known == cells.end() || random.chance(0.1)) {
          cells.push_back({row.second, row.rule, row.instance, 0});
          cell = static_cast<std::uint32_t>(cells.size() - 1);
        } else {
          cell = static_cast<std::uint32_t>(known - cells.begin());
        }
        cells[cell].count += row.count;
        open[{row.rule, row.instance, row.second}] += row.count;
      }
      LogRow seen;
      seen.time = TimePoint(std::chrono::seconds(row.second));
      seen.http_method = "GET";
      seen.target = row.path;
      seen.status = row.status;
      seen.count = row.count;
      part->add(seen, Request{}, cell, row.decides);
    }
    breakdown.merge(*part, cells);
    if (i < rows.size() && random.chance(0.3)) {
      std::int64_t least = rows[i].second;
      for (std::size_t j = i; j < rows.size(); ++j) least = std::min(least, rows[j].second);
      close_before(least);
    }
  }
  close_before(INT64_MAX);
  return std::move(breakdown).finish();
}

}  // namespace

TEST_CASE("group breakdown: random rows in random blocks, as counted afterwards") {
  Random random;
  INFO("seed " << Random::default_seed());
  bool met_other = false;
  for (int round = 0; round < 150; ++round) {
    const std::vector<SeenRow> rows = random_rows(random);
    const std::size_t most = random.chance(0.5) ? random.below(10) : 50;
    const GroupedTraffic got = fed(rows, {true, true, true}, most, random);

    auto statuses = twin_of(rows, [](const SeenRow& row) { return status_class(row.status); });
    REQUIRE(got.by_status);
    REQUIRE(got.by_status->size() == statuses.size());
    std::size_t i = 0;
    for (const auto& [status, wanted] : statuses) {
      CHECK((*got.by_status)[i].name == kStatusClassNames[static_cast<std::size_t>(status)]);
      check_group((*got.by_status)[i++], wanted);
    }

    auto hours = twin_of(
        rows, [](const SeenRow& row) { return (row.second - (row.second < 0 ? 3599 : 0)) / 3600; });
    REQUIRE(got.by_hour);
    REQUIRE(got.by_hour->size() == hours.size());
    i = 0;
    for (const auto& [hour, wanted] : hours) {
      CHECK((*got.by_hour)[i].hour == hour);
      check_group((*got.by_hour)[i++], wanted);
    }

    std::vector<std::string> first;
    for (const SeenRow& row : rows) {
      const bool is_new = std::find(first.begin(), first.end(), row.path) == first.end();
      if (row.count > 0 && is_new && first.size() < most) first.push_back(row.path);
    }
    auto endpoints = twin_of(rows, [&](const SeenRow& row) {
      const bool is_known = std::find(first.begin(), first.end(), row.path) != first.end();
      return is_known ? row.path : std::string();
    });
    REQUIRE(got.by_endpoint);
    REQUIRE(got.by_endpoint->size() == first.size());
    for (std::size_t at = 0; at < first.size(); ++at) {
      const GroupTraffic& endpoint = (*got.by_endpoint)[at];
      CHECK(endpoint_parts(endpoint.name).path == first[at]);
      check_group(endpoint, endpoints.at(first[at]));
    }
    REQUIRE(got.other_endpoints.has_value() == endpoints.contains(""));
    if (got.other_endpoints) check_group(*got.other_endpoints, endpoints.at(""));
    met_other = met_other || got.other_endpoints.has_value();
  }
  CHECK(met_other);
}

TEST_CASE("group breakdown: only what is asked for") {
  Random random;
  const std::vector<SeenRow> rows = random_rows(random);
  const GroupedTraffic status = fed(rows, {false, true, false}, 5, random);
  CHECK(status.by_status);
  CHECK_FALSE(status.by_endpoint);
  CHECK_FALSE(status.by_hour);
  CHECK_FALSE(status.other_endpoints);
  const GroupedTraffic hour = fed(rows, {false, false, true}, 5, random);
  CHECK(hour.by_hour);
  CHECK_FALSE(hour.by_status);
  const GroupedTraffic none = fed({}, {true, true, true}, 5, random);
  CHECK(none.by_endpoint->empty());
  CHECK(none.by_status->empty());
  CHECK(none.by_hour->empty());
}

TEST_CASE("numbered texts: by first appearance, up to so many") {
  NumberedTexts texts;
  for (int round = 0; round < 2; ++round) {
    std::map<std::string, std::uint32_t> known;
    Random random;
    for (int i = 0; i < 20'000; ++i) {
      const std::string text = random.text("abcd", 7);
      const bool is_new = !known.contains(text);
      const std::uint32_t number = texts.add(text, 3000);
      if (is_new && known.size() == 3000) {
        REQUIRE(number == NumberedTexts::kNoNumber);
        continue;
      }
      if (is_new) known.emplace(text, static_cast<std::uint32_t>(known.size()));
      REQUIRE(number == known.at(text));
      REQUIRE(texts.text(number) == text);
    }
    CHECK(texts.size() == 3000);
    texts.clear();
    CHECK(texts.size() == 0);
  }
}
