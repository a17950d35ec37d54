#include "engine/src/c_sampler.h"

#include "engine/src/c_door.h"
#include "engine/src/c_rule_set.h"

#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

using namespace dosimeter;
using dosimeter::detail::behind_the_door;
using dosimeter::detail::text_of;
using dosimeter::detail::view_of;

static_assert(std::is_same_v<decltype(RuleId::value), std::uint32_t>);
static_assert(DOSIMETER_NO_RULE == kNoRule.value);

int dosimeter_sampler_create(const dosimeter_rule_set* rule_set, dosimeter_sampler** sampler) {
  if (sampler == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *sampler = nullptr;
  if (rule_set == nullptr) return DOSIMETER_BAD_ARGUMENT;
  return behind_the_door([&] {
    *sampler = new dosimeter_sampler(rule_set->rules);
    return DOSIMETER_OK;
  });
}

void dosimeter_sampler_destroy(dosimeter_sampler* sampler) {
  delete sampler;
}

int dosimeter_sampler_swap_rules(dosimeter_sampler* sampler, const dosimeter_rule_set* rule_set) {
  if (sampler == nullptr || rule_set == nullptr) return DOSIMETER_BAD_ARGUMENT;
  return behind_the_door([&] {
    sampler->sampler.swap_rules(rule_set->rules);
    return DOSIMETER_OK;
  });
}

int dosimeter_sampler_rule_id(dosimeter_sampler* sampler, dosimeter_text name, uint32_t* rule) {
  if (sampler == nullptr || rule == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *rule = DOSIMETER_NO_RULE;
  return behind_the_door([&] {
    *rule = sampler->sampler.rule_id(view_of(name)).value;
    return DOSIMETER_OK;
  });
}

int dosimeter_sampler_rule_name(dosimeter_sampler* sampler, uint32_t rule, dosimeter_text* name) {
  if (sampler == nullptr || name == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *name = detail::kAbsentText;
  if (rule == DOSIMETER_NO_RULE) return DOSIMETER_OK;
  return behind_the_door([&] {
    const std::lock_guard lock(sampler->mutex);
    std::deque<std::string>& names = sampler->names;
    while (names.size() <= rule) {
      std::string next = sampler->sampler.rule_name(RuleId{static_cast<uint32_t>(names.size())});
      if (next.empty()) return DOSIMETER_OK;  // no rule has an empty name: never given
      names.push_back(std::move(next));
    }
    *name = text_of(names[rule]);
    return DOSIMETER_OK;
  });
}
