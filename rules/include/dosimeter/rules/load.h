#pragma once

#include <dosimeter/rules/diagnostic.h>
#include <dosimeter/rules/document.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules {

/// The most a source may hold; longer text is an error. Whoever reads a file may stop one byte past
/// it.
inline constexpr std::size_t kMaximumDocumentBytes = std::size_t{16} << 20;

/// One text with rules, and the name messages use for it.
struct Source {
  std::string name;
  /// Need only live during the call.
  std::string_view text;
};

struct LoadResult {
  /// Absent exactly where a diagnostic is an error.
  std::optional<RuleDocument> document;
  /// Every problem found, in the order of the sources and of their lines. Past a thousand errors,
  /// and a thousand warnings, of one source a single line (`too_many_problems`) stands for the
  /// rest.
  std::vector<Diagnostic> diagnostics;

  /// What each source turned out to be, in their order, also where its content is wrong. Nothing
  /// where that could not be told.
  std::vector<std::optional<DocumentShape>> shapes;

  /// The same as `document.has_value()`.
  [[nodiscard]] bool ok() const noexcept { return document.has_value(); }
};

/// Reads rules from JSON text of any shape of `DocumentShape`. Several sources make one document:
/// they must all be central or be a single local document, and a rule's name may be used once. No
/// sources give an empty central document.
///
/// AWS's constraints are errors in what somebody writes to create a rule and warnings in what the
/// service returned; what an engine cannot hold is always an error. See docs/rule-documents.md.
///
/// Opens nothing and keeps no state; safe to call from several threads. Time is about linear in the
/// text, memory at most some tens of bytes for each byte of the largest source. Throws nothing but
/// `std::bad_alloc`.
LoadResult load_rules(std::span<const Source> sources);

}  // namespace dosimeter::rules
