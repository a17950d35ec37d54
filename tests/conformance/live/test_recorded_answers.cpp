#include <dosimeter/recorder.h>

#include "tests/conformance/live/engine_answers.h"
#include "tests/conformance/live/recorded_answers.h"
#include "tests/conformance/live/recorded_files.h"
#include "tests/support/catch.h"

#include <string>

using namespace dosimeter;
using namespace dosimeter::conformance;

TEST_CASE("recorded answers: the engine decides as every recorder that was run") {
  const std::vector<std::string> files = recorded_files();
  CHECK(files.size() >= 6);
  for (const std::string& file : files) {
    INFO(file);
    const RecordedAnswers recorded = read_recorded(file);
    const Recorder* row = find_recorder(recorded.recorder);
    REQUIRE(row != nullptr);
    const std::vector<Case> cases = make_cases(recorded.recorder, recorded.seed);
    INFO("The generator has changed where this differs: ./dev conformance --record");
    REQUIRE(hash_of(cases) == recorded.hash);
    REQUIRE(cases.size() == recorded.answers.size());
    std::size_t decisions = 0;
    std::size_t differing = 0;
    for (const Case& asked : cases) {
      const Answers& said = recorded.answers[asked.number];
      for (const Answer& answer : said.steps) {
        decisions +=
            answer.kind == AnswerKind::decision || answer.kind == AnswerKind::error ? 1 : 0;
      }
      INFO("case " << asked.number);
      const bool differs = first_difference(engine_answers(asked, *row, &said), said).has_value();
      if (differs) ++differing;
      CHECK_FALSE(differs);
    }
    INFO("./dev conformance --recorder " << recorded.recorder << " shows them, smallest first");
    CHECK(differing == 0);
    CHECK(cases.size() >= 200);
    CHECK(decisions >= 10'000);
  }
}
