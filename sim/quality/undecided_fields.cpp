#include "sim/quality/undecided_fields.h"

#include <string>
#include <string_view>
#include <unordered_map>
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
Rule opened(const Rule& rule, Field field) {
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

RuleSet compiled(const RuleSet& rules, Field field, bool only_open) {
  RuleSetBuilder builder(rules.recorder(), rules.kind());
  for (RuleIndex i = 0; i < rules.rules().size(); ++i) {
    const Rule& rule = rules.rules()[i];
    if (rules.is_stand_in(i) || (only_open && !is_open(rules, i, field))) continue;
    builder.add(opened(rule, field));
  }
  // Names, number and recorder are those of a set that was built.
  return std::move(builder).build().value();
}

std::vector<RuleIndex> places(const RuleSet& open, const RuleSet& all) {
  std::unordered_map<std::string_view, RuleIndex> by_name;
  for (RuleIndex i = 0; i < all.rules().size(); ++i) by_name.emplace(all.rules()[i].name(), i);
  std::vector<RuleIndex> result;
  const auto none = static_cast<RuleIndex>(all.rules().size());
  for (RuleIndex i = 0; i < open.rules().size(); ++i) {
    if (!open.is_stand_in(i)) {
      result.push_back(by_name.at(open.rules()[i].name()));
    } else {
      result.push_back(all.is_stand_in(all.fallback_index()) ? all.fallback_index() : none);
    }
  }
  return result;
}

}  // namespace

UndecidedFields::UndecidedFields(RuleSet rules) : rules_(std::move(rules)) {
  for (const Field field : kFields) {
    for (RuleIndex i = 0; i < rules_.rules().size(); ++i) {
      if (!is_open(rules_, i, field)) asked_ |= bit_of(field);
    }
  }
}

UndecidedFields::Sides UndecidedFields::make_sides(Field field) const {
  RuleSet all = compiled(rules_, field, false);
  RuleSet open = compiled(rules_, field, true);
  std::vector<RuleIndex> place = places(open, all);
  return {std::move(all), std::move(open), std::move(place)};
}

const UndecidedFields::Sides& UndecidedFields::sides_of(Field field) const {
  LazySides& lazy = sides_[static_cast<std::size_t>(field)];
  std::call_once(lazy.made, [&] { lazy.sides = std::make_unique<const Sides>(make_sides(field)); });
  return *lazy.sides;
}

FieldBits UndecidedFields::undecided(const Request& request, MatchScratch& scratch) const {
  FieldBits bits = 0;
  for (const Field field : kFields) {
    if ((asked_ & bit_of(field)) == 0 || request.field(field)) continue;
    const Sides& sides = sides_of(field);
    Request as_any = request;
    as_any.*kTexts[static_cast<std::size_t>(field)] = kAnyText;
    const RuleIndex first = sides.all.match(as_any, scratch);
    const RuleIndex sure = sides.open.match(as_any, scratch);
    if (sides.place_in_all[sure] != first) bits |= bit_of(field);
  }
  return bits;
}

}  // namespace dosimeter::sim
