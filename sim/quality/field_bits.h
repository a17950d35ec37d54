#pragma once

#include <dosimeter/request.h>

namespace dosimeter::sim {

/// One bit for each Field.
using FieldBits = unsigned;

[[nodiscard]] constexpr FieldBits bit_of(Field field) noexcept {
  return FieldBits{1} << static_cast<unsigned>(field);
}

}  // namespace dosimeter::sim
