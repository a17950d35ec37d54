#pragma once

#include <dosimeter/rule.h>

#include <dosimeter.h>

#include <deque>
#include <string_view>
#include <vector>

namespace dosimeter::test {

inline dosimeter_text c_text(std::string_view text) {
  return {text.data(), text.size()};
}

inline std::string_view words(dosimeter_text text) {
  return text.data == nullptr ? std::string_view("(absent)")
                              : std::string_view(text.data, text.size);
}

/// The same rules for the C interface: views of `specs`, which must live on.
class GivenRules {
 public:
  explicit GivenRules(const std::vector<RuleSpec>& specs) {
    for (const RuleSpec& spec : specs) {
      auto& attributes = attributes_.emplace_back();
      for (const RuleAttribute& attribute : spec.attributes) {
        attributes.push_back({c_text(attribute.key), c_text(attribute.pattern)});
      }
      dosimeter_rule rule;
      dosimeter_rule_init(&rule);
      rule.name = c_text(spec.name);
      rule.priority = spec.priority;
      rule.fixed_rate = spec.fixed_rate;
      rule.reservoir_size = spec.reservoir_size;
      rule.service_name = c_text(spec.service_name);
      rule.service_type = c_text(spec.service_type);
      rule.host = c_text(spec.host);
      rule.http_method = c_text(spec.http_method);
      rule.url_path = c_text(spec.url_path);
      rule.resource_arn = c_text(spec.resource_arn);
      rule.attributes = attributes.data();
      rule.attribute_count = attributes.size();
      rule.version = spec.version;
      if (spec.sampling_rate_boost) {
        rule.has_boost = 1;
        rule.boost_maximum_rate = spec.sampling_rate_boost->maximum_rate;
        rule.boost_cooldown_window_minutes = spec.sampling_rate_boost->cooldown_window_minutes;
      }
      rule.lacks_attributes = spec.lacks_attributes ? 1 : 0;
      rule.lacks_service_type = spec.lacks_service_type ? 1 : 0;
      rules.push_back(rule);
    }
  }
  GivenRules(const GivenRules&) = delete;

  std::vector<dosimeter_rule> rules;

 private:
  std::deque<std::vector<dosimeter_rule_attribute>> attributes_;
};

/// The rule set of the specs, or nullptr; `error` says why.
inline dosimeter_rule_set* make(const std::vector<RuleSpec>& specs,
                                dosimeter_error* error = nullptr,
                                std::string_view recorder = "documented",
                                int kind = DOSIMETER_CENTRAL) {
  const GivenRules given(specs);
  dosimeter_rule_set* rule_set = nullptr;
  (void)dosimeter_rule_set_create(c_text(recorder), kind, given.rules.data(), given.rules.size(),
                                  &rule_set, error);
  return rule_set;
}

inline RuleSpec named(std::string name, std::int64_t priority = 1, double fixed_rate = 0.5,
                      std::int64_t reservoir_size = 1) {
  RuleSpec spec;
  spec.name = std::move(name);
  spec.priority = priority;
  spec.fixed_rate = fixed_rate;
  spec.reservoir_size = reservoir_size;
  return spec;
}

}  // namespace dosimeter::test
