#pragma once

#include "sim/explain/answer.h"
#include "sim/explain/why_not.h"

#include <string>

namespace dosimeter::sim {

/// Which rule has the request and why, for people: the answer, the request as the recorder's rules
/// see it, every rule in order with its fields, the rules that are ignored. Long texts are cut.
[[nodiscard]] std::string write_explanation_text(const Answer& answer);

/// The reason, who has the request instead, and the request.
[[nodiscard]] std::string write_why_not_text(const Answer& answer, const WhyNotAnswer& why_not);

/// One line: `login has it: 5 a second, then 10 %`.
[[nodiscard]] std::string answer_text(const Answer& answer);

/// The same in a word: the rule's name, or `(local sampler)`, `(no rules)`, `(error)`, `(header:
/// recorded)`.
[[nodiscard]] std::string short_answer_text(const Answer& answer);

/// That the rules are of a kind for which the recorder does not ask; a paragraph or nothing.
[[nodiscard]] std::string foreign_rules_text(const Answer& answer);

/// What the trace header decides, a line or nothing.
[[nodiscard]] std::string upstream_text(const Answer& answer);

/// The request as the recorder's rules see it, a line for each field.
[[nodiscard]] std::string seen_request_text(const Answer& answer);

}  // namespace dosimeter::sim
