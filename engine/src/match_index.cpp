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
      paths_(bitset_rules_) {
  const std::span<const RuleRow> rows = table_.rows();
  for (std::uint32_t rule = 0; rule < bitset_rules_; ++rule) {
    const RuleRow& row = rows[rule];
    if (!row.never_matches) add_rule(able_.data(), rule);
    if (row.attributes_count != 0) add_rule(asking_attributes_.data(), rule);
    if (row.pattern(Field::url_path) == kEveryRequest) continue;
    add_rule(asking_path_.data(), rule);
    paths_[rule] = row.pattern(Field::url_path);
  }
  for (const Field field : kFields) {
    if (field != Field::url_path && is_asked_for(field)) {
      answered_fields_[answered_count_++] = field;
    }
    fields_[static_cast<std::size_t>(field)] = make_field(field);
  }
  if (!is_large_) return;
  std::vector<std::uint32_t> others;
  for (std::uint32_t rule = bitset_rules_; rule < last_; ++rule) {
    if (!rows[rule].never_matches) others.push_back(rule);
  }
  tree_ = RuleTree(rows, std::move(others));
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

  /// Looks at the rules of `words` words of bits; kNone if none of them applies. Where there are
  /// more rules `answers` are kept for them.
  template <std::size_t words>
  std::uint32_t find_in_bitsets(FieldAnswer* answers) noexcept {
    std::array<std::uint64_t, words> rules;
    for (std::size_t w = 0; w < words; ++w) rules[w] = index_.able_[w];
    const auto keep = [&](Field field, const FieldAnswer& answer) {
      if (answers != nullptr) {
        rules[0] &= answer.first_rules();
        answers[static_cast<std::size_t>(field)] = answer;
      } else {
        for (std::size_t w = 0; w < words; ++w) rules[w] &= answer.rules(w);
      }
    };
    for (std::size_t i = 0; i < index_.answered_count_; ++i) {
      const Field field = index_.answered_fields_[i];
      keep(field, is_absent(field) ? index_.index(field).absent : answer(field));
    }
    if (index_.asks_for_path_ && is_absent(Field::url_path)) {
      path_is_absent_ = true;
      keep(Field::url_path, index_.index(Field::url_path).absent);
    }
    for (std::size_t w = 0; w < words; ++w) {
      const std::uint64_t with_path = path_is_absent_ ? 0 : index_.asking_path_[w];
      for (std::uint64_t left = rules[w]; left != 0; left &= left - 1) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
        const auto rule = static_cast<std::uint32_t>(64 * w) + bit;
        if ((with_path >> bit & 1) != 0 && !passes_path(index_.paths_[rule])) continue;
        if ((index_.asking_attributes_[w] >> bit & 1) == 0) return rule;
        if (passes_attributes(index_.table_.rows()[rule])) return rule;
      }
    }
    return kNone;
  }

  std::uint32_t find_in_tree(const FieldAnswer* answers) noexcept;

  std::uint32_t scan(std::uint32_t begin, std::uint32_t end) const noexcept {
    return index_.table_.first_by_scan(request_, TextSpace(space_), begin, end);
  }

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

 private:
  [[nodiscard]] bool is_absent(Field field) const noexcept {
    const FieldText& text = request_.field(field);
    if (text && text->size() > 1) return false;
    return detail::is_absent(text, index_.table_.choices().blank_text);
  }

  /// Good until the next one.
  const FieldAnswer& answer(Field field) noexcept {
    const std::string_view text = *request_.field(field);
    if (memo_ != nullptr) {
      if (const FieldAnswer* known = memo_->find(field, text)) return *known;
    }
    return new_answer(field, text);
  }

  const FieldAnswer& new_answer(Field field, std::string_view text) noexcept;
  FieldAnswer find_answer(Field field, std::string_view text) noexcept;
  bool list(Field field, const FieldAnswer& answer, FieldMatches& matches,
            PatternMatches& listed) noexcept;
  bool list_path(FieldMatches& matches, PatternMatches& listed) noexcept;

  bool passes_path(PatternId pattern) noexcept {
    return path().matches(index_.table_.patterns(Field::url_path)[pattern]);
  }

  bool passes_attributes(const RuleRow& row) const noexcept {
    return row.attributes_count == 0 ||
           index_.table_.passes_attributes(row, request_, TextSpace(free_space()));
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
};

const FieldAnswer& MatchIndex::Query::new_answer(Field field, std::string_view text) noexcept {
  new_answer_ = find_answer(field, text);
  if (memo_ != nullptr) memo_->put(field, text, new_answer_);
  return new_answer_;
}

FieldAnswer MatchIndex::Query::find_answer(Field field, std::string_view text) noexcept {
  const FieldIndex& own = index_.index(field);
  const std::span<const CompiledPattern> patterns = index_.table_.patterns(field);
  AskedText asked(prepare(text, index_.table_.folds(), space_));
  PatternMatches matches;
  if (own.patterns.find(asked.text(), patterns, matches)) {
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

/// The patterns of a field that has been answered. False where they are too many.
bool MatchIndex::Query::list(Field field, const FieldAnswer& answer, FieldMatches& matches,
                             PatternMatches& listed) noexcept {
  if (answer.has_patterns()) {
    for (const PatternId pattern : answer.patterns()) listed.add(pattern);
    matches.patterns = listed.ids();
    return true;
  }
  matches.every = answer.is_every_pattern();
  if (matches.every || answer.is_unlisted()) return matches.every;
  const FieldText text = compared_text(request_.field(field), index_.table_.choices().absent(field),
                                       index_.table_.choices().blank_text);
  TextSpace space(free_space());
  const bool found =
      text && index_.index(field).patterns.find(space.prepare(*text, index_.table_.folds()),
                                                index_.table_.patterns(field), listed);
  matches.patterns = listed.ids();
  return found;
}

bool MatchIndex::Query::list_path(FieldMatches& matches, PatternMatches& listed) noexcept {
  const bool found =
      index_.index(Field::url_path)
          .patterns.find(path().text(), index_.table_.patterns(Field::url_path), listed);
  matches.patterns = listed.ids();
  return found;
}

/// Of the rules beyond the bitsets.
std::uint32_t MatchIndex::Query::find_in_tree(const FieldAnswer* answers) noexcept {
  RequestMatches matches;
  std::array<PatternMatches, kFieldCount> listed;
  const auto scan_the_rest = [&] { return scan(index_.bitset_rules_, index_.last_); };
  const auto list_answered = [&](Field field) {
    const auto at = static_cast<std::size_t>(field);
    return list(field, answers[at], matches[at], listed[at]);
  };
  for (std::size_t i = 0; i < index_.answered_count_; ++i) {
    if (!list_answered(index_.answered_fields_[i])) return scan_the_rest();
  }
  if (index_.asks_for_path_) {
    constexpr auto at = static_cast<std::size_t>(Field::url_path);
    const bool is_listed =
        path_is_absent_ ? list_answered(Field::url_path) : list_path(matches[at], listed[at]);
    if (!is_listed) return scan_the_rest();
  }
  std::uint32_t best = index_.last_;
  const auto outcome = index_.tree_.search(matches, best, [&](std::uint32_t rule) {
    return passes_attributes(index_.table_.rows()[rule]);
  });
  return outcome == RuleTree::Outcome::found ? best : scan(index_.bitset_rules_, best);
}

std::uint32_t MatchIndex::find(const Request& request, std::span<char> space,
                               FieldMemo* memo) const noexcept {
  Query query(*this, request, space, memo);
  if (has_exceptions_ && table_.is_exception(request)) return query.scan(0, last_);
  if (!is_large_) {
    return words_ == 1 ? query.find_in_bitsets<1>(nullptr)
                       : query.find_in_bitsets<FieldAnswer::kWords>(nullptr);
  }
  std::array<FieldAnswer, kFieldCount> answers;
  const std::uint32_t first = query.find_in_bitsets<1>(answers.data());
  return first != Query::kNone ? first : query.find_in_tree(answers.data());
}

}  // namespace dosimeter::detail
