#pragma once

#include <string_view>

namespace dosimeter::sim {

/// What a segment of a path, or a part of it between dots, names.
enum class SegmentKind : unsigned char {
  /// One of few: it stays.
  word,
  number,
  /// One thing among many.
  identifier,
  date,
};

/// As `EndpointText` describes them, dots aside. Linear, allocates nothing.
[[nodiscard]] SegmentKind segment_kind(std::string_view segment) noexcept;

}  // namespace dosimeter::sim
