#pragma once

#include <cstddef>
#include <cstdlib>

/// How many times as long as usual the long random tests go on: DOSIMETER_TEST_DOSE where that is
/// set.
inline std::size_t test_dose() {
  const char* text = std::getenv("DOSIMETER_TEST_DOSE");
  const unsigned long dose = text == nullptr ? 1 : std::strtoul(text, nullptr, 10);
  return dose == 0 ? 1 : dose;
}
