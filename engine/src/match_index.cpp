#include "engine/src/match_index.h"

#include "engine/src/field_text.h"
#include "engine/src/match_query.h"

#include <algorithm>
#include <utility>

namespace dosimeter::detail {
namespace {

/// How many rules of a large set are looked at before its groups: rules that come first are often
/// the ones that apply, and cost less there.
constexpr std::uint32_t kFirstRules = FieldAnswer::kFirstRules;

/// In instructions, about: what it takes to ask a rule for the path, and to look a field up.
constexpr double kCostOfAsking = 20;
constexpr double kCostOfLookingUp = 60;

/// Fewer rules are asked for their paths at once.
constexpr std::size_t kFewestSifted = 4;

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
    lists_ = RuleLists(rows, others, groups_.fields());
    has_lists_ = !lists_.empty();
    has_unlisted_ = !lists_.others().empty();
    const auto [first, second] = lists_.fields();
    listed_fields_ = {kFields[first], kFields[second],
                      kFields[lists_.third_field().value_or(first)]};
    unlisted_groups_ = RuleGroups(rows, lists_.others());
    skeletons_ = PathSkeletons(table_.patterns(Field::url_path), table_.folds());
  } else {
    make_path_sieve();
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

void MatchIndex::make_path_sieve() {
  const std::span<const CompiledPattern> patterns = table_.patterns(Field::url_path);
  std::vector<const CompiledPattern*> by_rule(bitset_rules_, nullptr);
  std::size_t asking = 0;
  for (std::uint32_t rule = 0; rule < bitset_rules_; ++rule) {
    const PatternId pattern = table_.rows()[rule].pattern(Field::url_path);
    if (pattern == kEveryRequest) continue;
    by_rule[rule] = &patterns[pattern];
    add_rule(asking_for_path_.data(), rule);
    ++asking;
  }
  if (asking >= kFewestSifted) path_sieve_ = ByteSieve(by_rule, table_.folds());
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

}  // namespace dosimeter::detail
