#pragma once

#include "sim/recorders/choice_list.h"

#include <cstddef>

/// Makes a Choice of a member and of the words for its values.
namespace dosimeter::sim {

/// What one value of a choice is called and means. Both empty for what is no enumerator.
struct ChoiceWords {
  std::string_view value = {};
  std::string_view meaning = {};
};

/// The choice that is a member: `member_choice<&TextChoices::host_port, host_port_words,
/// TextChoices>(key, name)`.
template <auto kMember, auto kWords, typename Choices>
constexpr Choice<Choices> member_choice(std::string_view key, std::string_view name) {
  return {key,
          name,
          [](const Choices& choices) { return kWords(choices.*kMember).value; },
          [](const Choices& choices) { return kWords(choices.*kMember).meaning; },
          [](const Choices& a, const Choices& b) { return a.*kMember == b.*kMember; },
          [](const Choices& from, Choices& to) { to.*kMember = from.*kMember; }};
}

/// The choice that is an element of a member.
template <auto kMember, std::size_t kIndex, auto kWords, typename Choices>
constexpr Choice<Choices> element_choice(std::string_view key, std::string_view name) {
  return {
      key,
      name,
      [](const Choices& choices) { return kWords((choices.*kMember)[kIndex]).value; },
      [](const Choices& choices) { return kWords((choices.*kMember)[kIndex]).meaning; },
      [](const Choices& a, const Choices& b) {
        return (a.*kMember)[kIndex] == (b.*kMember)[kIndex];
      },
      [](const Choices& from, Choices& to) { (to.*kMember)[kIndex] = (from.*kMember)[kIndex]; }};
}

}  // namespace dosimeter::sim
