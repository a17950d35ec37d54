#pragma once

#include <dosimeter/recorder.h>

#include "tests/conformance/live/driver_process.h"
#include "tests/conformance/live/recorded_answers.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace dosimeter::conformance {

struct Difference {
  Case asked;
  Answers engine;
  Answers recorder;
};

/// What came of all cases of a recorder.
struct LiveRun {
  std::size_t cases = 0;
  std::size_t rule_sets = 0;
  std::size_t decisions = 0;
  /// Cases and steps that could not be put to the recorder: how many, by reason.
  std::map<std::string, std::size_t> unsupported;
  /// How many cases differ, and some of them shrunk, the smallest first.
  std::size_t differing = 0;
  std::vector<Difference> differences;
  RecordedAnswers recorded;
};

/// Puts the cases to the driver and to the engine.
[[nodiscard]] LiveRun run_live(DriverProcess& driver, const Recorder& recorder, std::uint64_t seed,
                               CaseCounts counts);

/// For people: the case, and what both say to each step.
[[nodiscard]] std::string in_words(const Difference& difference);

}  // namespace dosimeter::conformance
