#include <dosimeter/pattern.h>
#include <dosimeter/recorder.h>

#include "tests/conformance/vector_file.h"
#include "tests/support/catch.h"

#include <set>
#include <string>

using dosimeter::Pattern;
using dosimeter::PatternOutcome;
using dosimeter::Recorder;

namespace {

std::string name_of(PatternOutcome outcome) {
  return outcome == PatternOutcome::fails     ? "fails"
         : outcome == PatternOutcome::matches ? "matches"
                                              : "breaks";
}

}  // namespace

TEST_CASE("patterns: every recorder answers as it did when it was run") {
  const auto file = vector_file("patterns.json");
  const auto& patterns = file.at("patterns");
  const auto& implementations = file.at("about").at("implementations");
  CHECK(patterns.size() == 110);
  CHECK(implementations.size() == 13);

  std::set<std::string> names = {"documented"};
  for (const auto& [name, source] : implementations.items()) names.insert(name);
  for (const std::string& name : names) {
    const Recorder* recorder = dosimeter::find_recorder(name);
    CAPTURE(name);
    REQUIRE(recorder != nullptr);
    for (const auto& vector : patterns) {
      const std::string text = vector.at("text");
      std::string expected = vector.at("expected");
      if (vector.contains("differs")) expected = vector.at("differs").value(name, expected);
      const Pattern pattern(vector.at("pattern"), recorder->match);
      CAPTURE(pattern.text(), text, vector.at("note"));
      CHECK(name_of(pattern.reference_outcome(text)) == expected);
      CHECK(pattern.matches(text) == (expected == "matches"));
    }
  }
}

TEST_CASE("patterns: the file names known recorders and known outcomes alone") {
  const auto file = vector_file("patterns.json");
  const auto& implementations = file.at("about").at("implementations");
  const std::set<std::string> outcomes = {"fails", "matches", "breaks"};
  for (const auto& vector : file.at("patterns")) {
    CAPTURE(vector.dump());
    CHECK(outcomes.count(vector.at("expected")) == 1);
    if (!vector.contains("differs")) continue;
    for (const auto& [name, outcome] : vector.at("differs").items()) {
      CHECK(implementations.contains(name));
      CHECK(outcomes.count(outcome) == 1);
      CHECK(outcome != vector.at("expected"));
    }
  }
}
