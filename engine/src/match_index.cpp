#include "engine/src/match_index.h"

#include "engine/src/asked_text.h"
#include "engine/src/field_text.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

namespace dosimeter::detail {
namespace {

/// How many rules of a large set are looked at before its tree: rules that come first are often
/// the ones that apply, and cost less there.
constexpr std::uint32_t kFirstRules = FieldAnswer::kFirstRules;

/// In instructions, about: what it takes to ask a rule for the path, and to look a field up.
constexpr double kCostOfAsking = 20;
constexpr double kCostOfLookingUp = 60;

constexpr unsigned bit_of(Field field) {
  return 1u << static_cast<unsigned>(field);
}

void add_rule(std::uint64_t* words, std::uint32_t rule) {
  words[rule / 64] |= std::uint64_t{1} << (rule % 64);
}

}  // namespace

MatchIndex::MatchIndex(RuleTable table, std::uint32_t last)
    : table_(std::move(table)),
      last_(last),
      is_large_(last + 1 > FieldAnswer::kRules),
      has_exceptions_(table_.has_exceptions()),
      asks_for_path_(is_asked_for(Field::url_path)),
      bitset_rules_(is_large_ ? kFirstRules : last + 1),
      words_((bitset_rules_ + 63) / 64),
      rests_(bitset_rules_) {
  const std::span<const RuleRow> rows = table_.rows();
  for (std::uint32_t rule = 0; rule < bitset_rules_; ++rule) {
    if (!rows[rule].never_matches) add_rule(able_.data(), rule);
  }
  for (const Field field : kFields) fields_[static_cast<std::size_t>(field)] = make_field(field);
  if (is_large_) {
    std::vector<std::uint32_t> others;
    for (std::uint32_t rule = bitset_rules_; rule < last_; ++rule) {
      if (!rows[rule].never_matches) others.push_back(rule);
    }
    groups_ = RuleGroups(rows, others);
  }
  choose_first_fields();
  unsigned first_fields = 0;
  for (std::size_t i = 0; i < first_count_; ++i) first_fields |= bit_of(first_fields_[i]);
  for (std::uint32_t rule = 0; rule < bitset_rules_; ++rule) {
    Rest& rest = rests_[rule];
    rest.path = rows[rule].pattern(Field::url_path);
    rest.attributes = rows[rule].attributes_count != 0;
    for (const Field field : kFields) {
      if (field == Field::url_path || rows[rule].pattern(field) == kEveryRequest) continue;
      rest.fields = static_cast<std::uint16_t>(rest.fields | (bit_of(field) & ~first_fields));
    }
  }
}

/// Of a large set those of its groups, which are needed in any case. Else one after the other, as
/// long as a look-up costs less than asking the rules that it leaves out would.
void MatchIndex::choose_first_fields() {
  const auto choose = [&](Field field) { first_fields_[first_count_++] = field; };
  if (is_large_) {
    for (const std::size_t field : groups_.fields()) {
      if (kFields[field] != Field::url_path && is_asked_for(kFields[field])) choose(kFields[field]);
    }
    return;
  }
  std::vector<std::pair<double, Field>> by_share;
  for (const Field field : kFields) {
    if (field == Field::url_path || !is_asked_for(field)) continue;
    by_share.emplace_back(share_left_by(field), field);
  }
  std::sort(by_share.begin(), by_share.end());
  double left = bitset_rules_;
  for (const auto& [share, field] : by_share) {
    if (left * (1 - share) * kCostOfAsking < kCostOfLookingUp) break;
    choose(field);
    left *= share;
  }
}

/// Which share of the rules a request that is meant for one of them passes in a field.
double MatchIndex::share_left_by(Field field) const {
  const std::span<const RuleRow> rows = table_.rows().first(bitset_rules_);
  std::vector<double> rules_of(table_.patterns(field).size());
  double every = 0;
  for (const RuleRow& row : rows) {
    const PatternId pattern = row.pattern(field);
    (pattern == kEveryRequest ? every : rules_of[pattern]) += 1;
  }
  const auto count = static_cast<double>(rows.size());
  double share = every / count;
  for (const double rules : rules_of) share += (rules / count) * (rules / count);
  return share;
}

bool MatchIndex::is_asked_for(Field field) const {
  const std::span<const RuleRow> rows = table_.rows().first(last_);
  return std::any_of(rows.begin(), rows.end(),
                     [&](const RuleRow& row) { return row.pattern(field) != kEveryRequest; });
}

MatchIndex::FieldIndex MatchIndex::make_field(Field field) const {
  FieldIndex made;
  made.patterns = PatternIndex(table_.patterns(field), table_.folds());
  made.rules_of_pattern.resize(table_.patterns(field).size() * words_);
  made.unmatched = FieldAnswer::none();
  for (std::uint32_t rule = 0; rule < bitset_rules_; ++rule) {
    const PatternId pattern = table_.rows()[rule].pattern(field);
    if (pattern == kEveryRequest) {
      add_rules(made.unmatched, rule / 64, std::uint64_t{1} << (rule % 64));
    } else {
      add_rule(&made.rules_of_pattern[pattern * words_], rule);
    }
  }
  made.absent = answer_absent(made, field);
  return made;
}

void MatchIndex::add_rules(FieldAnswer& answer, std::size_t word,
                           std::uint64_t rules) const noexcept {
  if (is_large_) {
    answer.add_first_rules(rules);
  } else {
    answer.add_rules(word, rules);
  }
}

void MatchIndex::add_rules_of(const FieldIndex& index, PatternId pattern,
                              FieldAnswer& answer) const noexcept {
  for (std::size_t w = 0; w < words_; ++w) {
    add_rules(answer, w, index.rules_of_pattern[pattern * words_ + w]);
  }
}

FieldAnswer MatchIndex::answer_of(const FieldIndex& index,
                                  std::span<const PatternId> matched) const noexcept {
  FieldAnswer answer = index.unmatched;
  for (const PatternId pattern : matched) add_rules_of(index, pattern, answer);
  if (is_large_) answer.set_patterns(matched);
  return answer;
}

FieldAnswer MatchIndex::answer_absent(const FieldIndex& index, Field field) const {
  const AbsentField absent = table_.choices().absent(field);
  const std::span<const CompiledPattern> patterns = table_.patterns(field);
  std::vector<PatternId> matched;
  for (PatternId id = 0; id < patterns.size(); ++id) {
    const FieldText text = stand_in(absent);
    const bool matches = text ? patterns[id].matches(prepare(*text, table_.folds(), {}))
                              : matches_absent(patterns[id].is_star(), absent);
    if (matches) matched.push_back(id);
  }
  FieldAnswer answer = answer_of(index, matched);
  if (is_large_ && absent == AbsentField::matches_any_pattern) answer.set_every_pattern();
  return answer;
}

/// One request on its way to its rule.
class MatchIndex::Query {
 public:
  Query(const MatchIndex& index, const Request& request, std::span<char> space,
        FieldMemo* memo) noexcept
      : index_(index), request_(request), space_(space), memo_(memo) {}

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// Looks at the rules of `words` words of bits; kNone if none of them applies.
  template <std::size_t words, bool large>
  std::uint32_t find_in_bitsets() noexcept {
    std::array<std::uint64_t, words> rules;
    for (std::size_t w = 0; w < words; ++w) rules[w] = index_.able_[w];
    const auto look_up = [&](Field field) {
      if constexpr (large) {
        rules[0] &= kept_answer(field).first_rules();
      } else {
        const FieldAnswer& answer = this->answer(field);
        for (std::size_t w = 0; w < words; ++w) rules[w] &= answer.rules(w);
      }
    };
    for (std::size_t i = 0; i < index_.first_count_; ++i) look_up(index_.first_fields_[i]);
    if (index_.asks_for_path_ && is_absent(Field::url_path)) {
      path_is_absent_ = true;
      look_up(Field::url_path);
    }
    unsigned looked_up = 0;
    for (std::size_t w = 0; w < words; ++w) {
      for (; rules[w] != 0; rules[w] &= rules[w] - 1) {
        const auto bit = static_cast<unsigned>(std::countr_zero(rules[w]));
        const auto rule = static_cast<std::uint32_t>(64 * w) + bit;
        const Rest& rest = index_.rests_[rule];
        if (rest.path != kEveryRequest && !path_is_absent_ && !passes_path(rest.path)) continue;
        if (const unsigned asked = rest.fields & ~looked_up; asked != 0) {
          for (unsigned left = asked; left != 0; left &= left - 1) {
            look_up(kFields[static_cast<std::size_t>(std::countr_zero(left))]);
          }
          looked_up |= asked;
          if ((rules[w] >> bit & 1) == 0) {
            rules[w] |= std::uint64_t{1} << bit;  // to be taken out as the others are
            continue;
          }
        }
        if (!rest.attributes || passes_attributes(rule)) return rule;
      }
    }
    return kNone;
  }

  std::uint32_t find_in_groups() noexcept;

  std::uint32_t scan(std::uint32_t begin, std::uint32_t end) const noexcept {
    return index_.table_.first_by_scan(request_, TextSpace(space_), begin, end);
  }

 private:
  friend class GroupQuery;

  [[nodiscard]] bool is_absent(Field field) const noexcept {
    const FieldText& text = request_.field(field);
    if (text && text->size() > 1) return false;
    return detail::is_absent(text, index_.table_.choices().blank_text);
  }

  /// Good until the next one.
  const FieldAnswer& answer(Field field) noexcept {
    if (is_absent(field)) return index_.index(field).absent;
    const std::string_view text = *request_.field(field);
    if (memo_ != nullptr) {
      if (const FieldAnswer* known = memo_->find(field, text)) return *known;
    }
    return new_answer(field, text);
  }

  /// Good as long as this.
  const FieldAnswer& kept_answer(Field field) noexcept {
    FieldAnswer& kept = kept_answers_[static_cast<std::size_t>(field)];
    if ((kept_ & bit_of(field)) == 0) {
      kept_ |= bit_of(field);
      kept = answer(field);
    }
    return kept;
  }

  const FieldAnswer& new_answer(Field field, std::string_view text) noexcept;
  FieldAnswer find_answer(Field field, std::string_view text) noexcept;

  bool passes_path(PatternId pattern) noexcept {
    return path().matches(index_.table_.patterns(Field::url_path)[pattern]);
  }

  bool passes_attributes(std::uint32_t rule) const noexcept {
    return index_.table_.passes_attributes(index_.table_.rows()[rule], request_,
                                           TextSpace(free_space()));
  }

  /// Prepared when it is first asked for.
  AskedText& path() noexcept {
    if (!path_) path_.emplace(prepare(*request_.url_path, index_.table_.folds(), space_));
    return *path_;
  }
  /// What the path leaves, which is prepared for as long as it is needed.
  [[nodiscard]] std::span<char> free_space() const noexcept {
    return path_ && path_->text().has_copy()
               ? space_.subspan(path_->text().copy.size() + PreparedText::kMargins)
               : space_;
  }

  const MatchIndex& index_;
  const Request& request_;
  std::span<char> space_;
  FieldMemo* memo_;
  bool path_is_absent_ = false;
  std::optional<AskedText> path_;
  FieldAnswer new_answer_;
  unsigned kept_ = 0;
  std::array<FieldAnswer, kFieldCount> kept_answers_;
};

const FieldAnswer& MatchIndex::Query::new_answer(Field field, std::string_view text) noexcept {
  new_answer_ = find_answer(field, text);
  if (memo_ != nullptr) memo_->put(field, text, new_answer_);
  return new_answer_;
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
                    index.table_.choices().blank_text);
  if (!text) return false;
  AskedText asked(prepare(*text, index.table_.folds(), query_.free_space()));
  if (!own.find(asked, patterns, listed)) return false;
  matches = FieldMatches::of(listed.ids());
  return true;
}

/// Of the rules beyond the bitsets.
std::uint32_t MatchIndex::Query::find_in_groups() noexcept {
  const auto [first_field, second_field] = index_.groups_.fields();
  GroupQuery query(*this);
  FieldMatches first;
  FieldMatches second;
  PatternMatches first_patterns;
  PatternMatches second_patterns;
  std::uint32_t best = index_.last_;
  if (query.make_list(kFields[first_field], first, first_patterns) &&
      query.make_list(kFields[second_field], second, second_patterns) &&
      index_.groups_.search(first, second, query, best) == RuleGroups::Outcome::found &&
      !query.gave_up()) {
    return best;
  }
  return scan(index_.bitset_rules_, best);
}

std::uint32_t MatchIndex::find(const Request& request, std::span<char> space,
                               FieldMemo* memo) const noexcept {
  Query query(*this, request, space, memo);
  if (has_exceptions_ && table_.is_exception(request)) return query.scan(0, last_);
  if (!is_large_) {
    return words_ == 1 ? query.find_in_bitsets<1, false>()
                       : query.find_in_bitsets<FieldAnswer::kWords, false>();
  }
  const std::uint32_t first = query.find_in_bitsets<1, true>();
  return first != Query::kNone ? first : query.find_in_groups();
}

}  // namespace dosimeter::detail
