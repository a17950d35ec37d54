#pragma once

#include "tests/conformance/live/answer.h"

#include <dosimeter/recorder.h>

namespace dosimeter::conformance {

/// What the engine says by that row: by its public interface alone, clock and draws as the case has
/// them.
[[nodiscard]] Answers engine_answers(const Case& asked, const Recorder& recorder);

}  // namespace dosimeter::conformance
