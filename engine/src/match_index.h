#pragma once

#include <dosimeter/request.h>

#include "engine/src/byte_sieve.h"
#include "engine/src/field_answer.h"
#include "engine/src/field_memo.h"
#include "engine/src/path_skeleton.h"
#include "engine/src/pattern_index.h"
#include "engine/src/rule_groups.h"
#include "engine/src/rule_lists.h"
#include "engine/src/rule_table.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dosimeter::detail {

/// Finds the first rule of a table that applies to a request, without asking them all.
///
/// Each field but the path has few texts: what the rules say of one is looked up in a memo, or
/// found by the field's PatternIndex. Of up to FieldAnswer::kRules rules the answers are bitsets.
/// Those of the fields that leave out most rules are taken first, and what some bytes of the path
/// leave out; the rules that are left are asked one after the other for the path, and for other
/// fields only where the path agrees. Of more rules the first few are looked at in that way, the
/// rest through RuleGroups, by the patterns that each field matches. What an index cannot say
/// (texts beyond ASCII, recorders' exceptions, patterns without number) is found by a scan.
/// Immutable.
class MatchIndex {
 public:
  /// `last` is the first rule that applies to every request: those after it are never asked.
  MatchIndex(RuleTable table, std::uint32_t last);

  /// The first rule that applies. `memo`, if there is one, was used for this index alone since it
  /// was last cleared. `space` is for texts; too little makes matching slower. Allocates nothing.
  [[nodiscard]] std::uint32_t find(const Request& request, std::span<char> space,
                                   FieldMemo* memo) const noexcept;

 private:
  class Query;
  class GroupQuery;

  /// What is known of a field beforehand.
  struct FieldIndex {
    PatternIndex patterns;
    /// What is said of a request without the field.
    FieldAnswer absent;
    /// What is said of a text that matches no pattern.
    FieldAnswer unmatched;
    /// The rules of the bitsets that have a pattern: words_ words from [pattern * words_].
    std::vector<std::uint64_t> rules_of_pattern;
  };

  /// What is to be asked of a rule of the bitsets beside the fields that were looked up first.
  struct Rest {
    PatternId path = kEveryRequest;
    /// A bit for each field.
    std::uint16_t fields = 0;
    bool attributes = false;
  };

  [[nodiscard]] const FieldIndex& index(Field field) const noexcept {
    return fields_[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] FieldIndex make_field(Field field) const;
  void choose_first_fields();
  void make_path_sieve();
  [[nodiscard]] double share_left_by(Field field) const;
  [[nodiscard]] bool is_asked_for(Field field) const;
  void add_rules(FieldAnswer& answer, std::size_t word, std::uint64_t rules) const noexcept;
  void add_rules_of(const FieldIndex& index, PatternId pattern, FieldAnswer& answer) const noexcept;
  [[nodiscard]] FieldAnswer answer_of(const FieldIndex& index,
                                      std::span<const PatternId> matched) const noexcept;
  [[nodiscard]] FieldAnswer answer_absent(const FieldIndex& index, Field field) const;

  RuleTable table_;
  std::uint32_t last_;
  /// Whether there are more rules than bits.
  bool is_large_;
  /// Whether this recorder has requests that need no pattern.
  bool has_exceptions_;
  bool asks_for_path_;
  /// How many rules the bitsets are about, and how many words that takes.
  std::uint32_t bitset_rules_;
  std::size_t words_;
  /// Those of them that can apply at all.
  std::array<std::uint64_t, FieldAnswer::kWords> able_{};
  /// Of a small set: the rules that ask for a path, and those that one may pass.
  std::array<std::uint64_t, FieldAnswer::kWords> asking_for_path_{};
  ByteSieve path_sieve_;
  /// The fields that are looked up before any rule is asked.
  std::array<Field, kFieldCount> first_fields_{};
  std::size_t first_count_ = 0;
  /// By rule of the bitsets.
  std::vector<Rest> rests_;
  std::array<FieldIndex, kFieldCount> fields_;
  /// Of a large set, of its rules beyond the bitsets: all of them, lists of most, and the others.
  RuleGroups groups_;
  RuleLists lists_;
  bool has_lists_ = false;
  bool has_unlisted_ = false;
  /// Those of the lists, and the third, or the first once more where there is none.
  std::array<Field, 3> listed_fields_{};
  RuleGroups unlisted_groups_;
  /// Of a large set, by which what its patterns say of paths is remembered.
  PathSkeletons skeletons_;
};

}  // namespace dosimeter::detail
