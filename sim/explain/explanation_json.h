#pragma once

#include "sim/explain/all_recorders.h"
#include "sim/explain/answer.h"
#include "sim/explain/why_not.h"
#include "sim/report/report.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The version of the JSON that `explain` writes: docs/explain.md. Fields may be added without a
/// new one.
inline constexpr int kExplanationSchemaVersion = 1;

/// One JSON object and a line break; texts are whole. Valid UTF-8 whatever the texts hold.
[[nodiscard]] std::string write_explanation_json(const Answer& answer,
                                                 const std::optional<WhyNotAnswer>& why_not,
                                                 std::span<const Warning> warnings);

/// The same question to all recorders.
[[nodiscard]] std::string write_recorders_json(const std::vector<RecorderRow>& rows,
                                               std::span<const Warning> warnings);

/// The answer to one of many requests: one line.
[[nodiscard]] std::string write_answer_line(const Answer& answer, std::uint64_t request_line);

}  // namespace dosimeter::sim
