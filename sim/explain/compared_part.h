#pragma once

#include <dosimeter/explanation.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// A field of a rule or one of its attributes, and what came of it. Views of the explanation's.
struct ComparedPart {
  /// Nothing for an attribute.
  std::optional<Field> field;
  /// The field's name or the attribute's key.
  std::string_view name;
  std::string_view pattern;
  FieldText text;
  Comparison comparison{};
};

/// The fields in AWS's order, then the attributes.
[[nodiscard]] std::vector<ComparedPart> parts_of(const RuleExplanation& rule);

/// The first part because of which the rule does not match: where the recorder breaks at one, that
/// one. Nothing where no part is to blame.
[[nodiscard]] std::optional<ComparedPart> deciding_part(const RuleExplanation& rule);

/// Of a field its name, of an attribute `attribute tier`.
[[nodiscard]] std::string part_name(const ComparedPart& part);

/// A text or a pattern in quotes, a long one cut; `absent` where there is none.
[[nodiscard]] std::string shown_text(const FieldText& text);

/// `URLPath "/login" against "/login?next=%2F"`.
[[nodiscard]] std::string comparison_text(const ComparedPart& part);

/// For programs: `matched`, `absent_failed`.
[[nodiscard]] std::string_view comparison_name(Comparison comparison) noexcept;
[[nodiscard]] std::string_view verdict_name(RuleVerdict verdict) noexcept;

}  // namespace dosimeter::sim
