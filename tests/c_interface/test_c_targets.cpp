#include "tests/c_interface/given_rules.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"

#include <dosimeter.h>

#include <cmath>
#include <cstdint>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kStart = 1'780'000'000 * kSecond;

dosimeter_sampler* sampler_by_targets(const std::int64_t* fetched,
                                      const dosimeter_rule_set* fallback = nullptr) {
  dosimeter_rule_set* rule_set = make({named("r", 1, 0, 9)});
  dosimeter_sampler* sampler = nullptr;
  REQUIRE(dosimeter_sampler_create_by_targets(rule_set, fetched, fallback, &sampler) ==
          DOSIMETER_OK);
  dosimeter_rule_set_destroy(rule_set);
  return sampler;
}

dosimeter_sampling_target quota_of(std::int64_t quota) {
  dosimeter_sampling_target target;
  dosimeter_sampling_target_init(&target);
  target.rule_name = c_text("r");
  target.has_reservoir_quota = 1;
  target.reservoir_quota = quota;
  target.has_quota_expiry = 1;
  target.quota_expiry = kStart + 100 * kSecond;
  return target;
}

/// How many of 20 requests of that time are sampled.
int taken(dosimeter_sampler* sampler, std::int64_t now) {
  dosimeter_request request;
  dosimeter_request_init(&request);
  int count = 0;
  for (int i = 0; i < 20; ++i) {
    dosimeter_decision decision;
    REQUIRE(dosimeter_sampler_decide(sampler, &request, now, 0.5, &decision) == DOSIMETER_OK);
    count += decision.sampled;
  }
  return count;
}

}  // namespace

TEST_CASE("c targets: borrowing, a quota, a rate and a boost") {
  dosimeter_sampler* sampler = sampler_by_targets(&kStart);
  CHECK(taken(sampler, kStart) == 1);
  dosimeter_sampling_target target = quota_of(4);
  REQUIRE(dosimeter_sampler_apply_targets(sampler, &target, 1, kStart) == DOSIMETER_OK);
  CHECK(taken(sampler, kStart) == 4);
  REQUIRE(dosimeter_sampler_apply_targets(sampler, nullptr, 0, kStart) == DOSIMETER_OK);
  CHECK(taken(sampler, kStart + kSecond) == 4);
  CHECK(taken(sampler, kStart + 101 * kSecond) == 1);

  target.has_boost = 1;
  target.boost_rate = 0.75;
  target.boost_expiry = kStart + 103 * kSecond;
  REQUIRE(dosimeter_sampler_apply_targets(sampler, &target, 1, kStart) == DOSIMETER_OK);
  CHECK(taken(sampler, kStart + 102 * kSecond) == 20);
  CHECK(taken(sampler, kStart + 103 * kSecond) == 1);
  target.has_fixed_rate = 1;
  target.fixed_rate = 0.75;
  REQUIRE(dosimeter_sampler_apply_targets(sampler, &target, 1, kStart) == DOSIMETER_OK);
  CHECK(taken(sampler, kStart + 104 * kSecond) == 20);
  dosimeter_sampler_destroy(sampler);
}

TEST_CASE("c targets: rules that were never fetched, and that are fetched again") {
  dosimeter_rule_set* local =
      make({named("local", 1, 0, 3)}, nullptr, "xray-python", DOSIMETER_LOCAL);
  dosimeter_rule_set* central = make({named("r", 1, 0, 9)}, nullptr, "xray-python");
  dosimeter_sampler* sampler = nullptr;
  REQUIRE(dosimeter_sampler_create_by_targets(central, nullptr, local, &sampler) == DOSIMETER_OK);
  CHECK(taken(sampler, kStart) == 3);
  REQUIRE(dosimeter_sampler_refresh_rules(sampler, central, kStart) == DOSIMETER_OK);
  CHECK(taken(sampler, kStart) == 1);
  CHECK(taken(sampler, kStart + 3700 * kSecond) == 3);
  dosimeter_sampler_destroy(sampler);

  CHECK(dosimeter_sampler_create_by_targets(central, nullptr, central, &sampler) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(sampler == nullptr);
  dosimeter_rule_set_destroy(local);
  dosimeter_rule_set_destroy(central);
}

TEST_CASE("c targets: what is wrong changes nothing") {
  dosimeter_sampler* sampler = sampler_by_targets(&kStart);
  std::vector<dosimeter_sampling_target> targets = {quota_of(4), quota_of(5)};
  const auto apply = [&] {
    return dosimeter_sampler_apply_targets(sampler, targets.data(), targets.size(), kStart);
  };
  targets[1].size -= 1;
  CHECK(apply() == DOSIMETER_UNKNOWN_STRUCT_SIZE);
  for (const double rate : {-0.1, 1.1, std::nan("")}) {
    targets = {quota_of(4), quota_of(5)};
    targets[1].has_fixed_rate = 1;
    targets[1].fixed_rate = rate;
    CHECK(apply() == DOSIMETER_RATE_OUT_OF_RANGE);
    targets = {quota_of(4), quota_of(5)};
    targets[0].has_boost = 1;
    targets[0].boost_rate = rate;
    CHECK(apply() == DOSIMETER_RATE_OUT_OF_RANGE);
  }
  CHECK(dosimeter_sampler_apply_targets(nullptr, targets.data(), 1, 0) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_apply_targets(sampler, nullptr, 1, 0) == DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_sampler_refresh_rules(sampler, nullptr, 0) == DOSIMETER_BAD_ARGUMENT);
  dosimeter_sampler* none = sampler;
  CHECK(dosimeter_sampler_create_by_targets(nullptr, &kStart, nullptr, &none) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(none == nullptr);
  dosimeter_sampling_target_init(nullptr);

  targets = {quota_of(4), quota_of(5)};
  std::size_t failures = 0;
  for (std::size_t allowed = 0;; ++allowed) {
    int code = DOSIMETER_OK;
    {
      const AllocationLimit limit(allowed);
      code = apply();
    }
    const std::int64_t now = kStart + static_cast<std::int64_t>(allowed) * kSecond;
    CHECK(taken(sampler, now) == (code == DOSIMETER_OK ? 5 : 1));
    if (code == DOSIMETER_OK) break;
    CHECK(code == DOSIMETER_OUT_OF_MEMORY);
    ++failures;
  }
  CHECK(failures > 2);
  dosimeter_sampler_destroy(sampler);
}
