#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::conformance {

/// Values of a choice that decide nothing otherwise for some recorders, and why: an entry of
/// tests/conformance/equivalents.json.
struct Equivalent {
  std::vector<std::string> recorders;
  std::string choice;
  /// Empty: every value there is.
  std::vector<std::string> values;
  std::string why;
};

/// Throws std::runtime_error where the file cannot be read or says something else.
[[nodiscard]] std::vector<Equivalent> read_equivalents(const std::string& path);

/// Whether the entry speaks of that flip.
[[nodiscard]] bool covers(const Equivalent& entry, std::string_view recorder,
                          std::string_view choice, std::string_view value);

}  // namespace dosimeter::conformance
