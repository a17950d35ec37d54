#pragma once

namespace dosimeter::sim {

/// How the program ends. Documented in `--help` and docs/cli.md; scripts depend on the numbers.
enum class ExitCode : int {
  done = 0,
  /// Done, and the answer is no.
  negative = 1,
  /// Wrong options or wrong content.
  usage = 2,
  /// Cannot open, read or write; or interrupted.
  input_output = 3,
};

}  // namespace dosimeter::sim
