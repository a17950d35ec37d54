#include "rules/src/unknown_key.h"

#include "rules/src/message.h"
#include "rules/src/suggestion.h"

#include <algorithm>
#include <string>
#include <utility>

namespace dosimeter::rules {

std::string_view report_unknown_key(JsonValue key, std::span<const std::string_view> known,
                                    Severity severity, Report& report) {
  if (!report.lists(severity)) {
    report.add(severity, "unknown_key", key.place(), "");
    return {};
  }
  const std::string_view meant = suggest(key.text(), known);
  std::string message = concat("unknown key ", quote(key.text()));
  if (!meant.empty()) message += concat(", did you mean ", meant, "?");
  report.add(severity, "unknown_key", key.place(), std::move(message));
  return meant;
}

void check_keys(JsonValue object, std::span<const std::string_view> known, Severity severity,
                Report& report) {
  object.for_each_member([&](JsonValue key, JsonValue) {
    if (std::find(known.begin(), known.end(), key.text()) == known.end()) {
      report_unknown_key(key, known, severity, report);
    }
  });
}

}  // namespace dosimeter::rules
