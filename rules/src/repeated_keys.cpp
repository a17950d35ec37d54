#include "rules/src/repeated_keys.h"

#include "rules/src/message.h"

#include <algorithm>

namespace dosimeter::rules {

void report_repeated_keys(const JsonDocument& json, std::span<const FoundRule> rules,
                          Report& report) {
  for (const JsonDocument::RepeatedKey& repeated : json.repeated_keys) {
    if (report.full()) return;
    // Rules come in the order of the text, but a local document's default, which may stand
    // anywhere.
    const auto around = std::find_if(rules.begin(), rules.end(), [&](const FoundRule& rule) {
      return rule.begin <= repeated.second && repeated.second < rule.end;
    });
    report.set_rule(around == rules.end() ? "" : around->label);
    const JsonValue first(json, repeated.first);
    const JsonValue second(json, repeated.second);
    report.error("repeated_key", second.place(),
                 concat("key ", quote(second.text()), " is there twice, first at ",
                        first.place().line, ":", first.place().column));
  }
  report.set_rule("");
}

}  // namespace dosimeter::rules
