#include "engine/src/rule_lists.h"

#include <algorithm>
#include <utility>

namespace dosimeter::detail {
namespace {

/// How many patterns a field has, beside that of every request.
std::size_t pattern_count(std::span<const RuleRow> rows, std::size_t field) {
  std::size_t count = 0;
  for (const RuleRow& row : rows) {
    const PatternId pattern = row.patterns[field];
    if (pattern != kEveryRequest) count = std::max(count, std::size_t{pattern} + 1);
  }
  return count;
}

}  // namespace

RuleLists::RuleLists(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                     std::array<std::size_t, 2> fields)
    : fields_(fields) {
  choose_third_field(rows, rules);
  std::array<std::vector<std::size_t>, 2> counts;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::size_t patterns = pattern_count(rows, fields_[i]);
    if (patterns > kMostPatterns) {
      others_.assign(rules.begin(), rules.end());
      return;
    }
    begins_[i].assign(patterns + 1, 0);
    counts[i].resize(patterns);
    for (const std::uint32_t rule : rules) {
      const PatternId pattern = rows[rule].patterns[fields_[i]];
      if (pattern != kEveryRequest) ++counts[i][pattern];
    }
  }
  add_block();
  // By field and pattern, in order.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> listed;
  for (const std::uint32_t rule : rules) {
    const auto pattern = [&](std::size_t i) { return rows[rule].patterns[fields_[i]]; };
    const auto count = [&](std::size_t i) {
      return pattern(i) == kEveryRequest ? rules.size() + 1 : counts[i][pattern(i)];
    };
    const std::size_t i = count(1) < count(0) ? 1 : 0;
    if (pattern(i) == kEveryRequest) {
      others_.push_back(rule);
    } else {
      listed.emplace_back(std::uint64_t{i} << 32 | pattern(i), rule);
    }
  }
  std::sort(listed.begin(), listed.end());
  std::vector<std::uint32_t> own;
  for (std::size_t at = 0; at < listed.size();) {
    const std::uint64_t key = listed[at].first;
    own.clear();
    for (; at < listed.size() && listed[at].first == key; ++at) own.push_back(listed[at].second);
    if (own.size() > kMostRules) {
      others_.insert(others_.end(), own.begin(), own.end());
    } else {
      add_list(rows, own, key >> 32);
    }
  }
  std::sort(others_.begin(), others_.end());
}

void RuleLists::choose_third_field(std::span<const RuleRow> rows,
                                   std::span<const std::uint32_t> rules) {
  constexpr std::size_t kShare = 8;
  std::size_t most = rules.size() / kShare;
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    if (field == fields_[0] || field == fields_[1]) continue;
    if (pattern_count(rows, field) > kMostPatterns) continue;
    const auto asking =
        static_cast<std::size_t>(std::count_if(rules.begin(), rules.end(), [&](std::uint32_t rule) {
          return rows[rule].patterns[field] != kEveryRequest;
        }));
    if (asking <= most) continue;
    most = asking;
    third_field_ = field;
    third_bit_ = 1u << field;
  }
}

void RuleLists::add_block() {
  blocks_.emplace_back();
  blocks_.back().others.fill(kNobody);
  blocks_.back().thirds.fill(kNobody);
  blocks_.back().entries.fill(kLast);
}

void RuleLists::add_list(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                         std::size_t field) {
  const auto number = [](PatternId pattern) {
    return pattern == kEveryRequest ? kEvery : static_cast<std::uint16_t>(pattern);
  };
  const auto entry = [&](std::uint32_t rule) {
    const RuleRow& row = rows[rule];
    unsigned asked = row.attributes_count != 0 ? kAttributes : 0;
    for (std::size_t f = 0; f < kFieldCount; ++f) {
      if (f != fields_[0] && f != fields_[1] && row.patterns[f] != kEveryRequest) asked |= 1u << f;
    }
    return Entry{rule << kAskedBits | asked};
  };
  const PatternId pattern = rows[rules[0]].patterns[fields_[field]];
  begins_[field][pattern + 1] = static_cast<std::uint32_t>(blocks_.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::size_t place = i % Block::kRules;
    if (place == 0) {
      if (i != 0) blocks_.back().entries.back() = entry(rules[i]);
      add_block();
    }
    Block& block = blocks_.back();
    const RuleRow& row = rows[rules[i]];
    block.others[place] = number(row.patterns[fields_[1 - field]]);
    block.thirds[place] = third_field_ ? number(row.patterns[*third_field_]) : kEvery;
    block.entries[place] = entry(rules[i]);
  }
}

}  // namespace dosimeter::detail
