#include "engine/src/rule_groups.h"

#include "engine/src/crowding.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace dosimeter::detail {
namespace {

/// So many pairs of patterns are looked for in any case.
constexpr std::size_t kFewPairs = 64;

}  // namespace

RuleGroups::RuleGroups(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules)
    : most_steps_(rules.size() / 8 + 64) {
  if (rules.empty()) return;
  choose_fields(rows, rules);
  make_tables(make_groups(rows, rules));
  trees_.finish();
}

/// The field that tells rules apart best, and the one that does so best together with it.
void RuleGroups::choose_fields(std::span<const RuleRow> rows,
                               std::span<const std::uint32_t> rules) {
  const auto best_beside = [&](std::size_t other) {
    std::size_t best = other == 0 ? 1 : 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      if (field == other) continue;
      const double sum = crowding(rows, rules, field, other == kFieldCount ? field : other);
      if (sum < least) {
        least = sum;
        best = field;
      }
    }
    return best;
  };
  fields_[0] = best_beside(kFieldCount);
  fields_[1] = best_beside(fields_[0]);
}

std::vector<RuleGroups::Group> RuleGroups::make_groups(std::span<const RuleRow> rows,
                                                       std::span<const std::uint32_t> rules) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted;
  sorted.reserve(rules.size());
  for (const std::uint32_t rule : rules) {
    const std::array<PatternId, kFieldCount>& patterns = rows[rule].patterns;
    sorted.emplace_back(pair_of(patterns[fields_[0]], patterns[fields_[1]]), rule);
  }
  std::sort(sorted.begin(), sorted.end());
  const unsigned other_fields =
      ((1u << kFieldCount) - 1) & ~(1u << fields_[0]) & ~(1u << fields_[1]);
  std::vector<Group> groups;
  std::vector<std::uint32_t> own;
  for (std::size_t i = 0; i < sorted.size();) {
    const std::uint64_t pair = sorted[i].first;
    own.clear();
    for (; i < sorted.size() && sorted[i].first == pair; ++i) own.push_back(sorted[i].second);
    groups.push_back({pair, own.front(), trees_.add(rows, own, other_fields)});
  }
  return groups;
}

void RuleGroups::make_tables(std::vector<Group> groups) {
  std::sort(groups.begin(), groups.end(),
            [](const Group& a, const Group& b) { return a.least < b.least; });
  most_pairs_ = groups.size() + kFewPairs;
  slots_.resize(std::bit_ceil(2 * groups.size()));
  slot_shift_ = shift_for(slots_.size());
  slot_mask_ = slots_.size() - 1;
  filter_ = HashFilter(groups.size());
  std::vector<PatternId> firsts;
  std::vector<PatternId> seconds;
  for (const Group& group : groups) {
    const auto first = static_cast<PatternId>(group.pair >> 32);
    const auto second = static_cast<PatternId>(group.pair);
    const std::uint64_t hash_of_pair = hash(hash_of_first(first), second);
    filter_.add(hash_of_pair);
    std::size_t at = slot_of(hash_of_pair);
    while (slots_[at].least != kNone) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = group;
    by_least_.push_back(static_cast<std::uint32_t>(at));
    firsts.push_back(first);
    seconds.push_back(second);
  }
  by_first_ = Lists(firsts, by_least_);
  by_second_ = Lists(seconds, by_least_);
}

RuleGroups::Lists::Lists(std::span<const PatternId> patterns,
                         std::span<const std::uint32_t> slots) {
  std::size_t lists = 1;
  for (const PatternId pattern : patterns) lists = std::max(lists, list_of(pattern) + 1);
  // Counts, then where each list begins, then, as it is filled, where it ends.
  ends_.resize(lists + 1);
  for (const PatternId pattern : patterns) ++ends_[list_of(pattern) + 1];
  for (std::size_t list = 1; list <= lists; ++list) ends_[list] += ends_[list - 1];
  slots_.resize(slots.size());
  for (std::size_t i = 0; i < slots.size(); ++i) slots_[ends_[list_of(patterns[i])]++] = slots[i];
}

std::span<const std::uint32_t> RuleGroups::Lists::of(PatternId pattern) const noexcept {
  const std::size_t list = list_of(pattern);
  if (list + 1 >= ends_.size()) return {};
  const std::uint32_t begin = list == 0 ? 0 : ends_[list - 1];
  return std::span(slots_).subspan(begin, ends_[list] - begin);
}

}  // namespace dosimeter::detail
