#pragma once

#include "engine/src/field_matches.h"
#include "engine/src/hash_filter.h"
#include "engine/src/rule_table.h"
#include "engine/src/rule_trees.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Rules by their patterns in two fields at once, those that tell them apart best; the rules of one
/// such pair are a tree by the other fields. A request looks for the pairs of the patterns it has.
/// Immutable.
class RuleGroups {
 public:
  RuleGroups() = default;
  /// Of the given rows, by their places in `rows`, in order.
  RuleGroups(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules);

  /// The fields of the pairs, two different ones.
  [[nodiscard]] const std::array<std::size_t, 2>& fields() const noexcept { return fields_; }

  enum class Outcome { found, gave_up };

  /// Lowers `best` to the first rule before it that the request passes, which has `first` and
  /// `second` in these fields; what `ask` is, RuleTrees says. Gives up, having lowered it or not,
  /// where another field cannot be listed and after so many steps that a scan of the rules might
  /// have been quicker.
  template <typename Ask>
  Outcome search(const FieldMatches& first, const FieldMatches& second, Ask& ask,
                 std::uint32_t& best) const noexcept {
    if (by_least_.empty()) return Outcome::found;
    std::size_t steps = most_steps_;
    const auto look_at = [&](const Group& group) {
      if (steps == 0) return false;
      --steps;
      return trees_.search(group.tree, ask, best, steps);
    };
    const bool has_every = first.every || second.every;
    const bool has_few = (first.count + 1) * (second.count + 1) <= most_pairs_;
    const bool done = has_every ? walk(first, second, best, look_at)
                      : has_few ? probe(first.patterns(), second.patterns(), best, look_at)
                                : try_all(first, second, best, steps, look_at);
    return done ? Outcome::found : Outcome::gave_up;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  struct Group {
    std::uint64_t pair = 0;
    std::uint32_t least = kNone;  // its first rule; kNone: the slot is free
    RuleTrees::Place tree = 0;
  };

  /// Slots of the groups with one pattern in a field, in the order of their first rules.
  class Lists {
   public:
    Lists() = default;
    /// By the pattern of each slot, which come in the order of their first rules.
    Lists(std::span<const PatternId> patterns, std::span<const std::uint32_t> slots);
    [[nodiscard]] std::span<const std::uint32_t> of(PatternId pattern) const noexcept;

   private:
    /// The list of kEveryRequest is the first, that of pattern 0 the next.
    static std::size_t list_of(PatternId pattern) noexcept {
      return pattern == kEveryRequest ? 0 : std::size_t{pattern} + 1;
    }
    std::vector<std::uint32_t> ends_;
    std::vector<std::uint32_t> slots_;
  };

  static std::uint64_t pair_of(PatternId first, PatternId second) noexcept {
    return std::uint64_t{first} << 32 | second;
  }
  static std::uint64_t hash_of_first(PatternId pattern) noexcept {
    return pattern * 0x9E3779B97F4A7C15;
  }
  /// Its high bits are the good ones.
  static std::uint64_t hash(std::uint64_t of_first, PatternId second) noexcept {
    return of_first + second * 0xC2B2AE3D27D4EB4F;
  }
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const noexcept {
    return hash >> slot_shift_;
  }
  /// A free slot where there is none.
  [[nodiscard]] const Group& find(std::uint64_t hash, std::uint64_t pair) const noexcept {
    for (std::size_t i = slot_of(hash);; i = (i + 1) & slot_mask_) {
      const Group& group = slots_[i];
      if (group.pair == pair || group.least == kNone) return group;
    }
  }

  /// Groups of a request. They are looked at in the order of their first rules: then most are not
  /// looked at at all.
  class Queue {
   public:
    [[nodiscard]] bool is_full() const noexcept { return count_ == kMost; }
    void add(const Group* group) noexcept {
      next_ = std::min(next_, key_of(*group, count_));
      groups_[count_++] = group;
    }
    /// False where `look_at` was.
    template <typename LookAt>
    bool look_at_all(const std::uint32_t& best, LookAt&& look_at) noexcept {
      while (next_ >> 32 < best) {
        const auto place = static_cast<std::uint32_t>(next_);
        const Group& group = *groups_[place];
        groups_[place] = groups_[--count_];
        if (!look_at(group)) return false;
        if (group.least == best) break;  // none of the others comes before
        next_ = kNobody;
        for (std::size_t i = 0; i < count_; ++i) {
          next_ = std::min(next_, key_of(*groups_[i], i));
        }
      }
      count_ = 0;
      next_ = kNobody;
      return true;
    }

   private:
    static constexpr std::size_t kMost = 32;
    static constexpr std::uint64_t kNobody = ~std::uint64_t{0};
    /// The first rule above the place: the least of these is found without a branch.
    static std::uint64_t key_of(const Group& group, std::size_t place) noexcept {
      return std::uint64_t{group.least} << 32 | place;
    }

    std::array<const Group*, kMost> groups_;
    std::size_t count_ = 0;
    std::uint64_t next_ = kNobody;
  };

  /// Looks at the groups of every pair of patterns.
  template <typename LookAt>
  bool probe(std::span<const PatternId> firsts, std::span<const PatternId> seconds,
             const std::uint32_t& best, LookAt&& look_at) const noexcept {
    // Which of them there may be is found out without a branch: it cannot be foretold.
    std::array<PatternId, PatternMatches::kMost + 1> found;
    Queue queue;
    const auto probe_first = [&](PatternId first) {
      const std::uint64_t of_first = hash_of_first(first);
      std::size_t count = 0;
      const auto probe_second = [&](PatternId second) {
        found[count] = second;
        count += filter_.may_have(hash(of_first, second)) ? 1u : 0u;
      };
      for (const PatternId second : seconds) probe_second(second);
      probe_second(kEveryRequest);
      for (std::size_t i = 0; i < count; ++i) {
        const Group& group = find(hash(of_first, found[i]), pair_of(first, found[i]));
        if (group.least >= best) continue;
        if (queue.is_full() && !queue.look_at_all(best, look_at)) return false;
        queue.add(&group);
      }
      return true;
    };
    for (const PatternId first : firsts) {
      if (!probe_first(first)) return false;
    }
    return probe_first(kEveryRequest) && queue.look_at_all(best, look_at);
  }

  /// Looks at the groups of a request that has every pattern in one of the fields, or in both.
  template <typename LookAt>
  bool walk(const FieldMatches& first, const FieldMatches& second, const std::uint32_t& best,
            LookAt&& look_at) const noexcept {
    const auto walk_list = [&](std::span<const std::uint32_t> list) {
      for (const std::uint32_t slot : list) {
        if (slots_[slot].least >= best) break;
        if (!look_at(slots_[slot])) return false;
      }
      return true;
    };
    if (first.every && second.every) return walk_list(by_least_);
    const Lists& lists = first.every ? by_second_ : by_first_;
    for (const PatternId pattern : first.every ? second.patterns() : first.patterns()) {
      if (!walk_list(lists.of(pattern))) return false;
    }
    return walk_list(lists.of(kEveryRequest));
  }

  /// Tries one group after the other, for a request that has more pairs of patterns.
  template <typename LookAt>
  bool try_all(const FieldMatches& first, const FieldMatches& second, const std::uint32_t& best,
               std::size_t& steps, LookAt&& look_at) const noexcept {
    const auto has = [](const FieldMatches& matches, std::uint64_t pattern) {
      return pattern == kEveryRequest || matches.contains(static_cast<PatternId>(pattern));
    };
    for (const std::uint32_t slot : by_least_) {
      const Group& group = slots_[slot];
      if (group.least >= best) break;
      if (steps == 0) return false;
      --steps;
      if (!has(first, group.pair >> 32) || !has(second, group.pair & kEveryRequest)) continue;
      if (!look_at(group)) return false;
    }
    return true;
  }

  void choose_fields(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules);
  [[nodiscard]] std::vector<Group> make_groups(std::span<const RuleRow> rows,
                                               std::span<const std::uint32_t> rules);
  void make_tables(std::vector<Group> groups);

  std::array<std::size_t, 2> fields_ = {0, 1};
  std::size_t most_steps_ = 0;
  std::size_t most_pairs_ = 0;
  /// Groups by pair: a hash table, open, at most half full.
  std::vector<Group> slots_;
  unsigned slot_shift_ = 0;
  std::size_t slot_mask_ = 0;
  HashFilter filter_;
  RuleTrees trees_;
  std::vector<std::uint32_t> by_least_;
  Lists by_first_;
  Lists by_second_;
};

}  // namespace dosimeter::detail
