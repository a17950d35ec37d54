#include "sim/recorders/choice_list.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

/// More than any choice has.
constexpr unsigned char kMostValues = 50;

/// The default struct with one byte changed. Every member is an enumeration of one byte, listed in
/// the order of declaration, so byte i is choice i.
template <typename Choices>
Choices with_byte(std::size_t index, unsigned char value) {
  static_assert(std::is_trivially_copyable_v<Choices>);
  std::array<unsigned char, sizeof(Choices)> bytes{};
  Choices choices;
  std::memcpy(bytes.data(), &choices, sizeof(Choices));
  bytes[index] = value;
  std::memcpy(&choices, bytes.data(), sizeof(Choices));
  return choices;
}

template <typename Choices>
unsigned char default_byte(std::size_t index) {
  std::array<unsigned char, sizeof(Choices)> bytes{};
  const Choices choices;
  std::memcpy(bytes.data(), &choices, sizeof(Choices));
  return bytes[index];
}

template <typename Choices>
std::vector<std::string> different(std::span<const Choice<Choices>> list, const Choices& a,
                                   const Choices& b) {
  std::vector<std::string> keys;
  for (const Choice<Choices>& choice : list) {
    if (!choice.same(a, b)) keys.emplace_back(choice.key);
  }
  return keys;
}

/// The enumerators of `enum class X : unsigned char {...}`, comments left out.
using Enumerators = std::vector<std::string>;

Enumerators enumerators_of(const std::string& body) {
  Enumerators names;
  std::istringstream lines(body);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream code(line.substr(0, line.find("//")));
    for (std::string name; std::getline(code, name, ',');) {
      const std::size_t first = name.find_first_not_of(" \n");
      if (first == std::string::npos) continue;
      names.push_back(name.substr(first, name.find_last_not_of(" \n") + 1 - first));
    }
  }
  return names;
}

std::set<Enumerators> enumerations(const std::string& header) {
  std::ifstream file(std::string(DOSIMETER_SOURCE_DIR "/engine/include/dosimeter/") + header);
  REQUIRE(file.is_open());
  std::ostringstream text;
  text << file.rdbuf();
  const std::string code = text.str();
  std::set<Enumerators> found;
  for (std::size_t at = code.find("enum class"); at != std::string::npos;
       at = code.find("enum class", at + 1)) {
    const std::size_t open = code.find('{', at) + 1;
    found.insert(enumerators_of(code.substr(open, code.find('}', open) - open)));
  }
  return found;
}

template <typename Choices>
void check_list(std::span<const Choice<Choices>> list, const std::string& header) {
  if (list.empty()) {
    CHECK(std::is_empty_v<Choices>);
    return;
  }
  REQUIRE(list.size() == sizeof(Choices));
  const std::set<Enumerators> declared = enumerations(header);
  std::set<std::string_view> keys;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Choice<Choices>& choice = list[i];
    INFO(choice.key);
    CHECK(keys.insert(choice.key).second);
    CHECK_FALSE(choice.name.empty());

    // Every value has its words, and they are the header's.
    Enumerators values;
    std::set<std::string_view> meanings;
    for (unsigned char byte = 0; byte < kMostValues; ++byte) {
      const auto choices = with_byte<Choices>(i, byte);
      if (choice.value(choices).empty()) break;
      values.emplace_back(choice.value(choices));
      REQUIRE_FALSE(choice.meaning(choices).empty());
      CHECK(meanings.insert(choice.meaning(choices)).second);
      CHECK(choice.meaning(choices).size() <= 72);
      CHECK(choice.meaning(choices).back() != '.');
    }
    CHECK(declared.count(values) == 1);

    // This choice and no other sees the byte, and copies it and nothing else.
    const auto other = static_cast<unsigned char>(default_byte<Choices>(i) + 1);
    const auto changed = with_byte<Choices>(i, other);
    CHECK(different(list, Choices{}, changed) == Enumerators{std::string(choice.key)});
    Choices copied;
    choice.copy(changed, copied);
    CHECK(std::memcmp(&copied, &changed, sizeof(Choices)) == 0);
    for (std::size_t j = 0; j < list.size(); ++j) {
      if (j != i) list[j].copy(Choices{}, copied);
    }
    CHECK(std::memcmp(&copied, &changed, sizeof(Choices)) == 0);
  }
}

}  // namespace

TEST_CASE("choices: each member is listed once, in its place, with words for each of its values") {
  check_list(match_choices(), "match_choices.h");
  check_list(text_choices(), "text_choices.h");
  check_list(reservoir_choices(), "reservoir_choices.h");
  check_list(quota_choices(), "reservoir_choices.h");
  check_list(document_choices(), "document_choices.h");
}

TEST_CASE("choices: elements of an array are called like the fields") {
  std::vector<std::string> keys;
  for (const auto& choice : match_choices()) {
    if (choice.key.starts_with("absent_field.")) keys.emplace_back(choice.key.substr(13));
  }
  std::vector<std::string> names;
  for (const Field field : kFields) names.emplace_back(field_name(field));
  CHECK(keys == names);
}

TEST_CASE("choices: value and meaning are those of the struct that is asked") {
  const auto& list = match_choices();
  const auto stars = std::find_if(list.begin(), list.end(),
                                  [](const auto& choice) { return choice.key == "star_in_text"; });
  REQUIRE(stars != list.end());
  MatchChoices eats;
  eats.star_in_text = StarInText::eats_the_patterns_star;
  CHECK(stars->value(MatchChoices{}) == "is_like_any_other");
  CHECK(stars->value(eats) == "eats_the_patterns_star");
  CHECK(stars->meaning(eats) == "a `*` in the text uses up the pattern's `*`");
}
