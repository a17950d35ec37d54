#pragma once

#include <dosimeter/text_choices.h>

#include "sim/explain/answer.h"
#include "sim/explain/question.h"

#include <optional>
#include <string>

namespace dosimeter::sim {

/// The host or the path of a question as rules would see it under those choices; nothing for other
/// fields, and where it has none.
[[nodiscard]] std::optional<std::string> text_under(const Question& question, Field field,
                                                    const TextChoices& choices);

/// How the recorder came from the text of a field as it was sent to what its rules see, for people:
/// `without its query, sent as "/login?next=%2F"`. Empty where there is nothing to say.
[[nodiscard]] std::string text_note(const Answer& answer, Field field);

}  // namespace dosimeter::sim
