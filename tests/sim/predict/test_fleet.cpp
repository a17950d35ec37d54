#include "sim/predict/fleet.h"
#include "tests/support/catch.h"

#include <numeric>
#include <vector>

namespace dosimeter::sim {
namespace {

using Groups = std::vector<ReservoirGroup>;
using Sizes = std::vector<std::uint64_t>;

TEST_CASE("fleet: the defaults") {
  const FleetSettings settings;
  CHECK(settings.instances == 1);
  CHECK_FALSE(settings.has_column());
  CHECK(settings.allocation == Allocation::even);
  CHECK_FALSE(settings.startup);
  CHECK(settings.seed == 1);
  CHECK(kMostInstances == 10'000);
}

TEST_CASE("fleet: instances alike have R each, or share R in whole requests") {
  CHECK(reservoir_groups(5, 3, RuleKind::local, Allocation::even) == Groups{{5, 3}});
  CHECK(reservoir_groups(5, 3, RuleKind::central, Allocation::even) == Groups{{2, 2}, {1, 1}});
  CHECK(reservoir_groups(6, 3, RuleKind::central, Allocation::even) == Groups{{2, 3}});
  CHECK(reservoir_groups(1, 3, RuleKind::central, Allocation::proportional) ==
        Groups{{1, 1}, {0, 2}});
  CHECK(reservoir_groups(5, 3, RuleKind::central, Allocation::borrow_only) == Groups{{1, 3}});
  CHECK(reservoir_groups(0, 3, RuleKind::central, Allocation::borrow_only) == Groups{{0, 3}});
  CHECK(reservoir_groups(5, 1, RuleKind::central, Allocation::even) == Groups{{5, 1}});
}

TEST_CASE("fleet: named instances share by name or by their requests") {
  const std::vector<InstanceDemand> pods = {{"c", 10}, {"a", 50}, {"b", 40}};
  CHECK(reservoir_sizes(5, pods, RuleKind::local, Allocation::even) == Sizes{5, 5, 5});
  // One more to the first two by name, a and b.
  CHECK(reservoir_sizes(5, pods, RuleKind::central, Allocation::even) == Sizes{1, 2, 2});
  // 0.5, 2.5 and 2.0: of the halves the first by name has the fifth.
  CHECK(reservoir_sizes(5, pods, RuleKind::central, Allocation::proportional) == Sizes{0, 3, 2});
  CHECK(reservoir_sizes(5, pods, RuleKind::central, Allocation::borrow_only) == Sizes{1, 1, 1});
  const std::vector<InstanceDemand> idle = {{"x", 0}, {"w", 0}};
  CHECK(reservoir_sizes(3, idle, RuleKind::central, Allocation::proportional) == Sizes{1, 2});
  CHECK(reservoir_sizes(3, {}, RuleKind::central, Allocation::even).empty());
}

TEST_CASE("fleet: shares add up, however large the numbers") {
  const std::vector<InstanceDemand> pods = {{"a", std::uint64_t{1} << 52},
                                            {"b", (std::uint64_t{1} << 52) - 1},
                                            {"c", 1},
                                            {"d", 12'345'678'901}};
  for (const std::uint64_t size : {0u, 1u, 7u, 499'999'999u, 500'000'000u}) {
    for (const Allocation allocation : {Allocation::even, Allocation::proportional}) {
      const Sizes sizes = reservoir_sizes(size, pods, RuleKind::central, allocation);
      CHECK(std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0}) == size);
    }
  }
}

}  // namespace
}  // namespace dosimeter::sim
