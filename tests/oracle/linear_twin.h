#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/pattern.h>
#include <dosimeter/request.h>
#include <dosimeter/rule.h>

#include "tests/oracle/rule_order.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

/// The rule of a request by asking one rule after the other, for sets that are too large for
/// Selection, which it is held to. Uses the engine's value types and its reference matcher, none of
/// what makes the engine fast.
namespace dosimeter::oracle {

/// Rules of one document under one recorder's choices. Not thread-safe: it remembers what a pattern
/// said of a text.
class LinearTwin {
 public:
  /// Names are as for Selection: ASCII, letters of one case and digits.
  LinearTwin(std::vector<RuleSpec> document, const MatchChoices& choices)
      : document_(std::move(document)), choices_(choices) {
    for (const RuleSpec& rule : document_) {
      if (takes_part(choices_, rule)) entries_.push_back(entry(rule));
    }
    std::stable_sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
      return place(choices_, *a.rule) < place(choices_, *b.rule);
    });
  }
  LinearTwin(const LinearTwin&) = delete;  // entries_ points into document_
  LinearTwin& operator=(const LinearTwin&) = delete;

  [[nodiscard]] const std::vector<RuleSpec>& document() const { return document_; }

  /// Whether the recorder loads none of the rules.
  [[nodiscard]] bool refuses() const { return oracle::refuses(choices_, document_); }

  struct Found {
    /// Nothing where no rule of the document has the request.
    const RuleSpec* rule;
    /// Whether the recorder ends with an error on one of the rules before, which then does not
    /// match.
    bool breaks;
  };

  [[nodiscard]] Found of(const Request& request) {
    std::array<Answers*, kFieldCount> seen{};
    for (const Field field : kFields) {
      const bool empty_is_absent = choices_.blank_text == BlankText::is_text_except_arn &&
                                   field == Field::resource_arn &&
                                   request.field(field) == FieldText("");
      seen[index(field)] =
          compared(empty_is_absent ? FieldText() : request.field(field), choices_.absent(field));
    }
    bool breaks = false;
    for (const Entry& entry : entries_) {
      const Answer answer = applies(entry, request, seen);
      if (answer == Answer::yes) return {entry.rule, breaks};
      if (answer == Answer::error) breaks = true;
    }
    return {nullptr, breaks};
  }

 private:
  enum class Answer : unsigned char { unknown, no, yes, error };

  /// What the patterns say of one text, by the number of the pattern.
  struct Answers {
    std::string text;
    std::vector<Answer> by_pattern;
  };

  struct Entry {
    const RuleSpec* rule;
    bool never;  // it lacks what the recorder cannot match without
    std::array<std::size_t, kFieldCount> patterns;
    std::vector<std::size_t> attribute_patterns;
  };

  static std::size_t index(Field field) { return static_cast<std::size_t>(field); }

  /// The number of a pattern: equal texts have one.
  std::size_t number(const std::string& pattern) {
    const auto [known, is_new] = numbers_.try_emplace(pattern, patterns_.size());
    if (is_new) patterns_.emplace_back(pattern, choices_);
    return known->second;
  }

  Entry entry(const RuleSpec& rule) {
    const bool never = rule.lacks_service_type &&
                       choices_.missing_service_type == MissingServiceType::never_matches &&
                       choices_.use(Field::service_type) == FieldUse::compared;
    const bool type_is_empty =
        rule.lacks_service_type && choices_.missing_service_type == MissingServiceType::is_empty;
    Entry made{&rule, never, {}, {}};
    made.patterns = {number(rule.service_name), number(type_is_empty ? "" : rule.service_type),
                     number(rule.host),         number(rule.http_method),
                     number(rule.url_path),     number(rule.resource_arn)};
    for (const RuleAttribute& attribute : rule.attributes) {
      made.attribute_patterns.push_back(number(attribute.pattern));
    }
    return made;
  }

  Answers* of_text(std::string_view text) {
    Answers& answers = texts_[std::string(text)];
    if (answers.by_pattern.empty()) {
      answers.text = text;
      answers.by_pattern.resize(patterns_.size() + 1);
    }
    return &answers;
  }

  /// nullptr: there is none to compare.
  Answers* compared(const FieldText& text, AbsentField absent) {
    const bool blank =
        text && ((text->empty() && choices_.blank_text < BlankText::is_text) ||
                 (*text == "-" && choices_.blank_text == BlankText::empty_or_dash_is_absent));
    if (text && !blank) return of_text(*text);
    if (absent == AbsentField::is_empty_text) return of_text("");
    if (absent == AbsentField::is_root_path) return of_text("/");
    return nullptr;
  }

  Answer fits(std::size_t pattern, Answers* text, AbsentField absent) {
    if (text == nullptr) {
      const bool yes =
          absent == AbsentField::matches_any_pattern ||
          (absent == AbsentField::matches_only_star && patterns_[pattern].text() == "*");
      return yes ? Answer::yes : Answer::no;
    }
    Answer& answer = text->by_pattern[pattern];
    if (answer == Answer::unknown) {
      const PatternOutcome outcome = patterns_[pattern].reference_outcome(text->text);
      answer = outcome == PatternOutcome::matches  ? Answer::yes
               : outcome == PatternOutcome::breaks ? Answer::error
                                                   : Answer::no;
    }
    return answer;
  }

  Answer has(const RuleAttribute& asked, std::size_t pattern, const Request& request) {
    for (const Attribute& attribute : request.attributes) {
      if (attribute.key != asked.key) continue;
      if (attribute.type == AttributeType::text ||
          choices_.non_text_attribute == NonTextAttribute::is_its_text) {
        return fits(pattern, of_text(attribute.value), AbsentField::matches_none);
      }
      if (choices_.non_text_attribute == NonTextAttribute::is_empty_text) {
        return fits(pattern, of_text(""), AbsentField::matches_none);
      }
      if (asked.pattern == "*") return Answer::yes;
      const bool wildcard =
          asked.pattern.empty() || asked.pattern.find_first_of("*?") != std::string::npos;
      const bool breaks = choices_.non_text_attribute == NonTextAttribute::breaks_wildcards;
      return wildcard && breaks ? Answer::error : Answer::no;
    }
    return fits(pattern, compared({}, choices_.absent_attribute), choices_.absent_attribute);
  }

  Answer applies(const Entry& entry, const Request& request,
                 const std::array<Answers*, kFieldCount>& seen) {
    const RuleSpec& rule = *entry.rule;
    const bool is_default = rule.name == "Default";
    if (is_default && choices_.default_match == DefaultMatch::every_request) return Answer::yes;
    const bool empty = std::none_of(kFields.begin(), kFields.end(),
                                    [&](Field field) { return request.field(field).has_value(); });
    if (empty && !is_default && choices_.empty_request == EmptyRequest::only_default) {
      return Answer::no;
    }
    if (!request.host && choices_.absent_host == AbsentHost::waives_every_field) return Answer::yes;
    for (std::size_t i = 0; i < rule.attributes.size(); ++i) {
      const Answer answer = has(rule.attributes[i], entry.attribute_patterns[i], request);
      if (answer != Answer::yes) return answer;
    }
    // The order matters where a recorder ends with an error: before it somebody may have said no.
    constexpr Field kOrder[] = {Field::host,         Field::url_path,     Field::http_method,
                                Field::service_name, Field::service_type, Field::resource_arn};
    for (const Field field : kOrder) {
      if (field == Field::service_type && entry.never) return Answer::no;
      if (choices_.use(field) == FieldUse::not_compared) continue;
      const Answer answer =
          fits(entry.patterns[index(field)], seen[index(field)], choices_.absent(field));
      if (answer != Answer::yes) return answer;
    }
    return Answer::yes;
  }

  std::vector<RuleSpec> document_;
  MatchChoices choices_;
  std::vector<Entry> entries_;  // in order of evaluation
  std::deque<Pattern> patterns_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::unordered_map<std::string, Answers> texts_;
};

}  // namespace dosimeter::oracle
