#include <dosimeter/pattern.h>
#include <dosimeter/rule_set.h>

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

bool is_absent(const FieldText& text, BlankText blank_text) noexcept {
  if (!text) return true;
  return blank_text == BlankText::is_absent && (text->empty() || *text == "-");
}

bool matches(const Pattern& pattern, const PreparedField& field, AbsentField absent) noexcept {
  if (field) return detail::matches(pattern, *field);
  switch (absent) {
    case AbsentField::matches_any_pattern:
      return true;
    case AbsentField::matches_only_star:
      return pattern.is_star();
    case AbsentField::matches_none:
      break;
  }
  return false;
}

/// Hands out parts of a scratch buffer, front to back.
class FoldingSpace {
 public:
  explicit FoldingSpace(std::span<char> space) noexcept : rest_(space) {}

  detail::PreparedText prepare(std::string_view text, LetterCase letter_case) noexcept {
    const auto prepared = detail::prepare(text, letter_case, rest_);
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
  std::vector<FieldTest> fields;
  std::vector<AttributeTest> attributes;
};

RuleTest compile(const Rule& rule, const MatchChoices& choices) {
  RuleTest test;
  if (rule.is_default()) return test;  // matches every request, whatever its fields say
  for (const Field field : kFields) {
    const AbsentField absent = choices.absent(field);
    Pattern pattern(rule.pattern(field), choices);
    const bool always = absent == AbsentField::matches_any_pattern
                            ? pattern.matches_everything()
                            : absent == AbsentField::matches_only_star && pattern.is_star();
    if (!always) test.fields.push_back({field, absent, std::move(pattern)});
  }
  for (const RuleAttribute& attribute : rule.attributes()) {
    test.attributes.push_back({attribute.key, Pattern(attribute.pattern, choices)});
  }
  return test;
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
  return std::nullopt;
}

}  // namespace

struct RuleSet::Compiled {
  Recorder recorder;
  std::vector<Rule> rules;
  std::vector<RuleTest> tests;  // by RuleIndex
  std::vector<IgnoredRule> ignored;
  RuleIndex default_index = 0;
  bool default_is_implicit = false;
};

RuleSet::RuleSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

RuleIndex RuleSet::match(const Request& request, MatchScratch& scratch) const noexcept {
  const MatchChoices& choices = compiled_->recorder.match;
  FoldingSpace space(scratch.folded_);
  std::array<PreparedField, kFieldCount> fields;
  for (const Field field : kFields) {
    const FieldText& text = request.field(field);
    if (is_absent(text, choices.blank_text)) continue;
    fields[static_cast<std::size_t>(field)] = space.prepare(*text, choices.letter_case);
  }

  const auto passes = [&](const RuleTest& test) {
    for (const FieldTest& field : test.fields) {
      if (!matches(field.pattern, fields[static_cast<std::size_t>(field.field)], field.absent)) {
        return false;
      }
    }
    for (const AttributeTest& wanted : test.attributes) {
      const auto found =
          std::find_if(request.attributes.begin(), request.attributes.end(),
                       [&](const Attribute& attribute) { return attribute.key == wanted.key; });
      PreparedField value;
      FoldingSpace value_space = space;
      if (found != request.attributes.end()) {
        value = value_space.prepare(found->value, choices.letter_case);
      }
      if (!matches(wanted.pattern, value, choices.absent_attribute)) return false;
    }
    return true;
  };

  // The Default rule passes everything, so there is always one.
  const auto first = std::find_if(compiled_->tests.begin(), compiled_->tests.end(), passes);
  return static_cast<RuleIndex>(first - compiled_->tests.begin());
}

std::span<const Rule> RuleSet::rules() const noexcept {
  return compiled_->rules;
}
RuleIndex RuleSet::default_index() const noexcept {
  return compiled_->default_index;
}
bool RuleSet::default_is_implicit() const noexcept {
  return compiled_->default_is_implicit;
}
std::span<const IgnoredRule> RuleSet::ignored() const noexcept {
  return compiled_->ignored;
}
const Recorder& RuleSet::recorder() const noexcept {
  return compiled_->recorder;
}

RuleSetBuilder::RuleSetBuilder(const Recorder& recorder) : recorder_(recorder) {}

RuleSetBuilder& RuleSetBuilder::add(Rule rule) & {
  rules_.push_back(std::move(rule));
  return *this;
}

RuleSetBuilder&& RuleSetBuilder::add(Rule rule) && {
  rules_.push_back(std::move(rule));
  return std::move(*this);
}

Result<RuleSet> RuleSetBuilder::build() && {
  if (rules_.size() > kMaximumRules) {
    return Error{ErrorCode::too_many_rules,
                 "must be at most " + detail::number_text(kMaximumRules) + ", got " +
                     detail::number_text(rules_.size()),
                 "rules"};
  }
  std::unordered_set<std::string_view> names;
  for (const Rule& rule : rules_) {
    if (!names.insert(rule.name()).second) {
      return Error{ErrorCode::rule_name_repeated,
                   "must be given once, got \"" + rule.name() + "\" twice", "RuleName"};
    }
  }

  auto compiled = std::make_shared<RuleSet::Compiled>();
  compiled->recorder = recorder_;
  compiled->default_is_implicit = !names.contains(kDefaultRuleName);
  names.clear();  // its views end here: the rules are moved
  if (compiled->default_is_implicit) rules_.push_back(Rule::shipped_default());

  const MatchChoices& choices = recorder_.match;
  for (Rule& rule : rules_) {
    if (const auto reason = rule.is_default() ? std::nullopt : reason_to_ignore(rule, choices)) {
      compiled->ignored.push_back({std::move(rule), *reason});
    } else {
      compiled->rules.push_back(std::move(rule));
    }
  }
  // Stable, so that where names do not break a tie the position does.
  std::stable_sort(compiled->rules.begin(), compiled->rules.end(),
                   [&](const Rule& a, const Rule& b) {
                     const bool default_apart = choices.default_place == DefaultPlace::last;
                     if (default_apart && a.is_default() != b.is_default()) return b.is_default();
                     if (a.priority() != b.priority()) return a.priority() < b.priority();
                     // Bytes compare as code points do: UTF-8 keeps their order.
                     return choices.priority_tie == PriorityTie::by_name && a.name() < b.name();
                   });
  for (const Rule& rule : compiled->rules) compiled->tests.push_back(compile(rule, choices));
  const auto default_rule = std::find_if(compiled->rules.begin(), compiled->rules.end(),
                                         [](const Rule& rule) { return rule.is_default(); });
  compiled->default_index = static_cast<RuleIndex>(default_rule - compiled->rules.begin());
  return RuleSet(std::move(compiled));
}

}  // namespace dosimeter
