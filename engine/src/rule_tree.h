#pragma once

#include "engine/src/pattern_index.h"
#include "engine/src/rule_table.h"

#include <array>
#include <bit>
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
  /// Gives up, having lowered it or not, after so many steps that a scan of the rules might have
  /// been quicker.
  template <typename Accepts>
  Outcome search(const RequestMatches& matches, std::uint32_t& best,
                 Accepts&& accepts) const noexcept {
    if (nodes_.empty()) return Outcome::found;
    std::array<Frame, kMostFrames> frames;
    std::size_t steps = rules_.size() / 8 + 64;
    frames[0] = {0, 0};
    for (std::size_t open = 1; open != 0;) {
      Frame& frame = frames[open - 1];
      const Node& node = nodes_[frame.node];
      if (node.least >= best) {
        --open;
        continue;
      }
      if (steps-- == 0) return Outcome::gave_up;
      if (node.field == kLeaf) {
        best = first_of(node, matches, best, accepts);
        --open;
        continue;
      }
      const FieldMatches& field = matches[node.field];
      if (field.every || field.patterns.size() > node.count) {
        const std::uint32_t child = next_child(node, field, frame.next_child, best);
        if (child != kNone) {
          frames[open++] = {child, 0};
        } else if (node.every != kNone) {
          frame = {node.every, 0};
        } else {
          --open;
        }
        continue;
      }
      // The last is looked at first: longer patterns come later, and belong to rules that come
      // earlier.
      const std::uint32_t parent = frame.node;
      --open;
      if (node.every != kNone) frames[open++] = {node.every, 0};
      for (const PatternId pattern : field.patterns) {
        const Slot& slot = find(parent, pattern);
        if (slot.least < best) frames[open++] = {slot.child, 0};
      }
    }
    return Outcome::found;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr unsigned char kLeaf = 0xFF;
  /// So few rules are asked one by one.
  static constexpr std::size_t kLeafRules = 12;

  struct Node {
    std::uint32_t begin = 0;  // of its rules, or of its children
    std::uint32_t count = 0;
    std::uint32_t least = kNone;  // its first rule
    std::uint32_t every = kNone;  // the child of kEveryRequest
    unsigned char field = kLeaf;
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

  /// A rule of a leaf, with what it asks for, next to the others.
  struct LeafRule {
    std::uint32_t rule;
    std::array<PatternId, kFieldCount> patterns;
    std::uint32_t asked_fields;  // a bit for each that no node above has asked for
  };

  /// A node to look at, and which of its children is next where they are looked at in turn.
  struct Frame {
    std::uint32_t node;
    std::uint32_t next_child;
  };
  static constexpr std::size_t kMostFrames = kFieldCount * (PatternMatches::kMost + 1) + 1;

  /// The first rule of a leaf that applies, if it comes before `best`.
  template <typename Accepts>
  [[nodiscard]] std::uint32_t first_of(const Node& leaf, const RequestMatches& matches,
                                       std::uint32_t best, Accepts& accepts) const noexcept {
    for (const LeafRule& rule : std::span(rules_.data() + leaf.begin, leaf.count)) {
      if (rule.rule >= best) return best;
      if (passes(rule, matches) && accepts(rule.rule)) return rule.rule;
    }
    return best;
  }

  [[nodiscard]] static bool passes(const LeafRule& rule, const RequestMatches& matches) noexcept {
    for (std::uint32_t asked = rule.asked_fields; asked != 0; asked &= asked - 1) {
      const auto field = static_cast<std::size_t>(std::countr_zero(asked));
      if (!matches[field].contains(rule.patterns[field])) return false;
    }
    return true;
  }

  /// The next child of a pattern that matches, or kNone: they are in the order of their first
  /// rules.
  [[nodiscard]] std::uint32_t next_child(const Node& node, const FieldMatches& field,
                                         std::uint32_t& next, std::uint32_t best) const noexcept {
    while (next < node.count) {
      const Child& child = children_[node.begin + next++];
      if (nodes_[child.node].least >= best) return kNone;
      if (field.contains(child.pattern)) return child.node;
    }
    return kNone;
  }

  /// A free slot, whose `least` is after all rules, where there is none.
  [[nodiscard]] const Slot& find(std::uint32_t parent, PatternId pattern) const noexcept {
    const Slot* const slots = slots_.data();
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash(parent, pattern) & mask;; i = (i + 1) & mask) {
      const Slot& slot = slots[i];
      if ((slot.parent == parent && slot.pattern == pattern) || slot.parent == kNone) return slot;
    }
  }

  static std::uint64_t hash(std::uint32_t parent, PatternId pattern) noexcept {
    return mix(std::uint64_t{parent} << 32 | pattern);
  }

  class Builder;

  std::vector<Node> nodes_;
  /// Of one node next to one another, in the order of their first rules.
  std::vector<Child> children_;
  /// Of one leaf next to one another, in order.
  std::vector<LeafRule> rules_;
  /// Children by parent and pattern: a hash table, open, at most half full.
  std::vector<Slot> slots_;
};

}  // namespace dosimeter::detail
