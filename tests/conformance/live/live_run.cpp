#include "tests/conformance/live/live_run.h"

#include "tests/conformance/live/case_json.h"
#include "tests/conformance/live/engine_answers.h"
#include "tests/conformance/live/shrink.h"

#include <algorithm>
#include <utility>

namespace dosimeter::conformance {
namespace {

/// Shrinking takes the driver many runs each.
constexpr std::size_t kMostShrunk = 12;

void count(const Case& asked, const Answers& answers, LiveRun& run) {
  ++run.cases;
  if (answers.outcome == Outcome::unsupported) {
    ++run.unsupported[answers.words];
    return;
  }
  ++run.rule_sets;
  for (const CaseStep& step : asked.steps) run.rule_sets += step.kind == StepKind::rules ? 1 : 0;
  for (const Answer& answer : answers.steps) {
    if (answer.kind == AnswerKind::unsupported) {
      ++run.unsupported[answer.words];
    } else if (answer.kind != AnswerKind::statistics) {
      ++run.decisions;
    }
  }
}

}  // namespace

LiveRun run_live(DriverProcess& driver, const Recorder& recorder, std::uint64_t seed,
                 CaseCounts counts) {
  LiveRun run;
  const std::vector<Case> cases = make_cases(recorder.name, seed, counts);
  run.recorded = {std::string(recorder.name),
                  driver.hello().sdk,
                  driver.hello().version,
                  seed,
                  hash_of(cases),
                  {}};
  for (const Case& asked : cases) {
    Answers said = driver.ask(asked);
    count(asked, said, run);
    if (first_difference(engine_answers(asked, recorder), said)) {
      ++run.differing;
      if (run.differences.size() < kMostShrunk) {
        Case small = shrink(asked, [&](const Case& of) {
          return first_difference(engine_answers(of, recorder), driver.ask(of)).has_value();
        });
        Answers engine = engine_answers(small, recorder);
        Answers again = driver.ask(small);
        run.differences.push_back({std::move(small), std::move(engine), std::move(again)});
      }
    }
    run.recorded.answers.push_back(std::move(said));
  }
  std::stable_sort(run.differences.begin(), run.differences.end(),
                   [](const Difference& a, const Difference& b) {
                     return to_line(a.asked).size() < to_line(b.asked).size();
                   });
  return run;
}

std::string in_words(const Difference& difference) {
  const std::vector<std::string> names = rule_names(difference.asked);
  std::string words = to_line(difference.asked) + "\n";
  if (difference.recorder.outcome == Outcome::refused) {
    return words + "  recorder: refuses the rules: " + difference.recorder.words + "\n";
  }
  const std::size_t steps =
      std::max(difference.engine.steps.size(), difference.recorder.steps.size());
  for (std::size_t i = 0; i < steps; ++i) {
    const auto said = [&](const Answers& by) {
      return i < by.steps.size() ? in_words(by.steps[i], names) : std::string("nothing");
    };
    const bool same = i < difference.engine.steps.size() && i < difference.recorder.steps.size() &&
                      agrees(difference.engine.steps[i], difference.recorder.steps[i]);
    if (same) {
      words += "  both: " + said(difference.recorder) + "\n";
    } else {
      words += "  recorder: " + said(difference.recorder) + "\n";
      words += "  engine:   " + said(difference.engine) + "\n";
    }
  }
  return words;
}

}  // namespace dosimeter::conformance
