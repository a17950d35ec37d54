#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dosimeter::rules {

/// An error means there is no document; a warning never stops anything.
enum class Severity { error, warning };

/// A place in a source. Lines and columns count from 1, columns in bytes, a byte order mark not
/// counted. Line 0 (and column 0) is the source as a whole.
struct Location {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

/// One problem of a rule document.
struct Diagnostic {
  Severity severity = Severity::error;
  /// What kind of problem, in snake_case: `fixed_rate_out_of_range`. Stable, listed in
  /// docs/rule-documents.md. A literal: valid for as long as the program runs.
  std::string_view code;
  Location location;
  /// The rule it is about: its name; else what the document calls it (a logical id, a Terraform
  /// address); else `rules[i]`, counted from 0 in its source. Empty where it is about no rule.
  std::string rule;
  /// Expected, then got: `FixedRate must be between 0 and 1, got 10 (10 % is 0.1)`. One line;
  /// whatever it quotes of the document is cut to about 80 bytes and has what a terminal might act
  /// on (controls, invisible and direction characters, bytes that are no UTF-8) escaped as `\xHH`.
  std::string message;
};

/// One line: `xray.json:12:19: rule "Cruddur": FixedRate must be between 0 and 1, got 10 (10 % is
/// 0.1)`; a place that is the whole source has no numbers. Never the severity: who prints the line
/// says it, in front and in a way of their own.
std::string to_string(const Diagnostic& diagnostic);

}  // namespace dosimeter::rules
