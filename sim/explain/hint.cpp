#include "sim/explain/hint.h"

#include <dosimeter/pattern.h>

#include "sim/explain/text_view.h"

namespace dosimeter::sim {
namespace {

bool matches(std::string pattern, std::string_view text, const MatchChoices& choices) {
  return Pattern(std::move(pattern), choices).reference_outcome(text) == PatternOutcome::matches;
}

/// A text that the recorder could have seen, and what it is that it does instead.
struct OtherText {
  TextChoices choices;
  const char* instead;
};

std::vector<OtherText> other_texts(Field field, const TextChoices& choices) {
  std::vector<OtherText> others;
  const auto add = [&](const char* instead) -> TextChoices& {
    return others.emplace_back(OtherText{choices, instead}).choices;
  };
  if (field == Field::host) {
    const bool kept = choices.host_port != HostPort::removed;
    add(kept ? "with its port" : "without its port").host_port =
        kept ? HostPort::removed : HostPort::kept;
  }
  if (field == Field::url_path) {
    const bool kept = choices.query_string == QueryString::kept;
    add(kept ? "with its query" : "without its query").query_string =
        kept ? QueryString::removed : QueryString::kept;
    const bool as_sent = choices.path_encoding == PathEncoding::as_sent;
    add(as_sent ? "encoded as it was sent" : "decoded").path_encoding =
        as_sent ? PathEncoding::percent_decoded : PathEncoding::as_sent;
    const bool base_kept = choices.base_path == BasePath::kept;
    add(base_kept ? "with its base path" : "below its base path").base_path =
        base_kept ? BasePath::removed : BasePath::kept;
  }
  return others;
}

std::string text_hint(const Answer& answer, const ComparedPart& part, const MatchChoices& choices) {
  if (!part.field) return "";
  const std::string pattern(part.pattern);
  for (const OtherText& other : other_texts(*part.field, answer.recorder().text)) {
    const auto text = text_under(answer.seen->question(), *part.field, other.choices);
    if (!text || *text == *part.text || !matches(pattern, *text, choices)) continue;
    const std::string hint = std::string("compared ") + other.instead;
    const std::string longer = pattern + "*";
    if (!matches(longer, *part.text, choices)) return hint;
    return hint + ": " + shown_text(std::string_view(longer)) + " would match";
  }
  return "";
}

std::string letter_case_hint(const ComparedPart& part, MatchChoices choices) {
  const MatchChoices given = choices;
  choices.literal_letter_case = LetterCase::folded;
  choices.wildcard_letter_case = LetterCase::folded;
  choices.compared_length = ComparedLength::as_mapped;
  if (!matches(std::string(part.pattern), *part.text, choices)) return "";
  const bool literal = part.pattern.find_first_of("*?") == std::string_view::npos;
  if (!literal || !matches(std::string(*part.text), *part.text, given)) {
    return "letter case counts here";
  }
  return "letter case counts here: " + shown_text(part.text) + " would match";
}

}  // namespace

std::string hint_for(const Answer& answer, const ComparedPart& part) {
  if (part.comparison != Comparison::failed || !part.text) return "";
  const MatchChoices& choices = answer.rules->set->choices();
  std::string hint = text_hint(answer, part, choices);
  return hint.empty() ? letter_case_hint(part, choices) : hint;
}

}  // namespace dosimeter::sim
