#include "sim/log/wanted_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

std::optional<std::string> lacks_wanted_column(std::span<const WantedColumn> wanted,
                                               const std::function<bool(LogColumn)>& has) {
  for (const WantedColumn& one : wanted) {
    if (std::any_of(one.any_of.begin(), one.any_of.end(), has)) continue;
    const LogColumnFacts& first = facts_of(one.any_of.front());
    std::vector<std::string_view> headers;
    for (const LogColumn column : one.any_of) {
      const LogColumnFacts& facts = facts_of(column);
      headers.insert(headers.end(), facts.headers.begin(), facts.headers.end());
    }
    return fmt::format(
        "{}: no column of the log holds it, expected one of {}; name it with --map {}=HEADER",
        one.wanted_by, fmt::join(headers, ", "), first.name);
  }
  return std::nullopt;
}

}  // namespace dosimeter::sim
