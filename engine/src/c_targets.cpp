#include "engine/src/c_door.h"
#include "engine/src/c_rule_set.h"
#include "engine/src/c_sampler.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;
using dosimeter::detail::behind_the_door;
using dosimeter::detail::view_of;

namespace {

TimePoint time_of(int64_t unix_nanoseconds) noexcept {
  return TimePoint(std::chrono::nanoseconds(unix_nanoseconds));
}

/// DOSIMETER_OK, or what is wrong.
int check(const dosimeter_sampling_target& target) noexcept {
  if (target.size != sizeof(dosimeter_sampling_target)) return DOSIMETER_UNKNOWN_STRUCT_SIZE;
  // Written so that not-a-number fails.
  const auto is_rate = [](double rate) { return rate >= 0.0 && rate <= 1.0; };
  const bool right = (target.has_fixed_rate == 0 || is_rate(target.fixed_rate)) &&
                     (target.has_boost == 0 || is_rate(target.boost_rate));
  return right ? DOSIMETER_OK : DOSIMETER_RATE_OUT_OF_RANGE;
}

/// REQUIRES: check() is content.
SamplingTarget target_of(const dosimeter_sampling_target& given) {
  SamplingTarget target;
  target.rule_name = std::string(view_of(given.rule_name));
  if (given.has_fixed_rate != 0) target.fixed_rate = Rate::from(given.fixed_rate).value();
  if (given.has_reservoir_quota != 0) target.reservoir_quota = given.reservoir_quota;
  if (given.has_quota_expiry != 0) target.quota_expiry = time_of(given.quota_expiry);
  if (given.has_boost != 0) {
    target.boost_rate = Rate::from(given.boost_rate).value();
    target.boost_expiry = time_of(given.boost_expiry);
  }
  return target;
}

}  // namespace

int dosimeter_sampler_create_by_targets(const dosimeter_rule_set* rule_set,
                                        const int64_t* unix_nanoseconds,
                                        const dosimeter_rule_set* fallback,
                                        dosimeter_sampler** sampler) {
  if (sampler == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *sampler = nullptr;
  if (rule_set == nullptr) return DOSIMETER_BAD_ARGUMENT;
  if (fallback != nullptr && fallback->rules.kind() != RuleKind::local) {
    return DOSIMETER_BAD_ARGUMENT;
  }
  return behind_the_door([&] {
    SamplerOptions options;
    options.quotas = QuotaSource::targets;
    if (unix_nanoseconds != nullptr) options.rules_fetched = time_of(*unix_nanoseconds);
    if (fallback != nullptr) options.fallback = fallback->rules;
    *sampler = new dosimeter_sampler(rule_set->rules, std::move(options));
    return DOSIMETER_OK;
  });
}

int dosimeter_sampler_refresh_rules(dosimeter_sampler* sampler, const dosimeter_rule_set* rule_set,
                                    int64_t unix_nanoseconds) {
  if (sampler == nullptr || rule_set == nullptr) return DOSIMETER_BAD_ARGUMENT;
  return behind_the_door([&] {
    sampler->sampler.swap_rules(rule_set->rules, time_of(unix_nanoseconds));
    return DOSIMETER_OK;
  });
}

void dosimeter_sampling_target_init(dosimeter_sampling_target* target) {
  if (target == nullptr) return;
  *target = {};
  target->size = sizeof(dosimeter_sampling_target);
}

int dosimeter_sampler_apply_targets(dosimeter_sampler* sampler,
                                    const dosimeter_sampling_target* targets, size_t target_count,
                                    int64_t unix_nanoseconds) {
  if (sampler == nullptr || (targets == nullptr && target_count != 0)) {
    return DOSIMETER_BAD_ARGUMENT;
  }
  const std::span<const dosimeter_sampling_target> given(targets, target_count);
  for (const dosimeter_sampling_target& target : given) {
    if (const int code = check(target); code != DOSIMETER_OK) return code;
  }
  return behind_the_door([&] {
    std::vector<SamplingTarget> all;
    all.reserve(target_count);
    for (const dosimeter_sampling_target& target : given) all.push_back(target_of(target));
    sampler->sampler.apply_targets(all, time_of(unix_nanoseconds));
    return DOSIMETER_OK;
  });
}
