#include "rules/src/report.h"

#include "rules/src/message.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace dosimeter::rules {

void Report::add(Severity severity, std::string_view code, Place place, std::string message) {
  std::size_t& count = severity == Severity::error ? errors_ : warnings_;
  if (++count > kMaximumListed) return;
  Diagnostic& added = diagnostics_.emplace_back();
  added.severity = severity;
  added.code = code;
  added.location.file = file_;
  added.location.line = place.line;
  added.location.column = place.column;
  added.rule = rule_;
  added.message = std::move(message);
}

std::vector<Diagnostic> Report::take() {
  const auto cut = [&](Severity severity, std::size_t count, std::string_view what) {
    if (count <= kMaximumListed) return;
    Diagnostic& added = diagnostics_.emplace_back();
    added.severity = severity;
    added.code = "too_many_problems";
    added.location.file = file_;
    added.message = concat("more than ", kMaximumListed, " ", what, ", the others are not listed");
  };
  cut(Severity::error, errors_, "errors");
  cut(Severity::warning, warnings_, "warnings");
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tie(a.location.line, a.location.column) <
                            std::tie(b.location.line, b.location.column);
                   });
  return std::move(diagnostics_);
}

}  // namespace dosimeter::rules
