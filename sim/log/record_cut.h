#pragma once

#include "sim/log/log_format.h"

#include <cstddef>
#include <string_view>

namespace dosimeter::sim {

/// How far a text holds whole records.
struct RecordCut {
  /// Bytes of whole records at the text's front; 0 where there is none.
  std::size_t length = 0;
  /// The record behind them has a quoted field that is still open where the text ends.
  bool open_quote = false;
};

/// Finds the last line feed that ends a record. `text` begins with a record. Linear: looks at
/// quotes and at what is around them, at nothing else.
[[nodiscard]] RecordCut cut_records(std::string_view text, RecordGrammar grammar) noexcept;

}  // namespace dosimeter::sim
