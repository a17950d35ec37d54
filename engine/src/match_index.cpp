#include "engine/src/match_index.h"

#include "engine/src/field_text.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

namespace dosimeter::detail {
namespace {

/// How many rules of a large set are looked at before its tree: rules that come first are often
/// the ones that apply, and cost less there.
constexpr std::uint32_t kFirstRules = 16;
static_assert(kFirstRules <= FieldAnswer::kFirstRules);

void add_rule(std::uint64_t* words, std::uint32_t rule) {
  words[rule / 64] |= std::uint64_t{1} << (rule % 64);
}

}  // namespace

MatchIndex::MatchIndex(RuleTable table, std::uint32_t last)
    : table_(std::move(table)),
      last_(last),
      is_large_(last + 1 > FieldAnswer::kRules),
      bitset_rules_(is_large_ ? kFirstRules : last + 1),
      words_((bitset_rules_ + 63) / 64) {
  const std::span<const RuleRow> rows = table_.rows();
  for (std::uint32_t rule = 0; rule < bitset_rules_; ++rule) {
    if (!rows[rule].never_matches) add_rule(able_.data(), rule);
  }
  for (const Field field : kFields) {
    fields_[static_cast<std::size_t>(field)] = make_field(field);
  }
  if (!is_large_) return;
  std::vector<std::uint32_t> others;
  for (std::uint32_t rule = bitset_rules_; rule < last_; ++rule) {
    if (!rows[rule].never_matches) others.push_back(rule);
  }
  tree_ = RuleTree(rows, std::move(others));
}

MatchIndex::FieldIndex MatchIndex::make_field(Field field) const {
  const std::span<const RuleRow> rows = table_.rows();
  FieldIndex made;
  made.patterns = PatternIndex(table_.patterns(field), table_.folds());
  made.rules_of_pattern.resize(table_.patterns(field).size() * words_);
  made.unmatched = FieldAnswer::none();
  for (std::uint32_t rule = 0; rule <= last_; ++rule) {
    const PatternId pattern = rows[rule].pattern(field);
    made.used = made.used || pattern != kEveryRequest;
    if (rule >= bitset_rules_) continue;
    if (pattern == kEveryRequest) {
      made.unmatched.add_rules(rule / 64, std::uint64_t{1} << (rule % 64));
    } else {
      add_rule(&made.rules_of_pattern[pattern * words_], rule);
    }
  }
  made.absent = answer_absent(made, field);
  return made;
}

FieldAnswer MatchIndex::answer_of(const FieldIndex& index,
                                  std::span<const PatternId> matched) const noexcept {
  FieldAnswer answer = index.unmatched;
  for (const PatternId pattern : matched) {
    for (std::size_t w = 0; w < words_; ++w) {
      answer.add_rules(w, index.rules_of_pattern[pattern * words_ + w]);
    }
  }
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
      : index_(index), request_(request), space_(space), path_space_(space), memo_(memo) {}

  std::uint32_t run() noexcept {
    if (index_.table_.waives_fields(request_) || index_.table_.is_for_default(request_)) {
      return scan(0, index_.last_);
    }
    for (const Field field : kFields) {
      const FieldIndex& own = index_.index(field);
      if (!own.used) continue;
      const MatchChoices& choices = index_.table_.choices();
      const FieldText text =
          compared_text(request_.field(field), choices.absent(field), choices.blank_text);
      if (field == Field::url_path && text) {
        path_text_ = *text;
        asks_for_path_ = true;
      } else {
        add_answer(field, text ? answer(field, *text) : own.absent);
      }
    }
    const std::optional<std::uint32_t> found = find_in_bitsets();
    return found ? *found : find_in_tree();
  }

 private:
  struct FieldQuery {
    Field field;
    FieldAnswer answer;
  };

  void add_answer(Field field, const FieldAnswer& answer) noexcept {
    answers_[answered_++] = {field, answer};
  }

  FieldAnswer answer(Field field, std::string_view text) noexcept {
    if (memo_ != nullptr) {
      if (const FieldAnswer* known = memo_->find(field, text)) return *known;
    }
    const FieldAnswer answer = find_answer(field, text);
    if (memo_ != nullptr) memo_->put(field, text, answer);
    return answer;
  }

  FieldAnswer find_answer(Field field, std::string_view text) noexcept {
    const FieldIndex& own = index_.index(field);
    const std::span<const CompiledPattern> patterns = index_.table_.patterns(field);
    const PreparedText prepared = prepare(text, index_.table_.folds(), space_);
    if (own.patterns.find(prepared, patterns, matches_)) {
      return index_.answer_of(own, matches_.ids());
    }
    // Every pattern is asked.
    FieldAnswer answer = own.unmatched;
    std::array<PatternId, FieldAnswer::kMostPatterns + 1> matched;
    std::size_t count = 0;
    for (PatternId id = 0; id < patterns.size(); ++id) {
      if (!patterns[id].matches(prepared)) continue;
      for (std::size_t w = 0; w < index_.words_; ++w) {
        answer.add_rules(w, own.rules_of_pattern[id * index_.words_ + w]);
      }
      if (count < matched.size()) matched[count++] = id;
    }
    if (index_.is_large_) answer.set_patterns({matched.data(), count});
    return answer;
  }

  /// Of those rules that the bitsets are about.
  std::optional<std::uint32_t> find_in_bitsets() noexcept {
    for (std::size_t w = 0; w < index_.words_; ++w) {
      std::uint64_t rules = index_.able_[w];
      for (std::size_t i = 0; i < answered_; ++i) rules &= answers_[i].answer.rules(w);
      for (; rules != 0; rules &= rules - 1) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(rules));
        const auto rule = static_cast<std::uint32_t>(64 * w) + bit;
        const RuleRow& row = index_.table_.rows()[rule];
        if (passes_path(row) && passes_attributes(row)) return rule;
      }
    }
    return std::nullopt;
  }

  bool passes_path(const RuleRow& row) noexcept {
    const PatternId pattern = row.pattern(Field::url_path);
    if (!asks_for_path_ || pattern == kEveryRequest) return true;
    return index_.table_.patterns(Field::url_path)[pattern].matches(path());
  }

  bool passes_attributes(const RuleRow& row) noexcept {
    return row.attributes_count == 0 ||
           index_.table_.passes_attributes(row, request_, TextSpace(space_after_path()));
  }

  /// Prepared when it is first needed: nothing else uses the space from then on.
  const PreparedText& path() noexcept {
    if (!path_) {
      path_ = prepare(path_text_, index_.table_.folds(), space_);
      if (path_->has_copy()) {
        path_space_ = space_.subspan(path_text_.size() + PreparedText::kMargins);
      }
    }
    return *path_;
  }
  std::span<char> space_after_path() noexcept { return path_space_; }

  std::uint32_t find_in_tree() noexcept {
    RequestMatches matches;
    std::array<std::array<PatternId, FieldAnswer::kMostPatterns>, kFieldCount> few;
    std::array<PatternMatches, kFieldCount> many;
    for (std::size_t i = 0; i < answered_; ++i) {
      const auto at = static_cast<std::size_t>(answers_[i].field);
      const FieldAnswer& answer = answers_[i].answer;
      if (answer.is_every_pattern()) {
        matches[at].every = true;
      } else if (answer.is_too_many()) {
        if (!find_patterns(answers_[i].field, many[at]))
          return scan(index_.bitset_rules_, index_.last_);
        matches[at].patterns = many[at].ids();
      } else {
        std::size_t count = 0;
        while (count < few[at].size() && answer.pattern(count) != FieldAnswer::kNoPattern) {
          few[at][count] = answer.pattern(count);
          ++count;
        }
        matches[at].patterns = std::span(few[at]).first(count);
      }
    }
    if (asks_for_path_) {
      constexpr auto at = static_cast<std::size_t>(Field::url_path);
      if (!index_.index(Field::url_path)
               .patterns.find(path(), index_.table_.patterns(Field::url_path), many[at])) {
        return scan(index_.bitset_rules_, index_.last_);
      }
      matches[at].patterns = many[at].ids();
    }
    std::uint32_t best = index_.last_;
    const std::span<const RuleRow> rows = index_.table_.rows();
    const auto outcome = index_.tree_.search(
        rows, matches, best, [&](std::uint32_t rule) { return passes_attributes(rows[rule]); });
    return outcome == RuleTree::Outcome::found ? best : scan(index_.bitset_rules_, best);
  }

  /// Of a text that matches more patterns than an answer holds.
  bool find_patterns(Field field, PatternMatches& matches) noexcept {
    const MatchChoices& choices = index_.table_.choices();
    const FieldText text =
        compared_text(request_.field(field), choices.absent(field), choices.blank_text);
    TextSpace space(space_after_path());
    return text && index_.index(field).patterns.find(space.prepare(*text, index_.table_.folds()),
                                                     index_.table_.patterns(field), matches);
  }

  std::uint32_t scan(std::uint32_t begin, std::uint32_t end) const noexcept {
    return index_.table_.first_by_scan(request_, TextSpace(space_), begin, end);
  }

  const MatchIndex& index_;
  const Request& request_;
  std::span<char> space_;
  std::span<char> path_space_;
  FieldMemo* memo_;
  std::array<FieldQuery, kFieldCount> answers_;
  std::size_t answered_ = 0;
  std::string_view path_text_;
  bool asks_for_path_ = false;
  std::optional<PreparedText> path_;
  PatternMatches matches_;
};

std::uint32_t MatchIndex::find(const Request& request, std::span<char> space,
                               FieldMemo* memo) const noexcept {
  return Query(*this, request, space, memo).run();
}

}  // namespace dosimeter::detail
