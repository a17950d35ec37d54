#pragma once

#include <dosimeter/rules/diagnostic.h>

#include <cstddef>
#include <optional>
#include <vector>

/// The bodies that a recorder and X-Ray (or the daemon between them) send each other, as JSON text.
/// How they travel is the caller's business.
namespace dosimeter::rules {

/// The most bytes a body may have: some 2,000 rules with every field as long as AWS allows. A
/// reader of a connection may stop one byte past it.
inline constexpr std::size_t kMaximumBodyBytes = std::size_t{4} << 20;

/// The most rules, targets, statistics or refusals in one body.
inline constexpr std::size_t kMaximumBodyItems = 10'000;

/// How instants are written. Either is read, wherever one stands.
enum class StampSpelling : unsigned char {
  /// A number, seconds since 1970: `1530923107.5`. The service and its recorders write this.
  epoch_seconds,
  /// A string: `"2018-07-07T00:25:07.5+00:00"`. The AWS command line prints this.
  iso_8601,
};

/// A body that was read, or why it was not.
template <typename Body>
struct BodyResult {
  /// Absent exactly where a diagnostic is an error: a body is taken as a whole or not at all.
  std::optional<Body> body;
  /// Every problem found, as of a rule document: `to_string` gives place, expected and got.
  std::vector<Diagnostic> diagnostics;

  /// The same as `body.has_value()`.
  [[nodiscard]] bool ok() const noexcept { return body.has_value(); }
};

}  // namespace dosimeter::rules
