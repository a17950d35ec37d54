#pragma once

#include "engine/src/rule_table.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// The patterns of one field that a request passes, beside kEveryRequest.
struct FieldMatches {
  /// All of them; `patterns` then means nothing.
  bool every = false;
  std::span<const PatternId> patterns = {};

  [[nodiscard]] bool contains(PatternId pattern) const noexcept {
    for (const PatternId one : patterns) {
      if (one == pattern) return true;
    }
    return every;
  }
};

/// By Field.
using RequestMatches = std::array<FieldMatches, kFieldCount>;

/// Rules by their patterns, field after field: each inner node asks for one field and has a child
/// for each pattern that its rules have there. A request goes down to the children of the patterns
/// it matches and to that of kEveryRequest, and never where no rule comes before the one found.
/// Immutable.
class RuleTree {
 public:
  RuleTree() = default;
  /// Of the given rows, by their places in `rows`.
  RuleTree(std::span<const RuleRow> rows, std::vector<std::uint32_t> rules);

  enum class Outcome { found, gave_up };

  /// Lowers `best` to the first rule before it whose patterns `matches` has and that `accepts`.
  /// Gives up, having lowered it or not, after more steps than a scan of the rules would take.
  template <typename Accepts>
  Outcome search(std::span<const RuleRow> rows, const RequestMatches& matches, std::uint32_t& best,
                 Accepts&& accepts) const noexcept {
    if (nodes_.empty()) return Outcome::found;
    Search<Accepts> search{*this, rows, matches, best, accepts, rules_.size() / 4 + 64};
    return search.visit(0) ? Outcome::found : Outcome::gave_up;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr unsigned char kLeaf = 0xFF;
  /// So few rules are asked one by one.
  static constexpr std::size_t kLeafRules = 4;

  struct Node {
    std::uint32_t begin = 0;  // of its rules, or of its children
    std::uint32_t count = 0;
    std::uint32_t least = kNone;  // its first rule
    std::uint32_t every = kNone;  // the child of kEveryRequest
    unsigned char field = kLeaf;
    /// Fields that no node above has asked for, a bit for each.
    unsigned char pending = 0;
  };

  struct Child {
    PatternId pattern;
    std::uint32_t node;
  };

  struct Slot {
    std::uint32_t parent = kNone;
    PatternId pattern = 0;
    std::uint32_t child = kNone;
    std::uint32_t least = kNone;  // the child's
  };

  template <typename Accepts>
  struct Search {
    const RuleTree& tree;
    std::span<const RuleRow> rows;
    const RequestMatches& matches;
    std::uint32_t& best;
    Accepts& accepts;
    std::size_t steps;

    bool step(std::size_t count) noexcept {
      if (steps < count) return false;
      steps -= count;
      return true;
    }

    bool visit(std::uint32_t place) noexcept {
      const Node& node = tree.nodes_[place];
      if (node.field == kLeaf) return visit_leaf(node);
      const FieldMatches& field = matches[node.field];
      if (field.every || field.patterns.size() > node.count) {
        if (!visit_children(node, field)) return false;
      } else {
        if (!step(field.patterns.size())) return false;
        for (const PatternId pattern : field.patterns) {
          const Slot* const slot = tree.find(place, pattern);
          if (slot != nullptr && slot->least < best && !visit(slot->child)) return false;
        }
      }
      return node.every == kNone || tree.nodes_[node.every].least >= best || visit(node.every);
    }

    bool visit_children(const Node& node, const FieldMatches& field) noexcept {
      for (const Child& child : std::span(tree.children_).subspan(node.begin, node.count)) {
        if (!step(1)) return false;
        if (tree.nodes_[child.node].least >= best) return true;  // they are in that order
        if (field.contains(child.pattern) && !visit(child.node)) return false;
      }
      return true;
    }

    bool visit_leaf(const Node& node) noexcept {
      for (const std::uint32_t rule : std::span(tree.rules_).subspan(node.begin, node.count)) {
        if (rule >= best) return true;
        if (!step(1)) return false;
        if (passes(rows[rule], node.pending) && accepts(rule)) {
          best = rule;
          return true;
        }
      }
      return true;
    }

    [[nodiscard]] bool passes(const RuleRow& row, unsigned pending) const noexcept {
      for (std::size_t field = 0; pending != 0; ++field, pending >>= 1) {
        if ((pending & 1) == 0 || row.patterns[field] == kEveryRequest) continue;
        if (!matches[field].contains(row.patterns[field])) return false;
      }
      return true;
    }
  };

  [[nodiscard]] std::size_t slot(std::uint32_t parent, PatternId pattern) const noexcept {
    return mix(std::uint64_t{parent} << 32 | pattern) & (slots_.size() - 1);
  }
  [[nodiscard]] const Slot* find(std::uint32_t parent, PatternId pattern) const noexcept {
    for (std::size_t i = slot(parent, pattern);; i = (i + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[i];
      if (slot.parent == parent && slot.pattern == pattern) return &slot;
      if (slot.parent == kNone) return nullptr;
    }
  }

  class Builder;

  std::vector<Node> nodes_;
  /// Of one node next to one another, in the order of their first rules.
  std::vector<Child> children_;
  /// Of one leaf next to one another, in order.
  std::vector<std::uint32_t> rules_;
  /// Children by parent and pattern: a hash table, open, at most half full.
  std::vector<Slot> slots_;
};

}  // namespace dosimeter::detail
