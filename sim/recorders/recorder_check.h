#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/rules/check.h>
#include <dosimeter/rules/document.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// What a recorder makes of a rule document.
enum class Verdict : unsigned char {
  accepted,       // every rule takes part
  partly_used,    // central rules: it ignores some
  partly_loaded,  // a local document: up to a fault
  replaced,       // it goes on with a document of its own, and only its log tells
  refused,        // it loads nothing
  not_read,       // it does not read that kind of document
};

struct UnusedRule {
  std::string name;
  std::string_view reason;
};

/// Of one recorder. Names and messages may hold anything.
struct RecorderCheck {
  const Recorder* recorder = nullptr;
  Verdict verdict{};
  /// Why it is refused, replaced or partly loaded, and where; else empty.
  std::string message;
  rules::Location location;
  /// Of central rules: the names of those that take part, in the order in which they are asked, and
  /// the others. Of one that reads no central rules: as if they had been written as its local
  /// document.
  std::vector<std::string> used;
  std::vector<UnusedRule> ignored;
};

/// What all recorders make of a rule document.
struct DocumentReport {
  std::string name;
  /// Nothing of a local document that some recorders read and we do not.
  std::optional<rules::DocumentShape> shape;
  RuleKind kind{};
  /// Of central rules.
  std::size_t rules = 0;
  std::vector<RecorderCheck> checks;

  [[nodiscard]] bool accepted_by_all() const noexcept;
};

/// `accepted`, `partly_used`, ...: the enumerator.
[[nodiscard]] std::string_view verdict_name(Verdict verdict) noexcept;

/// Checks a local document.
[[nodiscard]] DocumentReport check_local(const rules::Source& source,
                                         std::optional<rules::DocumentShape> shape,
                                         std::span<const Recorder* const> recorders);

/// Whether any recorder reads something of `source` as a local document.
[[nodiscard]] bool passes_for_local(const rules::Source& source);

/// Checks central rules. REQUIRES: one source, of central rules.
[[nodiscard]] DocumentReport check_central(const rules::RuleDocument& document,
                                           std::span<const Recorder* const> recorders);

}  // namespace dosimeter::sim
