#include "sim/quality/undecided_fields.h"

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Stands for a text that is not there: matched by `*` under every recorder.
constexpr std::string_view kAnyText = "x";

constexpr std::array<std::string RuleSpec::*, kFieldCount> kPatterns = {
    &RuleSpec::service_name, &RuleSpec::service_type, &RuleSpec::host,
    &RuleSpec::http_method,  &RuleSpec::url_path,     &RuleSpec::resource_arn};
constexpr std::array<FieldText Request::*, kFieldCount> kTexts = {
    &Request::service_name, &Request::service_type, &Request::host,
    &Request::http_method,  &Request::url_path,     &Request::resource_arn};

/// Whether every text of the field will do for the rule.
bool is_open(const RuleSet& rules, RuleIndex index, Field field) {
  if (index == rules.fallback_index()) return true;
  const std::string& pattern = rules.rules()[index].pattern(field);
  return !pattern.empty() && pattern.find_first_not_of('*') == pattern.npos;
}

/// The rule with `*` for that field. What does not decide which rule matches is left out.
Rule with_any(const Rule& rule, Field field) {
  RuleSpec spec;
  spec.name = rule.name();
  spec.priority = rule.priority();
  for (const Field each : kFields) {
    spec.*kPatterns[static_cast<std::size_t>(each)] = rule.pattern(each);
  }
  spec.*kPatterns[static_cast<std::size_t>(field)] = "*";
  spec.attributes = rule.attributes();
  spec.lacks_attributes = rule.lacks_attributes();
  spec.lacks_service_type = field != Field::service_type && rule.lacks_service_type();
  // A part of a valid rule is one.
  return Rule::from(std::move(spec)).value();
}

}  // namespace

UndecidedFields::UndecidedFields(RuleSet rules)
    : rules_(std::move(rules)), asked_by_(rules_.rules().size()) {
  bool any_lacks_type = false;
  for (RuleIndex i = 0; i < rules_.rules().size(); ++i) {
    any_lacks_type = any_lacks_type || rules_.rules()[i].lacks_service_type();
    for (const Field field : kFields) {
      if (!is_open(rules_, i, field)) asked_by_[i] |= bit_of(field);
    }
    asked_ |= asked_by_[i];
  }
  for (const Field field : kFields) {
    const bool is_compared = rules_.choices().use(field) == FieldUse::compared;
    if (is_compared && rules_.choices().absent(field) == AbsentField::matches_any_pattern &&
        !(field == Field::service_type && any_lacks_type)) {
      open_when_absent_ |= bit_of(field);
    }
  }
}

UndecidedFields::Opened UndecidedFields::open(Field field) const {
  RuleSetBuilder builder(rules_.recorder(), rules_.kind());
  std::unordered_set<std::string_view> asking;
  for (RuleIndex i = 0; i < rules_.rules().size(); ++i) {
    if (rules_.is_stand_in(i)) continue;
    const Rule& rule = rules_.rules()[i];
    builder.add(with_any(rule, field));
    if ((asked_by_[i] & bit_of(field)) != 0) asking.insert(rule.name());
  }
  // Names, number and recorder are those of a set that was built.
  RuleSet opened = std::move(builder).build().value();
  std::vector<bool> asks;
  for (RuleIndex i = 0; i < opened.rules().size(); ++i) {
    asks.push_back(!opened.is_stand_in(i) && asking.count(opened.rules()[i].name()) != 0);
  }
  return {std::move(opened), std::move(asks)};
}

const UndecidedFields::Opened& UndecidedFields::opened(Field field) const {
  LazyOpened& lazy = opened_[static_cast<std::size_t>(field)];
  std::call_once(lazy.made, [&] { lazy.opened = std::make_unique<const Opened>(open(field)); });
  return *lazy.opened;
}

FieldBits UndecidedFields::undecided(const Request& request, RuleIndex rule,
                                     MatchScratch& scratch) const {
  const FieldBits absent = asked_ & ~fields_of(request);
  if (absent == 0) return 0;
  FieldBits bits = asked_by_[rule] & absent & open_when_absent_;
  const FieldBits others = absent & ~open_when_absent_;
  if (others == 0) return bits;
  for (const Field field : kFields) {
    const FieldBits bit = bit_of(field);
    if ((others & bit) == 0) continue;
    const Opened& all = opened(field);
    Request as_any = request;
    as_any.*kTexts[static_cast<std::size_t>(field)] = kAnyText;
    if (all.asks[all.rules.match(as_any, scratch)]) bits |= bit;
  }
  return bits;
}

}  // namespace dosimeter::sim
