#include "sim/explain/text_view.h"

#include <dosimeter/raw_request.h>

#include "sim/explain/compared_part.h"
#include "sim/log/quoted_text.h"

#include <utility>

namespace dosimeter::sim {
namespace {

using Texts = std::pair<std::optional<std::string>, std::optional<std::string>>;

/// The text under the choices, and under the same but for one.
template <typename Value>
Texts with_and_without(const Question& question, Field field, TextChoices choices,
                       Value TextChoices::*member, Value other) {
  auto as_it_is = text_under(question, field, choices);
  choices.*member = other;
  return {std::move(as_it_is), text_under(question, field, choices)};
}

void add(std::string& note, const std::string& part) {
  note += (note.empty() ? "" : ", ") + part;
}

std::string host_note(const Answer& answer) {
  const TextChoices& choices = answer.recorder().text;
  const auto [kept, removed] =
      with_and_without(answer.seen->question(), Field::host, choices, &TextChoices::host_port,
                       choices.host_port != HostPort::removed ? HostPort::removed : HostPort::kept);
  if (kept == removed) return "";
  return choices.host_port != HostPort::removed ? "with its port" : "without its port";
}

std::string path_note(const Answer& answer) {
  const Question& question = answer.seen->question();
  const TextChoices& choices = answer.recorder().text;
  std::string note;
  const bool query_kept = choices.query_string == QueryString::kept;
  const auto [as_it_is, other_query] =
      with_and_without(question, Field::url_path, choices, &TextChoices::query_string,
                       query_kept ? QueryString::removed : QueryString::kept);
  if (as_it_is != other_query) add(note, query_kept ? "with its query" : "without its query");

  const bool as_sent = choices.path_encoding == PathEncoding::as_sent;
  const auto other_encoding =
      with_and_without(question, Field::url_path, choices, &TextChoices::path_encoding,
                       as_sent ? PathEncoding::percent_decoded : PathEncoding::as_sent)
          .second;
  if (as_it_is != other_encoding) add(note, as_sent ? "encoded" : "decoded");

  const bool base_kept = choices.base_path == BasePath::kept;
  const auto other_base =
      with_and_without(question, Field::url_path, choices, &TextChoices::base_path,
                       base_kept ? BasePath::removed : BasePath::kept)
          .second;
  if (as_it_is != other_base) {
    add(note, (base_kept ? "with its base path " : "below its base path ") +
                  shown_text(std::string_view(question.base_path)));
  }
  return note;
}

}  // namespace

std::optional<std::string> text_under(const Question& question, Field field,
                                      const TextChoices& choices) {
  if (field != Field::host && field != Field::url_path) return std::nullopt;
  if (question.verbatim) return question.request.field(field);
  RecorderView view(choices, question.base_path);
  const Request request = view.view(raw_request(question));
  const FieldText& text = request.field(field);
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

std::string text_note(const Answer& answer, Field field) {
  const Question& question = answer.seen->question();
  const auto& asked = question.request.field(field);
  const FieldText& seen = answer.seen->request().field(field);
  if (question.verbatim || !seen) return "";
  std::string note;
  if (field == Field::host) note = host_note(answer);
  if (field == Field::url_path) note = path_note(answer);
  if (field == Field::service_name && seen != asked) note = "the host, by --dynamic-naming";
  if (asked && *asked != *seen) {
    add(note, (field == Field::service_name ? "not " : "sent as ") +
                  shown_text(std::string_view(*asked)));
  }
  return note;
}

}  // namespace dosimeter::sim
