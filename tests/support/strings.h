#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Every string over the letters, up to a length, shortest first. A letter may be longer than a
/// byte.
inline std::vector<std::string> all_strings(const std::vector<std::string>& letters,
                                            std::size_t longest) {
  std::vector<std::string> strings = {""};
  std::size_t first_of_length = 0;
  for (std::size_t length = 1; length <= longest; ++length) {
    const std::size_t end = strings.size();
    for (std::size_t i = first_of_length; i < end; ++i) {
      for (const std::string& letter : letters) strings.push_back(strings[i] + letter);
    }
    first_of_length = end;
  }
  return strings;
}
