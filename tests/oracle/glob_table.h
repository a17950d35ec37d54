#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dosimeter::oracle {

/// Whether `text` matches a pattern of literals, `?` and `*`, byte for byte, by a table of all
/// their starts: for texts too long for `matches`, to which it is held.
inline bool matches_by_table(std::string_view pattern, std::string_view text) {
  // Whether the pattern's start of p bytes matches the text's start of t bytes.
  std::vector<std::vector<bool>> starts(pattern.size() + 1,
                                        std::vector<bool>(text.size() + 1, false));
  starts[0][0] = true;
  for (std::size_t p = 1; p <= pattern.size(); ++p) {
    const char wanted = pattern[p - 1];
    for (std::size_t t = 0; t <= text.size(); ++t) {
      if (wanted == '*') {
        starts[p][t] = starts[p - 1][t] || (t > 0 && starts[p][t - 1]);
      } else {
        starts[p][t] = t > 0 && starts[p - 1][t - 1] && (wanted == '?' || wanted == text[t - 1]);
      }
    }
  }
  return starts[pattern.size()][text.size()];
}

}  // namespace dosimeter::oracle
