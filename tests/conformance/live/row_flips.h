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

/// Which choices of a row.
enum class RowPart : unsigned char { deciding, texts };

/// Every choice of that part to every other value: of how the recorder decides (`match`,
/// `reservoir` and `quota` of central rules, `local.match` and `local.reservoir`), or of what text
/// it sees (`text`).
[[nodiscard]] std::vector<RowFlip> row_flips(const Recorder& row, RowPart part);

}  // namespace dosimeter::conformance
