#pragma once

#include <dosimeter/recorder.h>

#include "tests/conformance/live/answer.h"

namespace dosimeter::conformance {

/// What the engine says by that row: by its public interface alone, clock and draws as the case has
/// them. Whether the recorder would end with an error takes long to find out; with `said` that is
/// asked only where it said so.
[[nodiscard]] Answers engine_answers(const Case& asked, const Recorder& recorder,
                                     const Answers* said = nullptr);

}  // namespace dosimeter::conformance
