#pragma once

#include "engine/src/byte_words.h"
#include "engine/src/field_matches.h"
#include "engine/src/pattern_index.h"
#include "engine/src/rule_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Trees of rules by their patterns, field after field: each inner node asks for one field and has
/// a child for each pattern that its rules have there. A request goes down to the children of the
/// patterns it matches and to that of kEveryRequest, and never where no rule comes before the one
/// found.
///
/// A search asks a request by three functions: `matches(field)` gives the patterns that it has in
/// a field, or nullptr where they cannot be listed; `passes(field, pattern)` says whether it has
/// one; `passes_attributes(rule)` has the last word on rules that ask for some.
class RuleTrees {
 public:
  /// A tree or a part of one: a node, or the first rule of a leaf, or a rule that asks for nothing
  /// any more.
  using Place = std::uint32_t;

  /// Adds a tree of some rows, by their places in `rows`, in order; `fields` has a bit for each
  /// field that it is to ask for. REQUIRES: one rule at least.
  [[nodiscard]] Place add(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                          unsigned fields);
  /// After the last tree, and before the first search.
  void finish();

  /// Lowers `best` to the first rule of a tree before it that the request passes. False where it
  /// gives up, having lowered it or not: a field cannot be listed, or `steps` are used up.
  template <typename Ask>
  bool search(Place tree, Ask& ask, std::uint32_t& best, std::size_t& steps) const noexcept {
    if (is_rule(tree)) {
      best = std::min(best, tree & ~kRule);
      return true;
    }
    if (!is_leaf(tree)) return search_inner(tree, ask, best, steps);
    best = first_of(tree, ask, best);
    return true;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// In a Place: the rest is the place of the leaf's first rule, or the rule.
  static constexpr Place kLeaf = 0x80000000;
  static constexpr Place kRule = 0x40000000;
  /// So few rules are asked one by one.
  static constexpr std::size_t kLeafRules = 12;

  struct Child {
    PatternId pattern = 0;
    Place place = kNone;
    std::uint32_t least = kNone;  // its first rule
  };

  struct Node {
    std::uint32_t begin = 0;  // of its children
    std::uint32_t count = 0;
    Child every;  // of kEveryRequest, if its place is not kNone
    std::uint32_t field = 0;
  };

  struct Slot {
    std::uint32_t parent = kNone;
    Child child;
  };

  /// A rule of a leaf, with what it asks for, next to the others.
  struct LeafRule {
    std::uint32_t rule;
    /// A bit for each that no node above has asked for, and those below.
    std::uint32_t asked;
    std::array<PatternId, kFieldCount> patterns;
  };
  static constexpr std::uint32_t kLast = 0x80000000;
  static constexpr std::uint32_t kAttributes = 0x40000000;
  static constexpr std::uint32_t kFields = (1u << kFieldCount) - 1;

  /// A place to look at, and which of its children is next where they are looked at in turn.
  struct Frame {
    Place place;
    std::uint32_t least;
    std::uint32_t next_child;
  };
  static constexpr std::size_t kMostFrames = kFieldCount * (PatternMatches::kMost + 1) + 1;

  static constexpr bool is_leaf(Place place) noexcept { return (place & kLeaf) != 0; }
  static constexpr bool is_rule(Place place) noexcept { return (place & (kLeaf | kRule)) == kRule; }

  template <typename Ask>
  bool search_inner(Place tree, Ask& ask, std::uint32_t& best, std::size_t& steps) const noexcept {
    std::array<Frame, kMostFrames> frames;
    frames[0] = {tree, 0, 0};
    for (std::size_t open = 1; open != 0;) {
      Frame& frame = frames[open - 1];
      if (frame.least >= best) {
        --open;
        continue;
      }
      if (steps == 0) return false;
      --steps;
      if (is_leaf(frame.place)) {
        best = first_of(frame.place, ask, best);
        --open;
        continue;
      }
      if (is_rule(frame.place)) {
        best = frame.place & ~kRule;
        --open;
        continue;
      }
      const Place parent = frame.place;
      const Node& node = nodes_[parent];
      const FieldMatches* const field = ask.matches(node.field);
      if (field == nullptr) return false;
      if (field->every || field->count > node.count) {
        if (const Child* child = next_child(node, *field, frame.next_child, best)) {
          frames[open++] = {child->place, child->least, 0};
        } else if (node.every.place != kNone) {
          frame = {node.every.place, node.every.least, 0};
        } else {
          --open;
        }
        continue;
      }
      // The last is looked at first: longer patterns come later, and belong to rules that come
      // earlier.
      --open;
      if (node.every.place != kNone) frames[open++] = {node.every.place, node.every.least, 0};
      for (const PatternId pattern : field->patterns()) {
        const Child& child = find(parent, pattern);
        if (child.least < best) frames[open++] = {child.place, child.least, 0};
      }
    }
    return true;
  }

  /// The first rule of a leaf that the request passes, if it comes before `best`.
  template <typename Ask>
  [[nodiscard]] std::uint32_t first_of(Place leaf, Ask& ask, std::uint32_t best) const noexcept {
    for (const LeafRule* rule = rules_.data() + (leaf & ~kLeaf);; ++rule) {
      if (rule->rule >= best) return best;
      if (passes(*rule, ask)) return rule->rule;
      if ((rule->asked & kLast) != 0) return best;
    }
  }

  template <typename Ask>
  [[nodiscard]] static bool passes(const LeafRule& rule, Ask& ask) noexcept {
    for (std::uint32_t asked = rule.asked & kFields; asked != 0; asked &= asked - 1) {
      const auto field = static_cast<std::size_t>(std::countr_zero(asked));
      if (!ask.passes(field, rule.patterns[field])) return false;
    }
    return (rule.asked & kAttributes) == 0 || ask.passes_attributes(rule.rule);
  }

  /// The next child of a pattern that matches, or nullptr: they are in the order of their first
  /// rules.
  [[nodiscard]] const Child* next_child(const Node& node, const FieldMatches& field,
                                        std::uint32_t& next, std::uint32_t best) const noexcept {
    while (next < node.count) {
      const Child& child = children_[node.begin + next++];
      if (child.least >= best) return nullptr;
      if (field.contains(child.pattern)) return &child;
    }
    return nullptr;
  }

  /// That of a free slot, whose `least` is after all rules, where there is none.
  [[nodiscard]] const Child& find(Place parent, PatternId pattern) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash(parent, pattern) & mask;; i = (i + 1) & mask) {
      const Slot& slot = slots_[i];
      if (slot.parent == kNone || (slot.parent == parent && slot.child.pattern == pattern)) {
        return slot.child;
      }
    }
  }

  static std::uint64_t hash(Place parent, PatternId pattern) noexcept {
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
