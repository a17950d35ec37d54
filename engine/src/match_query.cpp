#include "engine/src/match_query.h"

#include "engine/src/bit_places.h"

namespace dosimeter::detail {

const FieldAnswer& MatchIndex::Query::new_answer(Field field, std::string_view text) noexcept {
  new_answer_ = find_answer(field, text);
  if (memo_ != nullptr) memo_->put(field, text, new_answer_);
  return new_answer_;
}

[[gnu::noinline]] void MatchIndex::Query::keep_answer(Field field) noexcept {
  keep_answer_here(field);
}

[[gnu::noinline]] void MatchIndex::Query::keep_longer_answer(Field field,
                                                             std::string_view text) noexcept {
  const FieldAnswer* const known =
      memo_ != nullptr ? memo_->find_rather_long(field, text) : nullptr;
  if (known == nullptr) return keep_new_answer(field, text);
  keep(field, *known);
}

[[gnu::noinline]] void MatchIndex::Query::keep_new_answer(Field field,
                                                          std::string_view text) noexcept {
  keep_new_answer(field, text, find_answer(field, text));
}

/// Remembers it, too, for which the memo may forget another: those that are kept become the query's
/// own before.
void MatchIndex::Query::keep_new_answer(Field field, std::string_view text,
                                        const FieldAnswer& answer) noexcept {
  own_answers_[static_cast<std::size_t>(field)] = answer;
  keep(field, own_answers_[static_cast<std::size_t>(field)]);
  if (memo_ == nullptr) return;
  for (const Field other : kFields) {
    FieldAnswer& own = own_answers_[static_cast<std::size_t>(other)];
    if (kept(other) == nullptr || kept(other) == &own) continue;
    own = *kept(other);
    keep(other, own);
  }
  memo_->put(field, text, own_answers_[static_cast<std::size_t>(field)]);
}

FieldAnswer MatchIndex::Query::find_answer(Field field, std::string_view text) noexcept {
  const FieldIndex& own = index_.index(field);
  const std::span<const CompiledPattern> patterns = index_.table_.patterns(field);
  AskedText asked(prepare(text, index_.table_.folds(), free_space()));
  PatternMatches matches;
  if (own.patterns.find(asked, patterns, matches)) {
    return index_.answer_of(own, matches.ids());
  }

  // Every pattern is asked.
  FieldAnswer answer = own.unmatched;
  matches.clear();
  bool all_there = true;
  for (PatternId id = 0; id < patterns.size(); ++id) {
    if (!asked.matches(patterns[id])) continue;
    index_.add_rules_of(own, id, answer);
    all_there = matches.add(id) && all_there;
  }
  if (index_.is_large_) answer.set_patterns(matches.ids());
  if (index_.is_large_ && !all_there) answer.set_unlisted();
  return answer;
}

[[gnu::always_inline]] inline void MatchIndex::Query::look_path_up() noexcept {
  if (memo_ == nullptr) return;
  const PreparedText& text = path().text();
  if (index_.skeletons_.may_be_literal(text) && keep_literal_path(text.copy)) return;
  PathSkeletons::Space skeleton_space;
  const std::string_view skeleton = index_.skeletons_.of(text, skeleton_space);
  if (skeleton.empty()) return;
  const FieldAnswer* const known = memo_->find_somewhat_longer(Field::url_path, skeleton);
  if (known == nullptr) return remember_path(skeleton);
  keep(Field::url_path, *known);
}

/// Keeps what is said of a path that is its own skeleton, if it is remembered.
[[gnu::noinline]] bool MatchIndex::Query::keep_literal_path(std::string_view path) noexcept {
  const FieldAnswer* const known = memo_->find_somewhat_longer(Field::url_path, path);
  if (known != nullptr) keep(Field::url_path, *known);
  return known != nullptr;
}

[[gnu::noinline]] void MatchIndex::Query::remember_path(std::string_view skeleton) noexcept {
  const FieldIndex& own = index_.index(Field::url_path);
  PatternMatches matches;
  path_is_refused_ = !own.patterns.find(path(), index_.table_.patterns(Field::url_path), matches);
  if (path_is_refused_) return;
  keep_new_answer(Field::url_path, skeleton, index_.answer_of(own, matches.ids()));
}

/// What RuleGroups asks of a request of a large set.
class MatchIndex::GroupQuery {
 public:
  explicit GroupQuery(Query& query) noexcept : query_(query) {}

  /// Whether `passes` has not been able to say.
  [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }

  const FieldMatches* matches(std::size_t field) noexcept {
    if (!lists_) lists_.emplace();
    List& list = (*lists_)[field];
    if (!list.is_asked) {
      list.is_asked = true;
      list.is_there = make_list(kFields[field], list.matches, list.patterns);
    }
    return list.is_there ? &list.matches : nullptr;
  }

  bool passes(std::size_t field, PatternId pattern) noexcept {
    if (kFields[field] == Field::url_path && !query_.path_is_absent_) {
      if (query_.can_list(Field::url_path)) {
        return query_.kept_answer(Field::url_path).has_pattern(pattern);
      }
      return query_.passes_path(pattern);
    }
    const FieldAnswer& answer = query_.kept_answer(kFields[field]);
    if (answer.has_patterns()) return answer.has_pattern(pattern);
    const FieldMatches* const found = matches(field);
    if (found == nullptr) gave_up_ = true;
    return found != nullptr && found->contains(pattern);
  }

  bool passes_attributes(std::uint32_t rule) const noexcept {
    return query_.passes_attributes(rule);
  }

  /// Which patterns of a field the request has, for which `patterns` is room. False where there
  /// are too many.
  [[gnu::always_inline]] bool make_list(Field field, FieldMatches& matches,
                                        PatternMatches& patterns) noexcept {
    if (field == Field::url_path && !query_.path_is_absent_) {
      if (query_.can_list(Field::url_path)) {
        patterns.assign(query_.kept_answer(Field::url_path).patterns());
        matches = FieldMatches::of(patterns.ids());
        return true;
      }
      if (query_.path_is_refused_) return false;
      const MatchIndex& index = query_.index_;
      const bool found =
          index.index(field).patterns.find(query_.path(), index.table_.patterns(field), patterns);
      matches = FieldMatches::of(patterns.ids());
      return found;
    }
    const FieldAnswer& answer = query_.kept_answer(field);
    if (answer.has_patterns()) {
      patterns.assign(answer.patterns());
      matches = FieldMatches::of(patterns.ids());
      return true;
    }
    return list_others(field, answer, matches, patterns);
  }

 private:
  struct List {
    List() noexcept {}  // leaves the rest without a value
    bool is_asked = false;
    bool is_there = false;
    FieldMatches matches;
    PatternMatches patterns;
  };

  /// Where the answer has no room for them.
  bool list_others(Field field, const FieldAnswer& answer, FieldMatches& matches,
                   PatternMatches& patterns) noexcept;

  Query& query_;
  bool gave_up_ = false;
  /// By Field. Few requests need any.
  std::optional<std::array<List, kFieldCount>> lists_;
};

bool MatchIndex::GroupQuery::list_others(Field field, const FieldAnswer& answer,
                                         FieldMatches& matches, PatternMatches& listed) noexcept {
  const MatchIndex& index = query_.index_;
  const std::span<const CompiledPattern> patterns = index.table_.patterns(field);
  const PatternIndex& own = index.index(field).patterns;
  if (answer.is_every_pattern()) {
    matches = FieldMatches::all();
    return true;
  }
  if (answer.is_unlisted()) return false;
  const FieldText text =
      compared_text(query_.request_.field(field), index.table_.choices().absent(field),
                    index.table_.choices().blank(field));
  if (!text) return false;
  AskedText asked(prepare(*text, index.table_.folds(), query_.free_space()));
  if (!own.find(asked, patterns, listed)) return false;
  matches = FieldMatches::of(listed.ids());
  return true;
}

/// Of rules beyond the bitsets, those before `best`.
std::uint32_t MatchIndex::Query::find_in_groups(const RuleGroups& groups,
                                                std::uint32_t best) noexcept {
  const auto [first_field, second_field] = groups.fields();
  GroupQuery query(*this);
  FieldMatches first;
  FieldMatches second;
  PatternMatches first_patterns;
  PatternMatches second_patterns;
  if (query.make_list(kFields[first_field], first, first_patterns) &&
      query.make_list(kFields[second_field], second, second_patterns) &&
      groups.search(first, second, query, best) == RuleGroups::Outcome::found && !query.gave_up()) {
    return best;
  }
  return scan(index_.bitset_rules_, best);
}

[[gnu::noinline]] bool MatchIndex::Query::passes_others(std::uint32_t rule,
                                                        unsigned asked) noexcept {
  const RuleRow& row = index_.table_.rows()[rule];
  for (unsigned left = asked & (RuleLists::kAttributes - 1); left != 0; left &= left - 1) {
    const unsigned field = lowest_bit(left);
    if (!passes_listed(kFields[field], row.patterns[field])) return false;
  }
  return (asked & RuleLists::kAttributes) == 0 || passes_attributes(rule);
}

/// Of the rules beyond the bitsets.
[[gnu::always_inline]] inline std::uint32_t MatchIndex::Query::find_in_lists() noexcept {
  if (index_.asks_for_path_ && !path_is_absent_) look_path_up();
  const RuleLists& lists = index_.lists_;
  const auto [first, second, third] = index_.listed_fields_;
  std::uint32_t best = index_.last_;
  if (!index_.has_lists_ || !can_list(first) || !can_list(second)) {
    return find_in_groups(index_.groups_, best);
  }
  const auto passes = [&](std::uint32_t rule, unsigned asked) {
    return passes_others(rule, asked);
  };
  // Most requests have one pattern there, which is quickly compared.
  constexpr std::uint32_t kNotAsked = 0xFFFFFFFF;
  constexpr std::uint32_t kSeveral = kNotAsked - 1;
  std::uint32_t one = kNotAsked;
  const auto passes_third = [&, field = third](std::uint16_t pattern) {
    if (one == kNotAsked) {
      const bool is_one = can_keep_short_answer(field) && kept(field)->has_patterns() &&
                          kept(field)->patterns().size() <= 1;
      one = is_one ? kept(field)->pattern_or_none(0) : kSeveral;
    }
    return one != kSeveral ? one == pattern : passes_listed(field, pattern);
  };
  lists.search(*kept(first), *kept(second), passes_third, passes, best);
  if (!is_listed_) return find_in_groups(index_.groups_, best);
  return index_.has_unlisted_ ? find_in_groups(index_.unlisted_groups_, best) : best;
}

[[gnu::noinline]] std::uint32_t MatchIndex::Query::find_in_first_rules() noexcept {
  return find_in_bitsets<1, true>();
}

[[gnu::always_inline]] inline std::uint32_t MatchIndex::Query::find_in_large_set() noexcept {
  kept_answers_.fill(nullptr);
  // Most requests have none of the rules of the bitsets.
  std::uint64_t rules = index_.able_[0];
  for (std::size_t i = 0; i < index_.first_count_; ++i) {
    keep_answer_here(index_.first_fields_[i]);
    rules &= kept(index_.first_fields_[i])->first_rules();
  }
  path_is_absent_ = index_.asks_for_path_ && is_absent(Field::url_path);
  if (rules != 0) {
    const std::uint32_t first = find_in_first_rules();
    if (first != kNone) return first;
  }
  return find_in_lists();
}

std::uint32_t MatchIndex::find(const Request& request, std::span<char> space,
                               FieldMemo* memo) const noexcept {
  Query query(*this, request, space, memo);
  if (has_exceptions_ && table_.is_exception(request)) return query.scan(0, last_);
  if (!is_large_) {
    return words_ == 1 ? query.find_in_bitsets<1, false>()
                       : query.find_in_bitsets<FieldAnswer::kWords, false>();
  }
  return query.find_in_large_set();
}

}  // namespace dosimeter::detail
