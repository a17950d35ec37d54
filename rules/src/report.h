#pragma once

#include <dosimeter/rules/diagnostic.h>

#include "rules/src/json_value.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules {

/// The most errors, and the most warnings, listed for one source: a hostile one could hold
/// millions.
inline constexpr std::size_t kMaximumListed = 1000;

/// Collects the problems of one source.
class Report {
 public:
  explicit Report(std::string file) : file_(std::move(file)) {}

  /// What the diagnostics from here on are about; empty for no rule.
  void set_rule(std::string rule) { rule_ = std::move(rule); }
  [[nodiscard]] const std::string& rule() const { return rule_; }

  void add(Severity severity, std::string_view code, Place place, std::string message);
  void error(std::string_view code, Place place, std::string message) {
    add(Severity::error, code, place, std::move(message));
  }
  void warning(std::string_view code, Place place, std::string message) {
    add(Severity::warning, code, place, std::move(message));
  }

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] bool has_errors() const { return errors_ != 0; }
  /// Whether one more of that severity would be listed.
  [[nodiscard]] bool lists(Severity severity) const {
    return (severity == Severity::error ? errors_ : warnings_) < kMaximumListed;
  }
  /// Whether further errors would not be listed, so that reading on is for nothing.
  [[nodiscard]] bool full() const { return errors_ > kMaximumListed; }

  /// The diagnostics by place, those of one place in the order they came in. Ends the report.
  std::vector<Diagnostic> take();

 private:
  std::string file_;
  std::string rule_;
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

}  // namespace dosimeter::rules
