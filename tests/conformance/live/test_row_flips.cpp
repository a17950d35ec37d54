#include <dosimeter/recorder.h>

#include "tests/conformance/live/engine_answers.h"
#include "tests/conformance/live/equivalents.h"
#include "tests/conformance/live/recorded_answers.h"
#include "tests/conformance/live/recorded_files.h"
#include "tests/conformance/live/row_flips.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cstdlib>
#include <string>

using namespace dosimeter;
using namespace dosimeter::conformance;

namespace {

bool starts_with(const std::string& text, std::string_view beginning) {
  return text.rfind(beginning, 0) == 0;
}

/// Whether the case is of a family that is about the flipped choice: it is looked for there.
bool is_about(const Case& asked, const std::string& choice) {
  const bool local = starts_with(choice, "local.");
  const bool matching = choice.find("match.") != std::string::npos;
  const bool about_matching =
      asked.family == Family::matching || asked.family == Family::local_matching;
  return about_matching == matching && (asked.kind() == RuleKind::local) == local;
}

/// `step`: only every so many cases are looked at.
bool caught(const RowFlip& flip, const std::vector<Case>& cases, const RecordedAnswers& recorded,
            std::size_t step) {
  for (std::size_t i = 0; i < cases.size(); i += step) {
    if (!is_about(cases[i], flip.choice)) continue;
    const Answers& said = recorded.answers[i];
    if (first_difference(engine_answers(cases[i], flip.row, &said), said)) return true;
  }
  return false;
}

/// DOSIMETER_FLIPS=all: what is listed is held against all cases, which takes minutes in a debug
/// build (`./dev conformance --flips` does it in seconds); else against some.
std::size_t step_of_listed() {
  constexpr std::size_t kSome = 7;
  const char* all = std::getenv("DOSIMETER_FLIPS");
  return all != nullptr && std::string(all) == "all" ? 1 : kSome;
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
    for (const RowFlip& flip : row_flips(*find_recorder(recorded.recorder))) {
      bool listed = false;
      for (std::size_t i = 0; i < equivalents.size(); ++i) {
        if (!covers(equivalents[i], recorded.recorder, flip.choice, flip.to)) continue;
        listed = spoken[i] = true;
      }
      const bool is_caught = caught(flip, cases, recorded, listed ? step_of_listed() : 1);
      if (is_caught != listed) continue;
      (listed ? wrongly_listed : unlisted) +=
          flip.choice + ": " + flip.from + " -> " + flip.to + "\n";
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
