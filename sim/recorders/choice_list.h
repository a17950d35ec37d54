#pragma once

#include <dosimeter/recorder.h>

#include <span>
#include <string_view>

namespace dosimeter::sim {

/// A choice by its name, so that programs can list, compare and exchange choices without naming
/// them. `Choices` is the struct it is a member of: MatchChoices, TextChoices, ReservoirChoices,
/// QuotaChoices or DocumentChoices.
template <typename Choices>
struct Choice {
  /// The member, for programs: `wildcard_letter_case`; of an array with the element's name behind a
  /// dot: `absent_field.URLPath`.
  std::string_view key;
  /// For people: `letter case of patterns with a wildcard`.
  std::string_view name;
  /// The enumerator, for programs: `exact`.
  std::string_view (*value)(const Choices&);
  /// For people: what a recorder with this value does, as a sentence part: `A and a differ`.
  std::string_view (*meaning)(const Choices&);
  bool (*same)(const Choices&, const Choices&);
  void (*copy)(const Choices& from, Choices& to);
};

/// Every choice there is, in the order of their declaration.
[[nodiscard]] std::span<const Choice<MatchChoices>> match_choices() noexcept;
[[nodiscard]] std::span<const Choice<TextChoices>> text_choices() noexcept;
[[nodiscard]] std::span<const Choice<ReservoirChoices>> reservoir_choices() noexcept;
[[nodiscard]] std::span<const Choice<QuotaChoices>> quota_choices() noexcept;
[[nodiscard]] std::span<const Choice<DocumentChoices>> document_choices() noexcept;

}  // namespace dosimeter::sim
