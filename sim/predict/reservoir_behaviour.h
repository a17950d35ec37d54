#pragma once

#include <dosimeter/recorder.h>

namespace dosimeter::sim {

/// Whose reservoirs they are: of a recorder, or of one with some choices of another.
struct ReservoirBehaviour {
  ReservoirChoices choices;
  QuotaChoices quota;
};

/// Those of the recorder in that mode.
[[nodiscard]] inline ReservoirBehaviour behaviour_of(const Recorder& recorder, RuleKind mode) {
  return {recorder.reservoirs(mode), recorder.quota};
}

}  // namespace dosimeter::sim
