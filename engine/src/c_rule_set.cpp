#include "engine/src/c_rule_set.h"

#include <dosimeter/trace_header.h>

#include "engine/src/c_door.h"
#include "engine/src/number_text.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

using namespace dosimeter;
using dosimeter::detail::behind_the_door;
using dosimeter::detail::number_text;
using dosimeter::detail::text_of;
using dosimeter::detail::view_of;

static_assert(DOSIMETER_CENTRAL == static_cast<int>(RuleKind::central));
static_assert(DOSIMETER_LOCAL == static_cast<int>(RuleKind::local));
static_assert(DOSIMETER_UPSTREAM_NONE == static_cast<int>(UpstreamDecision::none));
static_assert(DOSIMETER_UPSTREAM_SAMPLED == static_cast<int>(UpstreamDecision::sampled));
static_assert(DOSIMETER_UPSTREAM_NOT_SAMPLED == static_cast<int>(UpstreamDecision::not_sampled));

namespace {

/// A code and what a dosimeter_error says beside it.
struct Problem {
  int code;
  std::string message;
  std::string where;
  size_t rule = DOSIMETER_NO_INDEX;
};

Problem problem_of(const Error& error, size_t rule) {
  return {static_cast<int>(error.code), error.message, error.where, rule};
}

RuleSpec spec_of(const dosimeter_rule& rule) {
  const auto pattern = [](dosimeter_text text) {
    return text.data == nullptr ? std::string("*") : std::string(text.data, text.size);
  };
  RuleSpec spec;
  spec.name = view_of(rule.name);
  spec.priority = rule.priority;
  spec.fixed_rate = rule.fixed_rate;
  spec.reservoir_size = rule.reservoir_size;
  spec.service_name = pattern(rule.service_name);
  spec.service_type = pattern(rule.service_type);
  spec.host = pattern(rule.host);
  spec.http_method = pattern(rule.http_method);
  spec.url_path = pattern(rule.url_path);
  spec.resource_arn = pattern(rule.resource_arn);
  for (size_t i = 0; i < rule.attribute_count; ++i) {
    const dosimeter_rule_attribute& attribute = rule.attributes[i];
    spec.attributes.push_back({std::string(view_of(attribute.key)), pattern(attribute.pattern)});
  }
  if (rule.has_boost != 0) {
    spec.sampling_rate_boost =
        RateBoostSpec{rule.boost_maximum_rate, rule.boost_cooldown_window_minutes};
  }
  spec.version = rule.version;
  spec.lacks_attributes = rule.lacks_attributes != 0;
  spec.lacks_service_type = rule.lacks_service_type != 0;
  return spec;
}

/// The rule that a builder's error is about.
size_t rule_at_fault(const Error& error, const dosimeter_rule* rules, size_t rule_count) {
  std::unordered_set<std::string_view> names = {kLocalSamplerName};
  for (size_t i = 0; i < rule_count; ++i) {
    const dosimeter_rule& rule = rules[i];
    const bool refused =
        error.where == "Attributes" ? rule.lacks_attributes != 0 : rule.lacks_service_type != 0;
    if (error.code == ErrorCode::rule_name_repeated ? !names.insert(view_of(rule.name)).second
                                                    : refused) {
      return i;
    }
  }
  return DOSIMETER_NO_INDEX;
}

/// The rule set, or why there is none.
Result<std::unique_ptr<dosimeter_rule_set>, Problem> compile(dosimeter_text recorder_name, int kind,
                                                             const dosimeter_rule* rules,
                                                             size_t rule_count) {
  if (rules == nullptr && rule_count != 0) {
    return Problem{DOSIMETER_BAD_ARGUMENT, "must not be NULL", "rules"};
  }
  if (kind != DOSIMETER_CENTRAL && kind != DOSIMETER_LOCAL) {
    return Problem{DOSIMETER_BAD_ARGUMENT,
                   "must be DOSIMETER_CENTRAL or DOSIMETER_LOCAL, got " + number_text(kind),
                   "kind"};
  }
  const Recorder* recorder =
      recorder_name.data == nullptr ? &recorders().front() : find_recorder(view_of(recorder_name));
  if (recorder == nullptr) {
    return Problem{DOSIMETER_UNKNOWN_RECORDER,
                   "must be the name of a recorder, got \"" +
                       std::string(view_of(recorder_name).substr(0, 80)) + "\"",
                   "recorder"};
  }
  if (kind == DOSIMETER_LOCAL && !recorder->local) {
    return Problem{DOSIMETER_NO_LOCAL_RULES,
                   "must be DOSIMETER_CENTRAL, because " + std::string(recorder->name) +
                       " knows no local rules, got DOSIMETER_LOCAL",
                   "kind"};
  }
  if (rule_count > kMaximumRules) {
    return Problem{
        DOSIMETER_TOO_MANY_RULES,
        "must be at most " + number_text(kMaximumRules) + ", got " + number_text(rule_count),
        "rules"};
  }

  RuleSetBuilder builder(*recorder, static_cast<RuleKind>(kind));
  for (size_t i = 0; i < rule_count; ++i) {
    const dosimeter_rule& rule = rules[i];
    if (rule.size != sizeof(dosimeter_rule)) {
      return Problem{DOSIMETER_UNKNOWN_STRUCT_SIZE,
                     "must be " + number_text(sizeof(dosimeter_rule)) +
                         " (dosimeter_rule_init), got " + number_text(rule.size),
                     "size", i};
    }
    if (rule.attributes == nullptr && rule.attribute_count != 0) {
      return Problem{DOSIMETER_BAD_ARGUMENT, "must not be NULL", "attributes", i};
    }
    auto checked = Rule::from(spec_of(rule));
    if (!checked) return problem_of(checked.error(), i);
    builder.add(std::move(checked).value());
  }
  auto built = std::move(builder).build();
  if (!built) {
    return problem_of(built.error(), rule_at_fault(built.error(), rules, rule_count));
  }

  auto handle =
      std::make_unique<dosimeter_rule_set>(dosimeter_rule_set{std::move(built).value(), {}});
  for (const IgnoredRule& ignored : handle->rules.ignored()) {
    handle->ignored.push_back({text_of(ignored.rule.name()), text_of(ignored.reason)});
  }
  return handle;
}

}  // namespace

void dosimeter_rule_init(dosimeter_rule* rule) {
  if (rule == nullptr) return;
  constexpr dosimeter_text kStar{"*", 1};
  *rule = {};
  rule->size = sizeof(dosimeter_rule);
  rule->priority = kDefaultRulePriority;
  rule->fixed_rate = kDefaultFixedRate;
  rule->reservoir_size = kDefaultReservoirSize;
  rule->service_name = kStar;
  rule->service_type = kStar;
  rule->host = kStar;
  rule->http_method = kStar;
  rule->url_path = kStar;
  rule->resource_arn = kStar;
  rule->version = 1;
}

int dosimeter_rule_set_create(dosimeter_text recorder, int kind, const dosimeter_rule* rules,
                              size_t rule_count, dosimeter_rule_set** rule_set,
                              dosimeter_error* error) {
  if (rule_set != nullptr) *rule_set = nullptr;
  const int code = behind_the_door([&]() -> int {
    if (rule_set == nullptr) {
      dosimeter_error_set(error, DOSIMETER_BAD_ARGUMENT, DOSIMETER_NO_INDEX, text_of("rule_set"),
                          text_of("must not be NULL"));
      return DOSIMETER_BAD_ARGUMENT;
    }
    auto compiled = compile(recorder, kind, rules, rule_count);
    if (!compiled) {
      const Problem& problem = compiled.error();
      dosimeter_error_set(error, problem.code, problem.rule, text_of(problem.where),
                          text_of(problem.message));
      return problem.code;
    }
    *rule_set = std::move(compiled).value().release();
    dosimeter_error_set(error, DOSIMETER_OK, DOSIMETER_NO_INDEX, {}, {});
    return DOSIMETER_OK;
  });
  if (code == DOSIMETER_OUT_OF_MEMORY) {
    dosimeter_error_set(error, code, DOSIMETER_NO_INDEX, text_of("rules"),
                        text_of("memory ran out"));
  }
  return code;
}

void dosimeter_rule_set_destroy(dosimeter_rule_set* rule_set) {
  delete rule_set;
}

dosimeter_text dosimeter_rule_set_recorder(const dosimeter_rule_set* rule_set) {
  return rule_set == nullptr ? detail::kAbsentText : text_of(rule_set->rules.recorder().name);
}

int dosimeter_rule_set_kind(const dosimeter_rule_set* rule_set) {
  return rule_set == nullptr ? DOSIMETER_CENTRAL : static_cast<int>(rule_set->rules.kind());
}

size_t dosimeter_rule_set_rule_count(const dosimeter_rule_set* rule_set) {
  return rule_set == nullptr ? 0 : rule_set->rules.rules().size();
}

dosimeter_text dosimeter_rule_set_rule_name(const dosimeter_rule_set* rule_set, size_t index) {
  if (index >= dosimeter_rule_set_rule_count(rule_set)) return detail::kAbsentText;
  return text_of(rule_set->rules.rules()[index].name());
}

const dosimeter_ignored_rule* dosimeter_rule_set_ignored(const dosimeter_rule_set* rule_set,
                                                         size_t index) {
  if (rule_set == nullptr || index >= rule_set->ignored.size()) return nullptr;
  return &rule_set->ignored[index];
}

uint32_t dosimeter_rule_set_upstream(const dosimeter_rule_set* rule_set, dosimeter_text header) {
  if (rule_set == nullptr || header.data == nullptr) return DOSIMETER_UPSTREAM_NONE;
  return static_cast<uint32_t>(upstream_decision(view_of(header), rule_set->rules.recorder().text));
}
