#pragma once

#include <dosimeter/request.h>

#include "engine/src/asked_text.h"
#include "engine/src/field_answer.h"
#include "engine/src/field_memo.h"
#include "engine/src/field_text.h"
#include "engine/src/match_index.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dosimeter::detail {

[[nodiscard]] constexpr unsigned bit_of(Field field) noexcept {
  return 1u << static_cast<unsigned>(field);
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
  [[gnu::always_inline]] std::uint32_t find_in_bitsets() noexcept {
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
    if constexpr (!large) sift(rules);
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

  std::uint32_t find_in_large_set() noexcept;
  /// Looks at its first rules.
  std::uint32_t find_in_first_rules() noexcept;

  std::uint32_t scan(std::uint32_t begin, std::uint32_t end) const noexcept {
    return index_.table_.first_by_scan(request_, TextSpace(space_), begin, end);
  }

 private:
  friend class GroupQuery;

  [[nodiscard]] bool is_absent(Field field) const noexcept {
    const FieldText& text = request_.field(field);
    if (text && text->size() > 1) return false;
    return detail::is_absent(text, index_.table_.choices().blank(field));
  }

  /// Leaves out rules of a small set that the path does not pass, where it is worth a look.
  template <std::size_t words>
  void sift(std::array<std::uint64_t, words>& rules) noexcept {
    if (path_is_absent_) return;
    std::uint64_t asking = 0;
    for (std::size_t w = 0; w < words; ++w) asking |= rules[w] & index_.asking_for_path_[w];
    if (asking == 0) return;
    const PreparedText& text = path().text();
    if (!index_.path_sieve_.sifts(text.form)) return;
    for (std::size_t w = 0; w < words; ++w) rules[w] &= index_.path_sieve_.may_pass(w, text);
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

  /// Good until the next that is asked for, and then asked for again at no cost. Of a large set,
  /// as all that is kept.
  [[gnu::always_inline]] const FieldAnswer& kept_answer(Field field) noexcept {
    if (kept(field) == nullptr) keep_answer(field);
    return *kept(field);
  }
  /// If it is kept.
  [[nodiscard]] const FieldAnswer* kept(Field field) const noexcept {
    return kept_answers_[static_cast<std::size_t>(field)];
  }
  void keep(Field field, const FieldAnswer& answer) noexcept {
    kept_answers_[static_cast<std::size_t>(field)] = &answer;
  }
  void keep_answer(Field field) noexcept;
  [[gnu::always_inline]] void keep_answer_here(Field field) noexcept {
    if (is_absent(field)) return keep(field, index_.index(field).absent);
    const std::string_view text = *request_.field(field);
    if (memo_ == nullptr || text.size() > FieldMemo::kShortestBytes) {
      return keep_longer_answer(field, text);
    }
    const FieldAnswer* const known = memo_->find_shortest(field, text);
    if (known == nullptr) return keep_new_answer(field, text);
    keep(field, *known);
  }
  void keep_longer_answer(Field field, std::string_view text) noexcept;
  void keep_new_answer(Field field, std::string_view text) noexcept;
  void keep_new_answer(Field field, std::string_view text, const FieldAnswer& answer) noexcept;

  std::uint32_t find_in_lists() noexcept;
  [[nodiscard]] std::uint32_t find_in_groups(const RuleGroups& groups, std::uint32_t best) noexcept;

  /// Keeps what is said of a field of the request, if that can be said; of a path that is there it
  /// has been looked up before, if ever.
  [[gnu::always_inline]] bool can_keep_answer(Field field) noexcept {
    if (kept(field) != nullptr) return true;
    if (field == Field::url_path && !path_is_absent_) return false;
    keep_answer(field);
    return true;
  }
  /// The same without a call for a field that is short as a rule.
  [[gnu::always_inline]] bool can_keep_short_answer(Field field) noexcept {
    if (kept(field) != nullptr) return true;
    if (field == Field::url_path && !path_is_absent_) return false;
    keep_answer_here(field);
    return true;
  }
  /// Keeps what a field of the request matches, if that can be listed in an answer.
  [[gnu::always_inline]] bool can_list(Field field) noexcept {
    return can_keep_answer(field) && kept(field)->has_patterns();
  }
  /// Whether the request has a pattern in a field that the rules of lists ask for. Where the field
  /// cannot be listed it has not, and `is_listed_` says so.
  [[gnu::always_inline]] bool passes_listed(Field field, PatternId pattern) noexcept {
    if (!can_keep_short_answer(field)) return is_listed_ = false;
    const FieldAnswer& answer = *kept(field);
    if (answer.has_patterns()) return answer.has_pattern(pattern);
    return answer.is_every_pattern() || (is_listed_ = false);
  }
  /// Whether the request passes a rule of a list in other fields; RuleLists says how it asks. Where
  /// a field cannot be listed it does not, and `is_listed_` says so.
  bool passes_others(std::uint32_t rule, unsigned asked) noexcept;

  const FieldAnswer& new_answer(Field field, std::string_view text) noexcept;
  FieldAnswer find_answer(Field field, std::string_view text) noexcept;

  /// Of a large set, keeps what it says of a path that is there, by its skeleton, if that can be
  /// remembered.
  void look_path_up() noexcept;
  bool keep_literal_path(std::string_view path) noexcept;
  void remember_path(std::string_view skeleton) noexcept;

  bool passes_path(PatternId pattern) noexcept {
    return path().matches(index_.table_.patterns(Field::url_path)[pattern]);
  }

  bool passes_attributes(std::uint32_t rule) const noexcept {
    return index_.table_.passes_attributes(index_.table_.rows()[rule], request_,
                                           TextSpace(free_space()));
  }

  /// Prepared when it is first asked for.
  AskedText& path() noexcept {
    if (!path_) path_.emplace(*request_.url_path, index_.table_.folds(), space_);
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
  /// Whether its patterns cannot be listed.
  bool path_is_refused_ = false;
  /// Whether whatever was asked of the rules of lists can be listed.
  bool is_listed_ = true;
  std::optional<AskedText> path_;
  FieldAnswer new_answer_;
  /// Where the memo, the index or this has them. Of a small set without a value.
  std::array<const FieldAnswer*, kFieldCount> kept_answers_;
  std::array<FieldAnswer, kFieldCount> own_answers_;
};

}  // namespace dosimeter::detail
