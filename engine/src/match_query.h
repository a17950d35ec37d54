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

  /// Good as long as this.
  [[gnu::always_inline]] const FieldAnswer& kept_answer(Field field) noexcept {
    if ((kept_ >> static_cast<unsigned>(field) & 1) == 0) keep_answer(field);
    return kept_answers_[static_cast<std::size_t>(field)];
  }
  void keep_answer(Field field) noexcept {
    kept_ |= bit_of(field);
    kept_answers_[static_cast<std::size_t>(field)] = answer(field);
  }

  std::uint32_t find_in_lists() noexcept;
  [[nodiscard]] std::uint32_t find_in_groups(const RuleGroups& groups, std::uint32_t best) noexcept;

  /// What a field of the request matches, if that can be listed in an answer.
  [[gnu::always_inline]] const FieldAnswer* listed_answer(Field field) noexcept {
    if (field == Field::url_path && !path_is_absent_ && !has_path_answer_) return nullptr;
    const FieldAnswer& answer = kept_answer(field);
    return answer.has_patterns() ? &answer : nullptr;
  }

  /// The same, or that it matches every pattern.
  [[gnu::always_inline]] const FieldAnswer* third_answer(Field field) noexcept {
    if (field == Field::url_path && !path_is_absent_ && !has_path_answer_) return nullptr;
    const FieldAnswer& answer = kept_answer(field);
    return answer.has_patterns() || answer.is_every_pattern() ? &answer : nullptr;
  }

  /// Whether the request passes a rule of a list in other fields; RuleLists says how it asks. Where
  /// a field cannot be listed it does not, and `is_unlisted_` says so.
  bool passes_others(std::uint32_t rule, unsigned asked) noexcept;

  const FieldAnswer& new_answer(Field field, std::string_view text) noexcept;
  FieldAnswer find_answer(Field field, std::string_view text) noexcept;

  /// Of a large set, what it says of a path that is there, by its skeleton; false where that cannot
  /// be remembered.
  bool look_path_up() noexcept;
  bool remember_path(std::string_view skeleton, FieldAnswer& answer) noexcept;

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
  /// Whether what is said of a path that is there has been looked up, and is kept.
  bool has_path_answer_ = false;
  /// Whether its patterns cannot be listed.
  bool path_is_refused_ = false;
  bool is_unlisted_ = false;
  std::optional<AskedText> path_;
  FieldAnswer new_answer_;
  unsigned kept_ = 0;
  std::array<FieldAnswer, kFieldCount> kept_answers_;
};

}  // namespace dosimeter::detail
