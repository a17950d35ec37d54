#include "rules/src/suggestion.h"

#include <algorithm>
#include <array>
#include <string>

namespace dosimeter::rules {
namespace {

// Longer words are near nothing, and the distance costs the product of the lengths.
constexpr std::size_t kLongestWord = 64;

std::string plain(std::string_view word) {
  std::string out;
  for (const char letter : word) {
    if (letter == '_' || letter == '-') continue;
    out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return out;
}

// Levenshtein's distance, a row at a time. REQUIRES: b.size() <= kLongestWord.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, kLongestWord + 1> row;
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view suggest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > kLongestWord) return {};
  const std::string wanted = plain(word);
  std::string_view best;
  std::size_t best_distance = kSuggestionDistance + 1;
  for (const std::string_view candidate : candidates) {
    const std::string offered = plain(candidate);
    const std::size_t longer = std::max(wanted.size(), offered.size());
    if (longer - std::min(wanted.size(), offered.size()) > kSuggestionDistance) continue;
    const std::size_t edits = distance(wanted, offered);
    if (edits < best_distance && edits * 3 <= offered.size()) {
      best = candidate;
      best_distance = edits;
    }
  }
  return best;
}

}  // namespace dosimeter::rules
