#pragma once

#include <dosimeter/match_choices.h>
#include <dosimeter/request.h>
#include <dosimeter/rule.h>

#include "engine/src/compiled_pattern.h"
#include "engine/src/radix_tree.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::detail {

/// In place of a pattern that every request passes, whatever it has in the field.
inline constexpr PatternId kEveryRequest = std::numeric_limits<PatternId>::max();

/// What a request must pass for a rule to be selected.
struct RuleRow {
  /// By Field.
  std::array<PatternId, kFieldCount> patterns;
  std::uint32_t attributes_begin = 0;
  std::uint32_t attributes_count = 0;
  /// EmptyRequest::only_default.
  bool takes_empty_request = false;
  bool never_matches = false;

  [[nodiscard]] PatternId pattern(Field field) const noexcept {
    return patterns[static_cast<std::size_t>(field)];
  }
};

/// Rules in the order in which they are asked, each distinct pattern of a field compiled once, and
/// the plain way to find the first that applies: one after the other. Immutable.
class RuleTable {
 public:
  RuleTable(std::span<const Rule> rules, const MatchChoices& choices);

  /// Adds a rule after all others that matches every request.
  void add_match_all();

  [[nodiscard]] const MatchChoices& choices() const noexcept { return choices_; }
  /// Whether texts are to be folded for the patterns.
  [[nodiscard]] bool folds() const noexcept { return folds_text(choices_); }
  [[nodiscard]] std::span<const RuleRow> rows() const noexcept { return rows_; }
  [[nodiscard]] std::span<const CompiledPattern> patterns(Field field) const noexcept {
    return patterns_[static_cast<std::size_t>(field)];
  }

  /// The first rule from `begin` on, and before `end`, that applies to `request`; `end` if there is
  /// none.
  [[nodiscard]] std::uint32_t first_by_scan(const Request& request, TextSpace space,
                                            std::uint32_t begin, std::uint32_t end) const noexcept;
  /// Whether the request has every attribute that the rule asks for.
  [[nodiscard]] bool passes_attributes(const RuleRow& row, const Request& request,
                                       TextSpace space) const noexcept;
  /// Whether there may be exceptions.
  [[nodiscard]] bool has_exceptions() const noexcept;
  /// Whether this recorder treats the request otherwise than by what it has in each field.
  [[nodiscard]] bool is_exception(const Request& request) const noexcept {
    return waives_fields(request) || is_for_default(request);
  }

 private:
  struct AttributeTest {
    std::string key;
    std::uint32_t pattern;
  };

  /// Whether any rule applies, whatever the fields.
  [[nodiscard]] bool waives_fields(const Request& request) const noexcept;
  /// Whether Default alone may apply.
  [[nodiscard]] bool is_for_default(const Request& request) const noexcept;

  MatchChoices choices_;
  std::vector<RuleRow> rows_;
  /// Distinct ones, by Field.
  std::array<std::vector<CompiledPattern>, kFieldCount> patterns_;
  std::vector<CompiledPattern> attribute_patterns_;
  std::vector<AttributeTest> attributes_;
};

}  // namespace dosimeter::detail
