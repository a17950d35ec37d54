#include "sim/explain/request_file.h"

#include "sim/explain/asked_request_json.h"
#include "sim/explain/bounded_lines.h"
#include "sim/explain/compared_part.h"
#include "sim/explain/explanation_json.h"
#include "sim/explain/explanation_text.h"
#include "sim/report/number_text.h"

#include <fmt/format.h>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kFlushedBytes = 64 * 1024;
/// Longer names push the rest of their line aside.
constexpr int kNameWidth = 24;

/// A place in a file in front of what is wrong there.
Failure at_line(const std::string& path, std::uint64_t line, const RequestFault& fault) {
  const std::string column = fault.column == 0 ? "" : fmt::format(":{}", fault.column);
  return {ExitCode::usage,
          fmt::format("{}:{}{}: {}", name_in_place(path), line, column, fault.message)};
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::string write_answer_text_line(const Answer& answer, std::uint64_t request_line) {
  std::string request;
  const auto add = [&](const std::string& name, const FieldText& text) {
    if (!text) return;
    request += (request.empty() ? "" : ", ") + name + " " + shown_text(text);
  };
  for (const Field field : kFields) {
    add(std::string(field_name(field)), answer.seen->request().field(field));
  }
  for (const Attribute& attribute : answer.seen->request().attributes) {
    add("attribute " + printable(attribute.key), attribute.value);
  }
  if (request.empty()) request = "an empty request";
  const auto error = answer.error();
  return fmt::format("{:>6}: {:<{}}  {}{}\n", request_line, short_answer_text(answer), kNameWidth,
                     request, error ? "; " + *error : "");
}

std::optional<Failure> answer_requests(
    const std::string& path, const RecorderRules& rules, AnswerFormat format,
    const std::function<std::optional<Failure>(std::string_view)>& print,
    const std::function<bool()>& stop) {
  if (auto facts = examine_input(path); !facts) return facts.error();
  auto source = open_bytes(path);
  if (!source) return source.error();
  BoundedLines lines(std::move(source).value(), kLongestRequestLine);
  std::string answers;
  const auto flush = [&]() -> std::optional<Failure> {
    if (answers.empty()) return std::nullopt;
    auto failure = print(answers);
    answers.clear();
    return failure;
  };
  const auto end_with = [&](Failure failure) {
    auto unprinted = flush();
    return unprinted ? *std::move(unprinted) : std::move(failure);
  };
  Question question;
  question.verbatim = true;
  while (true) {
    if (answers.size() >= kFlushedBytes || !lines.is_ready()) {
      if (auto failure = flush()) return failure;
      if (stop()) return std::nullopt;
    }
    auto line = lines.next();
    if (!line && stop()) return flush();
    if (!line && line.error().code == ExitCode::usage) {
      return end_with(at_line(path, lines.line_number(), {0, line.error().message}));
    }
    if (!line) return end_with(line.error());
    if (!line.value()) return flush();
    if (is_blank(*line.value())) continue;
    auto request = read_asked_request(*line.value());
    if (!request) return end_with(at_line(path, lines.line_number(), request.error()));
    question.request = std::move(request).value();
    const Answer answer = Answer::of(rules, question);
    answers += format == AnswerFormat::json ? write_answer_line(answer, lines.line_number())
                                            : write_answer_text_line(answer, lines.line_number());
  }
}

}  // namespace dosimeter::sim
