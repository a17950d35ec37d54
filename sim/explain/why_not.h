#pragma once

#include <dosimeter/result.h>

#include "sim/explain/answer.h"
#include "sim/explain/compared_part.h"
#include "sim/failure.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Why a rule does not have a request, as if the trace header had not decided.
enum class WhyNot : unsigned char {
  has_it,
  field_failed,
  attribute_failed,
  empty_request,  // a request without a single field is for Default alone
  earlier_rule,   // it would match, but another is asked first and matches
  earlier_error,  // it would match, but the recorder ends with an error before
  ends_recorder,  // the recorder ends with an error at this very rule
  ignored,
  rules_refused,  // the recorder uses none of the rules
};

/// `has_it`, for programs.
[[nodiscard]] std::string_view why_not_name(WhyNot reason) noexcept;

struct WhyNotAnswer {
  WhyNot reason{};
  std::string rule;
  /// The part that decides, of field_failed, attribute_failed and ends_recorder.
  std::optional<ComparedPart> part;
  /// One line for people, without the rule's name in front.
  std::string message;
};

/// `rules` are those that were compiled. Views of `answer`. Errors (usage): no rule of that name,
/// with the one that was likely meant.
[[nodiscard]] Result<WhyNotAnswer, Failure> why_not(const Answer& answer,
                                                    std::span<const Rule> rules,
                                                    std::string_view rule);

}  // namespace dosimeter::sim
