#pragma once

#include <dosimeter/rule.h>
#include <dosimeter/rules/body.h>
#include <dosimeter/rules/load.h>
#include <dosimeter/time_point.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// GetSamplingRules: a recorder asks for the rules, some five minutes apart.
namespace dosimeter::rules {

struct SamplingRuleRecord {
  Rule rule;
  /// Nothing where the service did not say.
  std::optional<TimePoint> created_at = {};
  std::optional<TimePoint> modified_at = {};
};

/// What POST /GetSamplingRules answers.
struct SamplingRulesBody {
  /// In the order of the body; a recorder sorts them by priority. No name is there twice.
  std::vector<SamplingRuleRecord> records;
  /// What to ask for the rest of the list with; empty at its end.
  std::string next_token = {};
};

/// The request's body, `{}` for the beginning of the list.
[[nodiscard]] std::string write_sampling_rules_request(std::string_view next_token = {});

/// Reads an answer. The rules are held to what an engine can hold; of AWS's own limits the service
/// knows, so these are warnings, as are keys that it may have gained. Of its name a `source` needs
/// but one for messages.
///
/// Opens nothing and keeps no state; safe to call from several threads. Time is about linear in the
/// text. Throws nothing but `std::bad_alloc`.
[[nodiscard]] BodyResult<SamplingRulesBody> read_sampling_rules(const Source& source);

/// Writes an answer, as whoever plays the service does. What is read from it is the same again, as
/// long as texts are UTF-8; of descriptions, which X-Ray has none of, nothing is written.
[[nodiscard]] std::string write_sampling_rules(
    const SamplingRulesBody& body, StampSpelling spelling = StampSpelling::epoch_seconds);

}  // namespace dosimeter::rules
