#pragma once

#include "sim/explain/answer.h"
#include "sim/explain/compared_part.h"

#include <string>

namespace dosimeter::sim {

/// What makes a part fail under this recorder though it would not under another, and the pattern
/// that helps where one does: `compared with its query: "/login*" would match`. Empty where nothing
/// is certain: each is tried before it is said.
[[nodiscard]] std::string hint_for(const Answer& answer, const ComparedPart& part);

}  // namespace dosimeter::sim
