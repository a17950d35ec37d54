#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace dosimeter::detail {

/// Shows each run of literals between the wildcards of a pattern.
template <typename Visit>
void for_each_run(std::string_view pattern, Visit&& visit) {
  for (std::size_t begin = 0; begin < pattern.size();) {
    const std::size_t end = std::min(pattern.find_first_of("*?", begin), pattern.size());
    if (end != begin) visit(pattern.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace dosimeter::detail
