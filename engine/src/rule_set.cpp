#include <dosimeter/pattern.h>
#include <dosimeter/rule_set.h>

#include "engine/src/field_text.h"
#include "engine/src/name_order.h"
#include "engine/src/number_text.h"
#include "engine/src/prepared_text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

namespace dosimeter {
namespace {

/// A field as the patterns see it: prepared text, or absent.
using PreparedField = std::optional<detail::PreparedText>;

bool matches(const Pattern& pattern, const PreparedField& field, AbsentField absent) noexcept {
  return field ? detail::matches(pattern, *field)
               : detail::matches_absent(pattern.is_star(), absent);
}

/// The first of that key, or nullptr.
const Attribute* find_attribute(const Request& request, std::string_view key) noexcept {
  const auto found = std::find_if(request.attributes.begin(), request.attributes.end(),
                                  [&](const Attribute& attribute) { return attribute.key == key; });
  return found == request.attributes.end() ? nullptr : &*found;
}

/// Hands out parts of a scratch buffer, front to back.
class FoldingSpace {
 public:
  explicit FoldingSpace(std::span<char> space) noexcept : rest_(space) {}

  detail::PreparedText prepare(std::string_view text, const MatchChoices& choices) noexcept {
    const auto prepared = detail::prepare(text, detail::folds_text(choices), rest_);
    rest_ = rest_.subspan(prepared.folded.size());
    return prepared;
  }

 private:
  std::span<char> rest_;
};

struct FieldTest {
  Field field;
  AbsentField absent;
  Pattern pattern;
};

struct AttributeTest {
  std::string key;
  Pattern pattern;
};

/// What a request must pass for a rule to be selected. Patterns that every request passes are left
/// out.
struct RuleTest {
  /// EmptyRequest::only_default.
  bool takes_empty_request = false;
  bool never_matches = false;
  std::vector<FieldTest> fields;
  std::vector<AttributeTest> attributes;
};

RuleTest compile(const Rule& rule, const MatchChoices& choices) {
  RuleTest test;
  test.takes_empty_request = rule.is_default();
  if (rule.is_default() && choices.default_match == DefaultMatch::every_request) return test;
  for (const Field field : kFields) {
    if (choices.use(field) == FieldUse::not_compared) continue;
    const AbsentField absent = choices.absent(field);
    if (rule.lacks(field) && choices.missing_service_type == MissingServiceType::never_matches) {
      test.never_matches = true;
      return test;
    }
    Pattern pattern(detail::compared_pattern(rule, field, choices), choices);
    const bool matches_every_text = pattern.matches_everything();
    const bool matches_no_text =
        detail::stand_in(absent) || detail::matches_absent(pattern.is_star(), absent);
    if (!matches_every_text || !matches_no_text) {
      test.fields.push_back({field, absent, std::move(pattern)});
    }
  }
  for (const RuleAttribute& attribute : rule.attributes()) {
    test.attributes.push_back({attribute.key, Pattern(attribute.pattern, choices)});
  }
  return test;
}

/// Of Default alone: other rules may be kept from the empty request, or be overtaken by its place.
bool matches_every_request(const RuleTest& test) {
  return test.takes_empty_request && !test.never_matches && test.fields.empty() &&
         test.attributes.empty();
}

/// Why a recorder with these choices leaves the rule out; nothing if it does not.
std::optional<std::string_view> reason_to_ignore(const Rule& rule, const MatchChoices& choices) {
  if (choices.attributes == RuleFeature::rule_ignored && !rule.attributes().empty()) {
    return "this recorder ignores rules with attributes";
  }
  if (choices.resource_arn == RuleFeature::rule_ignored &&
      rule.pattern(Field::resource_arn) != "*") {
    return "this recorder ignores rules with a ResourceARN other than *";
  }
  if (choices.other_version == RuleFeature::rule_ignored && rule.version() != 1) {
    return "this recorder ignores rules whose Version is not 1";
  }
  if (choices.missing_attributes == MissingAttributes::rule_ignored && rule.lacks_attributes()) {
    return "this recorder ignores rules that lack Attributes (an empty object is enough)";
  }
  if (choices.missing_service_type == MissingServiceType::rule_ignored &&
      rule.lacks_service_type()) {
    return "this recorder ignores rules that lack a ServiceType";
  }
  if (choices.empty_service_type == RuleFeature::rule_ignored && !rule.lacks_service_type() &&
      rule.pattern(Field::service_type).empty()) {
    return "this recorder ignores rules with an empty ServiceType";
  }
  if (choices.priority_zero == RuleFeature::rule_ignored && rule.priority() == 0) {
    return "this recorder ignores rules with priority 0";
  }
  return std::nullopt;
}

/// Why a recorder with these choices loads no rule at all if this one is among them.
std::optional<Error> reason_to_refuse(const Rule& rule, const MatchChoices& choices) {
  const auto refused = [&](std::string where) {
    return Error{ErrorCode::rules_refused_by_recorder,
                 "must be there: without it in rule \"" + rule.name() +
                     "\" this recorder fails to load the rules and uses none of them",
                 std::move(where)};
  };
  if (choices.missing_attributes == MissingAttributes::rules_refused && rule.lacks_attributes()) {
    return refused("Attributes");
  }
  if (choices.missing_service_type == MissingServiceType::rules_refused &&
      rule.lacks_service_type()) {
    return refused("ServiceType");
  }
  return std::nullopt;
}

}  // namespace

struct RuleSet::Compiled {
  Recorder recorder;
  RuleKind kind = RuleKind::central;
  std::vector<Rule> rules;
  std::vector<RuleTest> tests;  // by RuleIndex
  std::vector<IgnoredRule> ignored;
  RuleIndex fallback_index = 0;
  Fallback fallback = Fallback::own_default;
};

RuleSet::RuleSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

RuleIndex RuleSet::match(const Request& request, MatchScratch& scratch) const noexcept {
  const MatchChoices& choices = this->choices();
  FoldingSpace space(scratch.folded_);
  std::array<PreparedField, kFieldCount> fields;
  for (const Field field : kFields) {
    const FieldText text =
        detail::compared_text(request.field(field), choices.absent(field), choices.blank_text);
    if (text) fields[static_cast<std::size_t>(field)] = space.prepare(*text, choices);
  }

  const auto passes_fields = [&](const RuleTest& test) {
    return std::all_of(test.fields.begin(), test.fields.end(), [&](const FieldTest& asked) {
      return matches(asked.pattern, fields[static_cast<std::size_t>(asked.field)], asked.absent);
    });
  };
  const auto passes_attribute = [&](const AttributeTest& asked) {
    const Attribute* found = find_attribute(request, asked.key);
    if (found == nullptr) {
      return detail::matches_absent(asked.pattern.is_star(), choices.absent_attribute);
    }
    const FieldText value = detail::compared_value(*found, choices.non_text_attribute);
    if (!value) return asked.pattern.is_star();
    FoldingSpace value_space = space;
    return detail::matches(asked.pattern, value_space.prepare(*value, choices));
  };
  const bool waived =
      choices.absent_host == AbsentHost::waives_every_field && !request.field(Field::host);
  const bool only_default =
      choices.empty_request == EmptyRequest::only_default && detail::is_empty(request);
  const auto applies = [&](const RuleTest& test) {
    if (only_default && !test.takes_empty_request) return false;
    if (test.never_matches) return waived;
    return waived || (passes_fields(test) && std::all_of(test.attributes.begin(),
                                                         test.attributes.end(), passes_attribute));
  };

  // The fallback passes everything, so there is always one.
  const auto first = std::find_if(compiled_->tests.begin(), compiled_->tests.end(), applies);
  return static_cast<RuleIndex>(first - compiled_->tests.begin());
}

std::span<const Rule> RuleSet::rules() const noexcept {
  return compiled_->rules;
}
RuleIndex RuleSet::fallback_index() const noexcept {
  return compiled_->fallback_index;
}
Fallback RuleSet::fallback() const noexcept {
  return compiled_->fallback;
}
bool RuleSet::is_stand_in(RuleIndex rule) const noexcept {
  return compiled_->fallback != Fallback::own_default && rule == compiled_->fallback_index;
}
std::span<const IgnoredRule> RuleSet::ignored() const noexcept {
  return compiled_->ignored;
}
const Recorder& RuleSet::recorder() const noexcept {
  return compiled_->recorder;
}
RuleKind RuleSet::kind() const noexcept {
  return compiled_->kind;
}
const MatchChoices& RuleSet::choices() const noexcept {
  return compiled_->recorder.matching(compiled_->kind);
}

RuleSetBuilder::RuleSetBuilder(const Recorder& recorder, RuleKind kind)
    : recorder_(recorder), kind_(kind) {}

RuleSetBuilder& RuleSetBuilder::add(Rule rule) & {
  rules_.push_back(std::move(rule));
  return *this;
}

RuleSetBuilder&& RuleSetBuilder::add(Rule rule) && {
  rules_.push_back(std::move(rule));
  return std::move(*this);
}

RuleSetBuilder&& RuleSetBuilder::add(std::span<const Rule> rules) && {
  rules_.insert(rules_.end(), rules.begin(), rules.end());
  return std::move(*this);
}

Result<RuleSet> RuleSetBuilder::build() && {
  if (rules_.size() > kMaximumRules) {
    return Error{ErrorCode::too_many_rules,
                 "must be at most " + detail::number_text(kMaximumRules) + ", got " +
                     detail::number_text(rules_.size()),
                 "rules"};
  }
  std::unordered_set<std::string_view> names = {kLocalSamplerName};
  for (const Rule& rule : rules_) {
    if (!names.insert(rule.name()).second) {
      return Error{ErrorCode::rule_name_repeated,
                   "must be given once, got \"" + rule.name() + "\" twice", "RuleName"};
    }
  }

  const MatchChoices& choices = recorder_.matching(kind_);
  for (const Rule& rule : rules_) {
    if (auto error = reason_to_refuse(rule, choices)) return *std::move(error);
  }

  auto compiled = std::make_shared<RuleSet::Compiled>();
  compiled->recorder = recorder_;
  compiled->kind = kind_;
  const bool names_default = names.contains(kDefaultRuleName);
  names.clear();  // its views end here: the rules are moved
  for (Rule& rule : rules_) {
    if (const auto reason = reason_to_ignore(rule, choices)) {
      compiled->ignored.push_back({std::move(rule), *reason});
    } else {
      compiled->rules.push_back(std::move(rule));
    }
  }
  std::vector<Rule>& rules = compiled->rules;
  // Stable, so that where names do not break a tie the position does.
  std::stable_sort(rules.begin(), rules.end(), [&](const Rule& a, const Rule& b) {
    const bool default_apart = choices.default_place == DefaultPlace::last;
    if (default_apart && a.is_default() != b.is_default()) return b.is_default();
    if (a.priority() != b.priority()) return a.priority() < b.priority();
    return detail::name_comes_first(a.name(), b.name(), choices.priority_tie);
  });
  for (const Rule& rule : rules) compiled->tests.push_back(compile(rule, choices));
  const auto everything =
      std::find_if(compiled->tests.begin(), compiled->tests.end(), matches_every_request);
  compiled->fallback_index = static_cast<RuleIndex>(everything - compiled->tests.begin());
  if (everything == compiled->tests.end()) {
    compiled->fallback = names_default ? Fallback::local_sampler : Fallback::aws_default;
    rules.push_back(Rule::shipped_default(names_default ? kLocalSamplerName : kDefaultRuleName));
    RuleTest everything_test;
    everything_test.takes_empty_request = true;
    compiled->tests.push_back(std::move(everything_test));
  }
  return RuleSet(std::move(compiled));
}

}  // namespace dosimeter
