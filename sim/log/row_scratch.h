#pragma once

#include "sim/log/text_arena.h"

#include <cstdint>
#include <vector>

namespace dosimeter::sim {

/// Memory that formats work in, one for each block that is in work, kept from block to block so
/// that nothing is allocated for a row. A format may use any member for anything while it reads.
struct RowScratch {
  /// Offsets of delimiters and line feeds in the block, and which of them end records.
  std::vector<std::uint32_t> ends;
  std::vector<std::uint32_t> records;
  /// Texts that are not in the block as they are meant: a field with doubled quotes, a decoded
  /// escape. Cleared before a block is read, and valid until the next one is.
  TextArena texts;
};

}  // namespace dosimeter::sim
