#include <dosimeter/rule_set.h>

#include "engine/src/compiled_rules.h"
#include "engine/src/name_order.h"
#include "engine/src/number_text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

namespace dosimeter {
namespace {

/// Of Default alone: other rules may be kept from the empty request, or be overtaken by its place.
bool matches_every_request(const detail::RuleRow& row) {
  return row.takes_empty_request && !row.never_matches && row.attributes_count == 0 &&
         std::all_of(row.patterns.begin(), row.patterns.end(),
                     [](detail::PatternId pattern) { return pattern == detail::kEveryRequest; });
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
  const bool ignores_typeless =
      choices.missing_service_type == MissingServiceType::rule_ignored ||
      (choices.missing_service_type == MissingServiceType::rule_ignored_unless_default &&
       !rule.is_default());
  if (ignores_typeless && rule.lacks_service_type()) {
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
  const bool is_ignored_before =
      (choices.other_version == RuleFeature::rule_ignored && rule.version() != 1) ||
      (choices.resource_arn == RuleFeature::rule_ignored &&
       rule.pattern(Field::resource_arn) != "*");
  if (choices.missing_attributes == MissingAttributes::rules_refused && rule.lacks_attributes() &&
      !is_ignored_before) {
    return refused("Attributes");
  }
  if (choices.missing_service_type == MissingServiceType::rules_refused &&
      rule.lacks_service_type()) {
    return refused("ServiceType");
  }
  return std::nullopt;
}

}  // namespace

RuleSet::RuleSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

RuleIndex RuleSet::match(const Request& request, MatchScratch& scratch) const noexcept {
  return compiled_->index.find(request, scratch.space_, nullptr);
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

  const bool names_default = names.contains(kDefaultRuleName);
  names.clear();  // its views end here: the rules are moved
  std::vector<Rule> rules;
  std::vector<IgnoredRule> ignored;
  for (Rule& rule : rules_) {
    if (const auto reason = reason_to_ignore(rule, choices)) {
      ignored.push_back({std::move(rule), *reason});
    } else {
      rules.push_back(std::move(rule));
    }
  }
  // Stable, so that where names do not break a tie the position does.
  std::stable_sort(rules.begin(), rules.end(), [&](const Rule& a, const Rule& b) {
    const bool default_apart = choices.default_place == DefaultPlace::last;
    if (default_apart && a.is_default() != b.is_default()) return b.is_default();
    if (a.priority() != b.priority()) return a.priority() < b.priority();
    return detail::name_comes_first(a.name(), b.name(), choices.priority_tie);
  });

  detail::RuleTable table(rules, choices);
  const auto everything =
      std::find_if(table.rows().begin(), table.rows().end(), matches_every_request);
  const auto fallback_index = static_cast<RuleIndex>(everything - table.rows().begin());
  Fallback fallback = Fallback::own_default;
  if (fallback_index == rules.size()) {
    fallback = names_default ? Fallback::local_sampler : Fallback::aws_default;
    rules.push_back(Rule::shipped_default(names_default ? kLocalSamplerName : kDefaultRuleName));
    table.add_match_all();
  }
  return RuleSet(std::make_shared<const RuleSet::Compiled>(
      RuleSet::Compiled{recorder_, kind_, std::move(rules), std::move(ignored), fallback_index,
                        fallback, detail::MatchIndex(std::move(table), fallback_index)}));
}

}  // namespace dosimeter
