#pragma once

#include <dosimeter/request.h>

#include <array>
#include <cstddef>

/// How a recorder finds the rule of a request: used when rules are compiled. Every difference
/// between recorders, a bug included, is a value of one of these, named for what it does. The first
/// value of each is the documented one.
namespace dosimeter {

// --- A request's fields ---

/// Whether a recorder looks at a field at all.
enum class FieldUse : unsigned char { compared, not_compared };

/// What a pattern says of a field that the request does not have. `*` means the pattern that is
/// exactly that; `**` is another.
enum class AbsentField : unsigned char {
  matches_any_pattern,
  matches_only_star,
  matches_none,
  is_empty_text,  // compared as if it were ""
  is_root_path,   // compared as if it were "/"
};

/// What counts as absent beside what is not there: the empty text, and a lone `-` (how logs write
/// "nothing").
enum class BlankText : unsigned char {
  empty_or_dash_is_absent,
  empty_is_absent,
  is_text,
  is_text_except_arn,  // of which an empty one is absent
};

/// What a request without a host does to a rule.
enum class AbsentHost : unsigned char {
  is_like_other_fields,
  waives_every_field,  // the rule applies, whatever its method and path
};

/// Which rules a request without a single field may have.
enum class EmptyRequest : unsigned char { any_rule, only_default };

/// What the pattern of an attribute says of a value that is no string: a number, true, a list.
enum class NonTextAttribute : unsigned char {
  is_its_text,  // 42 is "42"
  matches_only_star,
  is_empty_text,
  // A literal does not match; a pattern with a wildcard ends in an error, also where another of the
  // rule's attributes does not match, but not where the rule has more attributes than the request
  // (host, method and path are attributes of a span, too).
  breaks_wildcards,
};

// --- A pattern and a text ---

/// When two letters are the same. A recorder maps pattern and text and compares what comes out.
/// "Simple" mappings turn one code point into one, "full" ones may turn it into several (Unicode
/// 15, 3.13).
enum class LetterCase : unsigned char {
  folded,          // simple case folding
  exact,           // no two letters are
  lowered_ascii,   // A to Z alone have a lower case
  lowered_simply,  // simple lower case: U+0130 becomes i; a byte that is no UTF-8 becomes U+FFFD
  lowered_each,    // full lower case, character against character: U+0130 equals itself alone
  lowered_whole,   // full lower case of the whole text: U+0130 becomes two characters, and a
                   // capital sigma that ends a word the final sigma
  lowered_whole_without_context,  // the same, but every capital sigma becomes the ordinary one
  lowered_round_trip,   // simple lower case where its upper case leads back, in the basic plane:
                        // neither U+0130 nor the Kelvin sign has one
  raised,               // simple upper case, which U+0131 and U+017F do not have here
  raised_then_lowered,  // simple lower case of the simple upper case: i and U+0131 are the same
};

/// How many characters are compared where a mapping of letter case makes a text longer or shorter.
enum class ComparedLength : unsigned char {
  as_mapped,
  as_given,  // as many as the text had before: the rest is not seen, and past the end is an error
  as_given_around_stars,  // that, but for a pattern without `*` or with its first at its end
};

/// How much of a text a pattern has to match.
enum class Anchoring : unsigned char {
  whole_text,
  whole_line,  // one line of it, or several
  anywhere,    // any part of it
};

/// What one `?` stands for, and what a text's length counts. A byte that is no UTF-8 is one of
/// each.
enum class QuestionMark : unsigned char { one_code_point, one_utf16_unit, one_byte };

/// What a `*` in the text is where the whole of it has to match. To other patterns it is a
/// character like any other.
enum class StarInText : unsigned char {
  is_like_any_other,
  eats_the_patterns_star,  // faced with a `*` of the pattern it is matched as a letter, and the
                           // wildcard is used up
};

/// Which characters neither `*` nor `?` stands for. The pattern that is `*` alone matches all the
/// same. Where `?` is one byte, only the ASCII ones count.
enum class LineBreaks : unsigned char {
  are_like_any_other,
  newline_stops_wildcards,     // U+000A
  ecmascript_stops_wildcards,  // and U+000D, U+2028, U+2029
  java_stops_wildcards,        // and U+0085
};

// --- Rules ---

/// Whether a rule that has the feature takes part.
enum class RuleFeature : unsigned char { honoured, rule_ignored };

/// What comes of a rule that lacks Attributes, though AWS always sends some, if only an empty
/// object.
enum class MissingAttributes : unsigned char {
  accepted,  // it has none
  rule_ignored,
  // Loading fails, and no rule takes part, unless this one is ignored for its Version or its
  // ResourceARN.
  rules_refused,
};

/// What comes of a rule that lacks a ServiceType, though AWS always sends one.
enum class MissingServiceType : unsigned char {
  is_star,
  is_empty,       // it matches the empty text alone
  never_matches,  // nothing, not even an absent text
  rule_ignored,
  rules_refused,  // loading fails, and no rule takes part
  rule_ignored_unless_default,
};

/// Which of two rules with the same priority comes first.
enum class PriorityTie : unsigned char {
  by_name,           // code point by code point
  by_utf16_name,     // UTF-16 unit by UTF-16 unit
  by_cultural_name,  // as words are sorted: `a` before `B`, hyphens hardly count
  by_position,       // as they stand in the document
};

/// Where the rule named Default stands.
enum class DefaultPlace : unsigned char { last, by_priority };

/// Which requests the rule named Default matches.
enum class DefaultMatch : unsigned char { every_request, by_its_fields };

struct MatchChoices {
  /// By Field.
  std::array<FieldUse, kFieldCount> field_use = {};
  /// By Field.
  std::array<AbsentField, kFieldCount> absent_field = {
      AbsentField::matches_any_pattern, AbsentField::matches_any_pattern,
      AbsentField::matches_any_pattern, AbsentField::matches_any_pattern,
      AbsentField::matches_any_pattern, AbsentField::matches_only_star};
  AbsentField absent_attribute = AbsentField::matches_none;
  BlankText blank_text = BlankText::empty_or_dash_is_absent;
  AbsentHost absent_host = AbsentHost::is_like_other_fields;
  EmptyRequest empty_request = EmptyRequest::any_rule;
  NonTextAttribute non_text_attribute = NonTextAttribute::is_its_text;

  /// Of patterns without `*` and `?`, and of those with one.
  LetterCase literal_letter_case = LetterCase::folded;
  LetterCase wildcard_letter_case = LetterCase::folded;
  ComparedLength compared_length = ComparedLength::as_mapped;
  Anchoring literal_anchoring = Anchoring::whole_text;
  Anchoring wildcard_anchoring = Anchoring::whole_text;
  QuestionMark question_mark = QuestionMark::one_code_point;
  StarInText star_in_text = StarInText::is_like_any_other;
  LineBreaks line_breaks = LineBreaks::are_like_any_other;

  RuleFeature attributes = RuleFeature::honoured;
  /// A ResourceARN other than `*`.
  RuleFeature resource_arn = RuleFeature::honoured;
  /// A Version other than 1.
  RuleFeature other_version = RuleFeature::honoured;
  RuleFeature empty_service_type = RuleFeature::honoured;
  RuleFeature priority_zero = RuleFeature::honoured;
  MissingAttributes missing_attributes = MissingAttributes::accepted;
  MissingServiceType missing_service_type = MissingServiceType::is_star;
  PriorityTie priority_tie = PriorityTie::by_name;
  DefaultPlace default_place = DefaultPlace::last;
  DefaultMatch default_match = DefaultMatch::every_request;

  [[nodiscard]] constexpr AbsentField absent(Field field) const noexcept {
    return absent_field[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] constexpr FieldUse use(Field field) const noexcept {
    return field_use[static_cast<std::size_t>(field)];
  }
  /// What counts as absent in that field; never is_text_except_arn.
  [[nodiscard]] constexpr BlankText blank(Field field) const noexcept {
    if (blank_text != BlankText::is_text_except_arn) return blank_text;
    return field == Field::resource_arn ? BlankText::empty_is_absent : BlankText::is_text;
  }
};

}  // namespace dosimeter
