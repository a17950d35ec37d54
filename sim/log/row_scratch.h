#pragma once

#include "sim/log/json_reader.h"
#include "sim/log/stamp_reader.h"
#include "sim/log/text_arena.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Offsets into a block. Memory that grows is not written to, so it takes no room before it is
/// used.
class Offsets {
 public:
  /// Room for `count` offsets, which hold anything.
  [[nodiscard]] std::uint32_t* room(std::size_t count) {
    if (capacity_ < count) {
      offsets_ = std::make_unique_for_overwrite<std::uint32_t[]>(count);
      capacity_ = count;
    }
    return offsets_.get();
  }

 private:
  std::unique_ptr<std::uint32_t[]> offsets_;
  std::size_t capacity_ = 0;
};

/// Memory that formats work in, one for each block that is in work, kept from block to block so
/// that nothing is allocated for a row. A format may use any member for anything while it reads.
struct RowScratch {
  /// Delimiters and line feeds, and which of them end records.
  Offsets ends;
  Offsets records;
  std::vector<std::string_view> fields;
  /// Remembers the stamp it read last.
  StampReader stamps;
  JsonReader json;
  /// Texts that are not in the block as they are meant: a field with doubled quotes, a decoded
  /// escape. Cleared before a block is read, and valid until the next one is.
  TextArena texts;
};

}  // namespace dosimeter::sim
