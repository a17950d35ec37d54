#include "bench/judge.h"

#include "bench/figure_text.h"

#include <algorithm>

namespace dosimeter::bench {
namespace {

bool reaches(double value, Goal::Bound bound, double limit) {
  return bound == Goal::Bound::at_least ? value >= limit : value <= limit;
}

Verdict judge_one(const Goal& goal, const std::vector<Measured>& measured) {
  using Outcome = Verdict::Outcome;
  Verdict verdict;
  verdict.goal = goal;
  verdict.text = "not measured";
  const Measured* figure = find(measured, goal.figure);
  const Measured* divisor = goal.divisor.empty() ? nullptr : find(measured, goal.divisor);
  if (figure == nullptr || (divisor == nullptr && !goal.divisor.empty())) return verdict;

  verdict.figure = figure;
  verdict.divisor = divisor;
  const bool is_counter = !goal.counter.empty();
  if (is_counter) {
    const auto counter = figure->counters.find(goal.counter);
    if (counter == figure->counters.end()) return verdict;
    verdict.value = counter->second / goal.unit_size;
  } else {
    verdict.value = figure->median() / (divisor == nullptr ? goal.unit_size : divisor->median());
    const Measured* worse = figure;
    if (divisor != nullptr && divisor->spread() > figure->spread()) worse = divisor;
    if (worse->spread() > kLargestSpread) {
      verdict.outcome = Outcome::not_judged;
      verdict.text = "not judged: spread " + percent(worse->spread()) + " of " + worse->name;
      return verdict;
    }
  }
  if (!reaches(verdict.value, goal.bound, goal.limit)) {
    verdict.outcome = Outcome::missed;
    verdict.text = "missed";
  } else if (goal.beyond != 0 && reaches(verdict.value, goal.bound, goal.beyond)) {
    verdict.outcome = Outcome::met_beyond;
    verdict.text = "met, beyond " + short_number(goal.beyond) + " too";
  } else {
    verdict.outcome = Outcome::met;
    verdict.text = "met";
  }
  return verdict;
}

}  // namespace

std::vector<Verdict> judge(const std::vector<Goal>& goals, const std::vector<Measured>& measured) {
  std::vector<Verdict> verdicts;
  for (const Goal& goal : goals) verdicts.push_back(judge_one(goal, measured));
  return verdicts;
}

}  // namespace dosimeter::bench
