#include "engine/src/c_door.h"
#include "engine/src/c_sampler.h"

#include <memory>
#include <vector>

using dosimeter::RuleStatistics;
using dosimeter::detail::text_of;

/// The handle of the C interface.
struct dosimeter_statistics {
  std::vector<RuleStatistics> rules;
};

int dosimeter_sampler_take_statistics(dosimeter_sampler* sampler,
                                      dosimeter_statistics** statistics) {
  if (statistics == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *statistics = nullptr;
  if (sampler == nullptr) return DOSIMETER_BAD_ARGUMENT;
  return dosimeter::detail::behind_the_door([&] {
    // What has been taken is lost if memory runs out after it.
    auto report = std::make_unique<dosimeter_statistics>();
    report->rules = sampler->sampler.take_statistics();
    *statistics = report.release();
    return DOSIMETER_OK;
  });
}

size_t dosimeter_statistics_rule_count(const dosimeter_statistics* statistics) {
  return statistics == nullptr ? 0 : statistics->rules.size();
}

int dosimeter_statistics_rule(const dosimeter_statistics* statistics, size_t index,
                              dosimeter_rule_statistics* rule) {
  if (rule == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *rule = {};
  if (index >= dosimeter_statistics_rule_count(statistics)) return DOSIMETER_BAD_ARGUMENT;
  const RuleStatistics& counted = statistics->rules[index];
  *rule = {counted.rule.value, text_of(counted.name), counted.requests, counted.sampled,
           counted.borrowed};
  return DOSIMETER_OK;
}

void dosimeter_statistics_destroy(dosimeter_statistics* statistics) {
  delete statistics;
}
