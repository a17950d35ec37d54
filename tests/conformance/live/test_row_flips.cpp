#include "tests/conformance/live/engine_answers.h"
#include "tests/conformance/live/equivalents.h"
#include "tests/conformance/live/recorded_answers.h"
#include "tests/conformance/live/recorded_files.h"
#include "tests/conformance/live/row_flips.h"
#include "tests/support/catch.h"

#include <dosimeter/recorder.h>

#include <algorithm>
#include <cstdlib>
#include <string>

using namespace dosimeter;
using namespace dosimeter::conformance;

namespace {

bool starts_with(const std::string& text, std::string_view beginning) {
  return text.rfind(beginning, 0) == 0;
}

/// The cases that a flip can show in, those first that are most about it.
std::vector<const Case*> suited(const std::vector<Case>& cases, const std::string& choice) {
  const bool local = starts_with(choice, "local.");
  const bool matching = choice.find("match.") != std::string::npos;
  std::vector<const Case*> first;
  std::vector<const Case*> then;
  for (const Case& asked : cases) {
    // Where central rules fall back, the local row decides.
    const bool about_matching =
        asked.family == Family::matching || asked.family == Family::local_matching;
    if (!local && asked.kind() == RuleKind::local) continue;
    const bool suits = about_matching == matching && (asked.kind() == RuleKind::local) == local;
    (suits ? first : then).push_back(&asked);
  }
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

bool caught(const RowFlip& flip, const std::vector<Case>& cases, const RecordedAnswers& recorded) {
  const std::vector<const Case*> asked = suited(cases, flip.choice);
  return std::any_of(asked.begin(), asked.end(), [&](const Case* one) {
    return first_difference(engine_answers(*one, flip.row), recorded.answers[one->number])
        .has_value();
  });
}

}  // namespace

TEST_CASE("row flips: recorded answers catch every choice of a recorder that was run") {
  const std::vector<Equivalent> equivalents =
      read_equivalents(std::string(CONFORMANCE_DIRECTORY) + "/equivalents.json");
  const char* only = std::getenv("DOSIMETER_TEST_RECORDER");
  std::vector<bool> spoken(equivalents.size(), false);
  for (const std::string& file : recorded_files()) {
    const RecordedAnswers recorded = read_recorded(file);
    if (only != nullptr && recorded.recorder != only) continue;
    const std::vector<Case> cases = make_cases(recorded.recorder, recorded.seed);
    REQUIRE(hash_of(cases) == recorded.hash);
    std::string unlisted;
    std::string wrongly_listed;
    for (const RowFlip& flip : row_flips(*find_recorder(recorded.recorder), RowPart::deciding)) {
      bool listed = false;
      for (std::size_t i = 0; i < equivalents.size(); ++i) {
        if (!covers(equivalents[i], recorded.recorder, flip.choice, flip.to)) continue;
        listed = spoken[i] = true;
      }
      const bool is_caught = caught(flip, cases, recorded);
      if (is_caught != listed) continue;
      (listed ? wrongly_listed : unlisted) += flip.choice + ": " + flip.from + " -> " + flip.to + "\n";
    }
    INFO(recorded.recorder);
    CHECK(unlisted == "");
    CHECK(wrongly_listed == "");
  }
  if (only != nullptr) return;
  for (std::size_t i = 0; i < equivalents.size(); ++i) {
    INFO("equivalents.json speaks of nothing: " << equivalents[i].choice);
    CHECK(spoken[i]);
  }
}
