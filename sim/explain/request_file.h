#pragma once

#include <dosimeter/result.h>

#include "sim/explain/answer.h"
#include "sim/failure.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// The longest line of a file of requests.
inline constexpr std::size_t kLongestRequestLine = std::size_t{16} << 20;

enum class AnswerFormat : unsigned char { text, json };

/// Answers a file of requests, one JSON object a line; `-` is standard input. Each answer is a line
/// that goes to `print`, several at a time but never kept back while the file makes us wait. Ends
/// at the first line that is no request (usage, with its place) or that cannot be read or printed;
/// what came before has been answered. Ends early, and well, once `stop` says so, which is asked
/// after each print and each wait.
[[nodiscard]] std::optional<Failure> answer_requests(
    const std::string& path, const RecorderRules& rules, AnswerFormat format,
    const std::function<std::optional<Failure>(std::string_view)>& print,
    const std::function<bool()>& stop);

/// `12: login  service "shop", path "/login"`, and a line break.
[[nodiscard]] std::string write_answer_text_line(const Answer& answer, std::uint64_t request_line);

}  // namespace dosimeter::sim
