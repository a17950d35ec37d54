#pragma once

#include <dosimeter/request.h>
#include <dosimeter/rule_set.h>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

/// Why a request has the rule it has: the slow, talkative twin of RuleSet::match.
namespace dosimeter {

/// What came of one pattern and the request's text.
enum class Comparison : unsigned char {
  matched,
  failed,
  absent_matched,  // the request has no such field, which this recorder takes for a match
  absent_failed,   // the same, but for a mismatch
  not_compared,    // this recorder does not look at the field
  breaks,          // the recorder itself would end with an error
};

[[nodiscard]] constexpr bool is_match(Comparison comparison) noexcept {
  return comparison == Comparison::matched || comparison == Comparison::absent_matched ||
         comparison == Comparison::not_compared;
}

struct FieldExplanation {
  Field field{};
  std::string_view pattern;
  /// As the recorder sees it; nothing where the request has none (or only a blank one).
  FieldText text;
  Comparison comparison{};
};

struct AttributeExplanation {
  std::string_view key;
  std::string_view pattern;
  FieldText text;
  Comparison comparison{};
};

/// Why a rule applies to a request beside its fields, or in spite of them.
enum class RuleVerdict : unsigned char {
  matches,
  fails,
  matches_as_default,       // it is the rule named Default, whose fields do not matter
  waived_for_lack_of_host,  // AbsentHost::waives_every_field
  fails_for_empty_request,  // EmptyRequest::only_default
  breaks,
};

[[nodiscard]] constexpr bool is_match(RuleVerdict verdict) noexcept {
  return verdict == RuleVerdict::matches || verdict == RuleVerdict::matches_as_default ||
         verdict == RuleVerdict::waived_for_lack_of_host;
}

struct RuleExplanation {
  RuleIndex rule = 0;
  RuleVerdict verdict{};
  /// By Field. Of the rule named Default too, for what it is worth.
  std::array<FieldExplanation, kFieldCount> fields;
  std::vector<AttributeExplanation> attributes;
};

struct Explanation {
  /// Every rule of the document in order of evaluation, those after the selected one as well.
  std::vector<RuleExplanation> rules;
  /// The first that matches. Nothing where none does, so that RuleSet::fallback has the request,
  /// and where the recorder breaks before.
  std::optional<RuleIndex> selected;
  /// The rule on which the recorder would end with an error before any rule is selected.
  std::optional<RuleIndex> broken;
};

/// Compares `request` with every rule, each text by the reference matcher. Views of `rules` and of
/// what `request` views. Wherever nothing is broken and a rule of the document is selected, it is
/// the one that RuleSet::match finds. Thread-safe.
[[nodiscard]] Explanation explain(const RuleSet& rules, const Request& request);

}  // namespace dosimeter
