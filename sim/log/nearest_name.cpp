#include "sim/log/nearest_name.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace dosimeter::sim {
namespace {

/// Names longer than this are no misspellings, and the cost of an edit distance is quadratic.
constexpr std::size_t kLongestName = 100;

/// Letter case is no reason not to recognise a name.
bool same(char a, char b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b);
}

std::size_t edits_between(std::string_view left, std::string_view right) {
  // rows[i][j]: edits from the first i letters of `left` to the first j of `right`.
  std::vector<std::vector<std::size_t>> rows(left.size() + 1,
                                             std::vector<std::size_t>(right.size() + 1));
  for (std::size_t i = 0; i <= left.size(); ++i) {
    for (std::size_t j = 0; j <= right.size(); ++j) {
      if (i == 0 || j == 0) {
        rows[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = rows[i - 1][j - 1] + (same(left[i - 1], right[j - 1]) ? 0U : 1U);
      rows[i][j] = std::min({replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1});
      if (i > 1 && j > 1 && same(left[i - 1], right[j - 2]) && same(left[i - 2], right[j - 1])) {
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows.back().back();
}

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string_view> candidates) {
  if (name.size() > kLongestName) return std::nullopt;
  std::optional<std::string_view> nearest;
  std::size_t bound = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::size_t edits = edits_between(name, candidate);
    if (edits < bound) {
      bound = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace dosimeter::sim
