#include "engine/src/rule_tree.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

namespace dosimeter::detail {
namespace {

/// Rules with the pattern of one field, those of one pattern next to one another.
using Sorted = std::vector<std::pair<PatternId, std::uint32_t>>;

Sorted sorted_by(std::size_t field, std::span<const RuleRow> rows,
                 std::span<const std::uint32_t> rules) {
  Sorted sorted;
  sorted.reserve(rules.size());
  for (const std::uint32_t rule : rules) sorted.emplace_back(rows[rule].patterns[field], rule);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

std::size_t end_of_pattern(const Sorted& sorted, std::size_t begin) {
  std::size_t end = begin;
  while (end < sorted.size() && sorted[end].first == sorted[begin].first) ++end;
  return end;
}

/// How many rules of one pattern a rule meets, summed over the rules: the smaller, the better the
/// field tells them apart.
double crowding(const Sorted& sorted) {
  double sum = 0;
  for (std::size_t begin = 0; begin < sorted.size();) {
    const std::size_t end = end_of_pattern(sorted, begin);
    sum += static_cast<double>(end - begin) * static_cast<double>(end - begin);
    begin = end;
  }
  return sum;
}

}  // namespace

class RuleTree::Builder {
 public:
  Builder(RuleTree& tree, std::span<const RuleRow> rows) : tree_(tree), rows_(rows) {}

  /// `rules` are in order. A level for each field at most.
  std::uint32_t build(std::span<const std::uint32_t> rules, unsigned char pending) {
    const auto place = static_cast<std::uint32_t>(tree_.nodes_.size());
    tree_.nodes_.emplace_back();
    Node node;
    node.least = rules.front();
    const std::optional<std::size_t> field =
        rules.size() <= kLeafRules ? std::nullopt : best_field(rules, pending);
    if (field) {
      node.field = static_cast<unsigned char>(*field);
      add_children(node, rules, pending);
    } else {
      node.begin = static_cast<std::uint32_t>(tree_.rules_.size());
      node.count = static_cast<std::uint32_t>(rules.size());
      for (const std::uint32_t rule : rules) add_leaf_rule(rule, pending);
    }
    tree_.nodes_[place] = node;
    return place;
  }

  void make_slots() {
    tree_.slots_.resize(std::bit_ceil(2 * tree_.children_.size() + 2));
    for (std::uint32_t parent = 0; parent < tree_.nodes_.size(); ++parent) {
      const Node& node = tree_.nodes_[parent];
      if (node.field == kLeaf) continue;
      for (std::uint32_t i = node.begin; i < node.begin + node.count; ++i) {
        const Child& child = tree_.children_[i];
        const std::size_t mask = tree_.slots_.size() - 1;
        std::size_t at = hash(parent, child.pattern) & mask;
        while (tree_.slots_[at].parent != kNone) at = (at + 1) & mask;
        tree_.slots_[at] = {parent, child.pattern, child.node, tree_.nodes_[child.node].least};
      }
    }
  }

 private:
  /// That which tells the rules apart best, if any does.
  [[nodiscard]] std::optional<std::size_t> best_field(std::span<const std::uint32_t> rules,
                                                      unsigned char pending) const {
    std::optional<std::size_t> best;
    const auto count = static_cast<double>(rules.size());
    double least = count * count;
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      if ((pending >> field & 1) == 0) continue;
      const double sum = crowding(sorted_by(field, rows_, rules));
      if (sum < least) {
        least = sum;
        best = field;
      }
    }
    return best;
  }

  void add_leaf_rule(std::uint32_t rule, unsigned pending) {
    LeafRule added{rule, rows_[rule].patterns, 0};
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      if (added.patterns[field] != kEveryRequest) added.asked_fields |= pending & (1u << field);
    }
    tree_.rules_.push_back(added);
  }

  void add_children(Node& node, std::span<const std::uint32_t> rules, unsigned char all_pending) {
    const Sorted sorted = sorted_by(node.field, rows_, rules);
    const auto pending = static_cast<unsigned char>(all_pending & ~(1u << node.field));
    std::vector<Child> children;
    for (std::size_t begin = 0; begin < sorted.size();) {
      const std::size_t end = end_of_pattern(sorted, begin);
      std::vector<std::uint32_t> own;
      for (std::size_t i = begin; i < end; ++i) own.push_back(sorted[i].second);
      const std::uint32_t child = build(own, pending);
      if (sorted[begin].first == kEveryRequest) {
        node.every = child;
      } else {
        children.push_back({sorted[begin].first, child});
      }
      begin = end;
    }
    std::sort(children.begin(), children.end(), [&](const Child& a, const Child& b) {
      return tree_.nodes_[a.node].least < tree_.nodes_[b.node].least;
    });
    node.begin = static_cast<std::uint32_t>(tree_.children_.size());
    node.count = static_cast<std::uint32_t>(children.size());
    tree_.children_.insert(tree_.children_.end(), children.begin(), children.end());
  }

  RuleTree& tree_;
  std::span<const RuleRow> rows_;
};

RuleTree::RuleTree(std::span<const RuleRow> rows, std::vector<std::uint32_t> rules) {
  if (rules.empty()) return;
  Builder builder(*this, rows);
  builder.build(rules, (1u << kFieldCount) - 1);
  builder.make_slots();
}

}  // namespace dosimeter::detail
