#pragma once

#include <dosimeter/recorder.h>

#include <string>
#include <vector>

namespace dosimeter::conformance {

/// A recorder's row with one choice changed.
struct RowFlip {
  /// `match.star_in_text`, `local.reservoir.window`.
  std::string choice;
  std::string from;
  std::string to;
  Recorder row;
};

/// Every choice of how the recorder decides to every other value: `match`, `reservoir` and `quota`
/// of central rules, `local.match` and `local.reservoir`. What text it sees is flipped elsewhere
/// (test_text_answers.cpp).
[[nodiscard]] std::vector<RowFlip> row_flips(const Recorder& row);

/// And those of `text` and of `local.document`.
[[nodiscard]] std::vector<RowFlip> all_row_flips(const Recorder& row);

}  // namespace dosimeter::conformance
