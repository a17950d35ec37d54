#include "engine/src/rule_trees.h"

#include "engine/src/crowding.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

namespace dosimeter::detail {

class RuleTrees::Builder {
 public:
  Builder(RuleTrees& trees, std::span<const RuleRow> rows) : trees_(trees), rows_(rows) {}

  /// A level for each field at most.
  Place build(std::span<const std::uint32_t> rules, unsigned fields) {
    const std::optional<std::size_t> field =
        rules.size() <= kLeafRules ? std::nullopt : best_field(rules, fields);
    if (!field) return add_leaf(rules, fields);
    const auto place = static_cast<Place>(trees_.nodes_.size());
    trees_.nodes_.emplace_back();
    const Node node = make_node(*field, rules, fields & ~(1u << *field));
    trees_.nodes_[place] = node;
    return place;
  }

 private:
  /// That which tells the rules apart best, if any does.
  [[nodiscard]] std::optional<std::size_t> best_field(std::span<const std::uint32_t> rules,
                                                      unsigned fields) const {
    std::optional<std::size_t> best;
    const auto count = static_cast<double>(rules.size());
    double least = count * count;
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      if ((fields >> field & 1) == 0) continue;
      const double sum = crowding(rows_, rules, field, field);
      if (sum < least) {
        least = sum;
        best = field;
      }
    }
    return best;
  }

  Place add_leaf(std::span<const std::uint32_t> rules, unsigned fields) {
    // Those after a rule that asks for nothing are never reached.
    const std::size_t begin = trees_.rules_.size();
    for (const std::uint32_t rule : rules) {
      LeafRule added{rule, 0, rows_[rule].patterns};
      for (std::size_t field = 0; field < kFieldCount; ++field) {
        if (added.patterns[field] != kEveryRequest) added.asked |= fields & (1u << field);
      }
      if (rows_[rule].attributes_count != 0) added.asked |= kAttributes;
      if (added.asked == 0 && rule == rules.front()) return rule | kRule;
      trees_.rules_.push_back(added);
      if (added.asked == 0) break;
    }
    trees_.rules_.back().asked |= kLast;
    return static_cast<Place>(begin) | kLeaf;
  }

  Node make_node(std::size_t field, std::span<const std::uint32_t> rules, unsigned fields) {
    std::vector<std::pair<PatternId, std::uint32_t>> sorted;
    sorted.reserve(rules.size());
    for (const std::uint32_t rule : rules) sorted.emplace_back(rows_[rule].patterns[field], rule);
    std::sort(sorted.begin(), sorted.end());
    Node node;
    node.field = static_cast<std::uint32_t>(field);
    std::vector<Child> children;
    std::vector<std::uint32_t> own;
    for (std::size_t i = 0; i < sorted.size();) {
      const PatternId pattern = sorted[i].first;
      own.clear();
      for (; i < sorted.size() && sorted[i].first == pattern; ++i) own.push_back(sorted[i].second);
      const Child child{pattern, build(own, fields), own.front()};
      if (pattern == kEveryRequest) {
        node.every = child;
      } else {
        children.push_back(child);
      }
    }
    std::sort(children.begin(), children.end(),
              [](const Child& a, const Child& b) { return a.least < b.least; });
    node.begin = static_cast<std::uint32_t>(trees_.children_.size());
    node.count = static_cast<std::uint32_t>(children.size());
    trees_.children_.insert(trees_.children_.end(), children.begin(), children.end());
    return node;
  }

  RuleTrees& trees_;
  std::span<const RuleRow> rows_;
};

RuleTrees::Place RuleTrees::add(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                                unsigned fields) {
  return Builder(*this, rows).build(rules, fields);
}

void RuleTrees::finish() {
  slots_.resize(std::bit_ceil(2 * children_.size() + 2));
  const std::size_t mask = slots_.size() - 1;
  for (Place parent = 0; parent < nodes_.size(); ++parent) {
    const Node& node = nodes_[parent];
    for (const Child& child : std::span(children_).subspan(node.begin, node.count)) {
      std::size_t at = hash(parent, child.pattern) & mask;
      while (slots_[at].parent != kNone) at = (at + 1) & mask;
      slots_[at] = {parent, child};
    }
  }
}

}  // namespace dosimeter::detail
