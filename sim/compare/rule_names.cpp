#include "sim/compare/rule_names.h"

namespace dosimeter::sim {

RuleNames::RuleNames(std::span<const Rule> document) : names_{"(decided upstream)"} {
  const auto add = [&](const std::string& name) {
    if (numbers_.emplace(name, static_cast<Decider>(names_.size())).second) names_.push_back(name);
  };
  for (const Rule& rule : document) add(rule.name());
  add(std::string(kDefaultRuleName));
  add(std::string(kLocalSamplerName));
}

std::vector<Decider> RuleNames::deciders(const RuleSet& rules) const {
  std::vector<Decider> deciders;
  deciders.reserve(rules.rules().size());
  for (const Rule& rule : rules.rules()) deciders.push_back(number(rule.name()));
  return deciders;
}

Decider RuleNames::number(std::string_view name) const {
  return numbers_.at(std::string(name));
}

}  // namespace dosimeter::sim
