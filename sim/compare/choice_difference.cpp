#include "sim/compare/choice_difference.h"

#include <cassert>

namespace dosimeter::sim {
namespace {

template <typename Choices>
ChoiceDifference difference(const Choice<Choices>& choice, const Choices& a, const Choices& b) {
  return {choice.key,
          choice.name,
          {choice.value(a), choice.meaning(a)},
          {choice.value(b), choice.meaning(b)},
          nullptr,
          nullptr};
}

MatchChoices& matching(Recorder& recorder, RuleKind kind) {
  return kind == RuleKind::local && recorder.local ? recorder.local->match : recorder.match;
}

}  // namespace

std::vector<ChoiceDifference> choice_differences(const Recorder& a, const Recorder& b,
                                                 RuleKind kind) {
  std::vector<ChoiceDifference> differences;
  const MatchChoices& match_a = a.matching(kind);
  const MatchChoices& match_b = b.matching(kind);
  for (const Choice<MatchChoices>& choice : match_choices()) {
    if (choice.same(match_a, match_b)) continue;
    differences.push_back(difference(choice, match_a, match_b));
    differences.back().match = &choice;
  }
  for (const Choice<TextChoices>& choice : text_choices()) {
    if (choice.same(a.text, b.text)) continue;
    differences.push_back(difference(choice, a.text, b.text));
    differences.back().text = &choice;
  }
  assert(differences.size() <= kMostDifferences);
  return differences;
}

void copy_choice(const ChoiceDifference& difference, RuleKind kind, const Recorder& from,
                 Recorder& to) {
  if (difference.match != nullptr) difference.match->copy(from.matching(kind), matching(to, kind));
  if (difference.text != nullptr) difference.text->copy(from.text, to.text);
}

}  // namespace dosimeter::sim
