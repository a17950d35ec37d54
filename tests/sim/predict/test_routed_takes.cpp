#include "sim/predict/routed_takes.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace dosimeter::sim {
namespace {

/// Every way of routing `load` requests to the instances, one request after the other.
TakesMoments by_enumeration(std::uint64_t load, const std::vector<std::uint64_t>& sizes) {
  std::vector<std::uint64_t> counts(sizes.size());
  double mean = 0;
  double square = 0;
  double ways = 0;
  const std::function<void(std::uint64_t)> route = [&](std::uint64_t left) {
    if (left > 0) {
      for (std::uint64_t& count : counts) {
        ++count;
        route(left - 1);
        --count;
      }
      return;
    }
    double taken = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      taken += static_cast<double>(std::min(counts[i], sizes[i]));
    }
    mean += taken;
    square += taken * taken;
    ++ways;
  };
  route(load);
  mean /= ways;
  return {mean, square / ways - mean * mean};
}

std::vector<std::uint64_t> sizes_of(const std::vector<ReservoirGroup>& groups) {
  std::vector<std::uint64_t> sizes;
  for (const ReservoirGroup& group : groups) {
    sizes.insert(sizes.end(), group.instances, group.size);
  }
  return sizes;
}

TEST_CASE("routed takes: every routing of a few requests, counted one by one") {
  for (const std::vector<ReservoirGroup>& groups : {std::vector<ReservoirGroup>{{1, 2}},
                                                    {{0, 3}},
                                                    {{2, 3}},
                                                    {{2, 1}, {1, 2}},
                                                    {{1, 1}, {0, 3}},
                                                    {{3, 1}, {2, 1}},
                                                    {{1, 4}},
                                                    {{5, 1}}}) {
    RoutedTakes takes(groups);
    for (std::uint64_t load = 1; load <= 7; ++load) {
      CAPTURE(load, groups.front().size, groups.front().instances, groups.size());
      const TakesMoments slow = by_enumeration(load, sizes_of(groups));
      const TakesMoments fast = takes.of_second(load);
      CHECK(fast.taken == Approx(slow.taken).epsilon(1e-11).margin(1e-12));
      CHECK(fast.variance == Approx(slow.variance).epsilon(1e-10).margin(1e-11));
    }
  }
}

TEST_CASE("routed takes: what is certain is exact") {
  RoutedTakes roomy({{1'000'000, 7}});
  CHECK(roomy.of_second(1'000'000).taken == 1'000'000);
  CHECK(roomy.of_second(3'000'000).taken == 3'000'000);
  CHECK(roomy.of_second(3'000'000).variance == 0);
  RoutedTakes drained({{1, 3'000}});
  CHECK(drained.of_second(5'000'000).taken == 3'000);
  CHECK(drained.of_second(5'000'000).variance == 0);
  // A load that no instance can take, far past what is summed.
  RoutedTakes flooded({{500'000'000, 100}});
  CHECK(flooded.of_second(1'000'000'000'000).taken == 50'000'000'000.0);
  CHECK(flooded.of_second(1'000'000'000'000).variance == 0);
  CHECK(flooded.of_second(std::uint64_t{1} << 53).taken == 50'000'000'000.0);
  RoutedTakes roomiest({{500'000'000, 10'000}});
  CHECK(roomiest.of_second(1'000'000'000'000).taken == 1e12);
  RoutedTakes closed({{0, 50}});
  CHECK(closed.of_second(10).taken == 0);
  RoutedTakes one({{5, 1}});
  CHECK(one.of_second(9).taken == 5);
  CHECK(one.of_second(4).taken == 4);
}

/// The occupancy problem has closed forms: with q = 1 the takes are the instances hit at all.
TEST_CASE("routed takes: a reservoir of one counts occupied instances, at any size") {
  for (const std::uint64_t instances : {2u, 10u, 100u, 3'000u}) {
    RoutedTakes takes({{1, instances}});
    for (const std::uint64_t load : {2u, 30u, 900u, 20'000u}) {
      CAPTURE(instances, load);
      const double n = static_cast<double>(load);
      const double k = static_cast<double>(instances);
      const double empty = std::exp(n * std::log1p(-1 / k));
      const double both = k > 2 ? std::exp(n * std::log1p(-2 / k)) : 0.0;
      const double mean_empty = k * empty;
      const double variance = mean_empty + k * (k - 1) * both - mean_empty * mean_empty;
      const TakesMoments got = takes.of_second(load);
      CHECK(got.taken == Approx(k - mean_empty).epsilon(1e-11));
      // The textbook's form itself cancels.
      CHECK(got.variance == Approx(variance).epsilon(1e-7).margin(1e-8 * k));
      CHECK(got.variance >= 0);
    }
  }
}

TEST_CASE("routed takes: millions of requests in a second, by normal counts as by sums") {
  // A load just below kLargestSummedDeviation and one just above it, sizes near the mean.
  const double share = 0.5;
  const double most = RoutedTakes::kLargestSummedDeviation;
  const auto edge = static_cast<std::uint64_t>(most * most / (share * (1 - share)));
  for (const double z : {-2.0, -0.5, 0.0, 1.0, 3.0}) {
    const auto size = static_cast<std::uint64_t>(static_cast<double>(edge) / 2 + z * most);
    RoutedTakes takes({{size, 2}});
    const TakesMoments summed = takes.of_second(edge);
    const TakesMoments normal = takes.of_second(edge + 4);
    CAPTURE(z, size, summed.taken, normal.taken, summed.variance, normal.variance);
    CHECK(std::abs(summed.taken - normal.taken) < 5);
    CHECK(std::sqrt(normal.variance) == Approx(std::sqrt(summed.variance)).epsilon(0.02));
  }
}

TEST_CASE("routed takes: the variance stays sound where it all but cancels") {
  // An overflow that hardly ever comes is one request or two: its variance is near its mean.
  RoutedTakes rare({{31, 10}});
  const TakesMoments moments = rare.of_second(100);
  const double overflow = 100 - moments.taken;
  CHECK(overflow > 0);
  CHECK(overflow < 1e-6);
  CHECK(moments.variance > overflow / 2);
  CHECK(moments.variance < overflow * 4);
}

}  // namespace
}  // namespace dosimeter::sim
