#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/request.h>
#include <dosimeter/rule.h>

#include "tests/oracle/rule_order.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

/// Which rule a recorder selects, from the meaning of its MatchChoices said one by one. Uses the
/// engine's value types, none of its logic.
namespace dosimeter::oracle {

/// What becomes of a comparison: no, yes, or the recorder ends with an error.
enum class Answer { no, yes, error };

/// Whether a pattern matches a text: the part of the meaning that another oracle has.
using PatternMeaning = std::function<Answer(const std::string& pattern, const std::string& text)>;

class Selection {
 public:
  Selection(const MatchChoices& choices, PatternMeaning meaning)
      : choices_(choices), meaning_(std::move(meaning)) {}

  /// The name of the rule; "(none)" where the recorder has no rule for the request, "(error)" where
  /// it ends with an error, also where it did so while it loaded the rules.
  std::string of(const std::vector<RuleSpec>& document, const Request& request) const {
    if (refuses(choices_, document)) return "(error)";
    std::vector<RuleSpec> rules;
    for (const RuleSpec& rule : document) {
      if (takes_part(choices_, rule)) rules.push_back(rule);
    }
    // The least of those not yet asked, again and again.
    while (!rules.empty()) {
      std::size_t first = 0;
      for (std::size_t i = 1; i < rules.size(); ++i) {
        if (place(choices_, rules[i]) < place(choices_, rules[first])) first = i;
      }
      const Answer answer = applies(rules[first], request);
      if (answer == Answer::error) return "(error)";
      if (answer == Answer::yes) return rules[first].name;
      rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(first));
    }
    return "(none)";
  }

 private:
  Answer applies(const RuleSpec& rule, const Request& request) const {
    const bool is_default = rule.name == "Default";
    if (is_default && choices_.default_match == DefaultMatch::every_request) return Answer::yes;
    const bool empty = !request.host && !request.http_method && !request.url_path &&
                       !request.service_name && !request.service_type && !request.resource_arn;
    if (empty && !is_default && choices_.empty_request == EmptyRequest::only_default) {
      return Answer::no;
    }
    if (!request.host && choices_.absent_host == AbsentHost::waives_every_field) {
      return Answer::yes;
    }
    const Answer attributes = has_all(rule.attributes, request);
    if (attributes != Answer::yes) return attributes;
    const std::tuple<Field, const std::string&, const FieldText&> asked[] = {
        {Field::host, rule.host, request.host},
        {Field::url_path, rule.url_path, request.url_path},
        {Field::http_method, rule.http_method, request.http_method},
        {Field::service_name, rule.service_name, request.service_name},
        {Field::service_type, rule.service_type, request.service_type},
        {Field::resource_arn, rule.resource_arn, request.resource_arn}};
    for (const auto& [field, written, text] : asked) {
      const bool lacks = field == Field::service_type && rule.lacks_service_type;
      if (lacks && choices_.missing_service_type == MissingServiceType::never_matches &&
          choices_.use(field) == FieldUse::compared) {
        return Answer::no;
      }
      const bool is_empty = lacks && choices_.missing_service_type == MissingServiceType::is_empty;
      const Answer answer = fits(field, is_empty ? "" : written, text);
      if (answer != Answer::yes) return answer;
    }
    return Answer::yes;
  }

  Answer fits(Field field, const std::string& pattern, const FieldText& text) const {
    if (choices_.use(field) == FieldUse::not_compared) return Answer::yes;
    const bool empty_is_text =
        choices_.blank_text == BlankText::is_text ||
        (choices_.blank_text == BlankText::is_text_except_arn && field != Field::resource_arn);
    const bool blank =
        text && ((text->empty() && !empty_is_text) ||
                 (*text == "-" && choices_.blank_text == BlankText::empty_or_dash_is_absent));
    if (text && !blank) return meaning_(pattern, std::string(*text));
    return without_text(choices_.absent(field), pattern);
  }

  Answer without_text(AbsentField absent, const std::string& pattern) const {
    switch (absent) {
      case AbsentField::matches_any_pattern:
        return Answer::yes;
      case AbsentField::matches_only_star:
        return pattern == "*" ? Answer::yes : Answer::no;
      case AbsentField::is_empty_text:
        return meaning_(pattern, "");
      case AbsentField::is_root_path:
        return meaning_(pattern, "/");
      case AbsentField::matches_none:
        break;
    }
    return Answer::no;
  }

  /// Where numbers break wildcards one error is enough, wherever it is; but a rule that has more
  /// than the request is not tried. Elsewhere what comes first decides.
  Answer has_all(const std::vector<RuleAttribute>& all, const Request& request) const {
    if (choices_.non_text_attribute != NonTextAttribute::breaks_wildcards) {
      for (const RuleAttribute& asked : all) {
        const Answer answer = has(asked, request);
        if (answer != Answer::yes) return answer;
      }
      return Answer::yes;
    }
    std::size_t given = request.attributes.size();
    for (const FieldText& field : {request.host, request.http_method, request.url_path}) {
      if (field) ++given;
    }
    Answer sum = Answer::yes;
    for (const RuleAttribute& asked : all) {
      Answer answer = has(asked, request);
      if (answer == Answer::error) {
        if (all.size() <= given) return Answer::error;
        answer = Answer::no;
      }
      if (answer == Answer::no) sum = Answer::no;
    }
    return sum;
  }

  Answer has(const RuleAttribute& asked, const Request& request) const {
    for (const Attribute& attribute : request.attributes) {
      if (attribute.key != asked.key) continue;
      if (attribute.type == AttributeType::text ||
          choices_.non_text_attribute == NonTextAttribute::is_its_text) {
        return meaning_(asked.pattern, std::string(attribute.value));
      }
      if (choices_.non_text_attribute == NonTextAttribute::is_empty_text) {
        return meaning_(asked.pattern, "");
      }
      if (asked.pattern == "*") return Answer::yes;
      const bool wildcard = asked.pattern.empty() || asked.pattern.find('*') != std::string::npos ||
                            asked.pattern.find('?') != std::string::npos;
      const bool breaks = choices_.non_text_attribute == NonTextAttribute::breaks_wildcards;
      return wildcard && breaks ? Answer::error : Answer::no;
    }
    return without_text(choices_.absent_attribute, asked.pattern);
  }

  MatchChoices choices_;
  PatternMeaning meaning_;
};

}  // namespace dosimeter::oracle
