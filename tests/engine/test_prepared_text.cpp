#include "engine/src/prepared_text.h"
#include "tests/engine/exact_text.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <deque>
#include <vector>

using namespace dosimeter::detail;
using namespace dosimeter::test;
using Form = PreparedText::Form;

namespace {

/// On both sides of every number of bytes at which something changes.
std::vector<std::size_t> sizes() {
  std::vector<std::size_t> all;
  for (std::size_t size = 0; size <= 80; ++size) all.push_back(size);
  for (std::size_t size = 4040; size <= 4100; ++size) all.push_back(size);
  return all;
}

std::string ordinary_text(Random& random, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    const char c = static_cast<char>(0x20 + random.below(0x60));
    if (c != '*') text += c;
  }
  return text;
}

/// What is to be said of a text, one byte at a time.
Form expected_form(std::string_view text, bool folds, bool has_room) {
  if (!is_ordinary(text)) return Form::extraordinary;
  if (!has_room) return Form::without_copy;
  return folds ? Form::folded : Form::exact;
}

bool is_zero(const char* begin, std::size_t count) {
  return std::all_of(begin, begin + count, [](char c) { return c == 0; });
}

/// Empty where all is as it should be.
std::string fault(std::string_view text, bool folds, std::span<char> space) {
  const bool has_room = space.size() >= text.size() + PreparedText::kMargins;
  const PreparedText prepared = prepare(text, folds, space);
  if (prepared.form != expected_form(text, folds, has_room)) return "form";
  if (prepared.original.data() != text.data() || prepared.original.size() != text.size()) {
    return "original";
  }
  if (prepared.has_copy() != (prepared.form == Form::folded || prepared.form == Form::exact)) {
    return "has_copy";
  }
  if (!prepared.has_copy()) return {};
  if (prepared.copy != (folds ? in_small_letters(text) : text)) return "copy";
  constexpr std::size_t kMargin = PreparedText::kMargin;
  if (prepared.copy.data() != space.data() + kMargin) return "place";
  if (!is_zero(space.data(), kMargin)) return "margin before";
  if (!is_zero(prepared.copy.data() + text.size(), kMargin)) return "margin after";
  const auto rest = space.subspan(text.size() + PreparedText::kMargins);
  if (!std::all_of(rest.begin(), rest.end(), [](char c) { return c == '#'; })) return "rest";
  return {};
}

}  // namespace

TEST_CASE("prepared text: texts of every size, copied as one byte at a time is") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const std::size_t size : sizes()) {
    INFO(size << " bytes");
    const ExactText text(ordinary_text(random, size));
    for (const bool folds : {true, false}) {
      for (const std::size_t more : {0U, 1U, 100U}) {
        const ExactSpace space(size + PreparedText::kMargins + more);
        CHECK(fault(text.view(), folds, space.span()) == "");
      }
    }
  }
}

TEST_CASE("prepared text: without room there is no copy, and the same is said of the text") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (const std::size_t size : sizes()) {
    INFO(size << " bytes");
    const ExactText text(ordinary_text(random, size));
    const ExactText strange(ordinary_text(random, size) + "\n");
    std::vector<std::size_t> rooms = {0, 1, 31, 32, size + PreparedText::kMargins - 1};
    for (const std::size_t room : rooms) {
      if (room >= size + PreparedText::kMargins) continue;
      const ExactSpace space(room);
      CHECK(prepare(text.view(), true, space.span()).form == Form::without_copy);
      CHECK(fault(text.view(), false, space.span()) == "");
      CHECK(fault(strange.view(), true, space.span()) == "");
    }
  }
}

TEST_CASE("prepared text: every byte in every place decides as it does alone") {
  std::size_t extraordinary = 0;
  for (std::size_t size = 1; size <= 50; ++size) {
    const ExactText text(std::string(size, 'a'));
    const ExactSpace space(size + PreparedText::kMargins);
    const ExactSpace no_space(0);
    for (std::size_t place = 0; place < size; ++place) {
      for (unsigned byte = 0; byte < 256; ++byte) {
        text[place] = static_cast<char>(byte);
        extraordinary += !is_ordinary(text.view());
        std::string found = fault(text.view(), true, space.span());
        if (found.empty()) found = fault(text.view(), false, space.span());
        if (found.empty()) found = fault(text.view(), true, no_space.span());
        if (!found.empty()) FAIL(found << ": byte " << byte << " at " << place << " of " << size);
      }
      text[place] = 'a';
    }
  }
  CHECK(extraordinary == 50 * 51 / 2 * (32 + 128 + 1));
}

TEST_CASE("prepared text: several in one space keep out of each other's way") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int round = 0; round < 300; ++round) {
    const std::size_t size = random.below(400);
    const ExactSpace memory(size);
    TextSpace space(memory.span());
    std::deque<ExactText> texts;
    std::vector<PreparedText> prepared;
    std::size_t left = size;
    for (int i = 0; i < 10; ++i) {
      std::string text = ordinary_text(random, random.below(70));
      if (random.chance(0.2)) text += '\t';
      texts.emplace_back(text);
      prepared.push_back(space.prepare(texts.back().view(), true));
      const std::size_t takes = text.size() + PreparedText::kMargins;
      CHECK(prepared.back().form == expected_form(text, true, takes <= left));
      if (prepared.back().has_copy()) left -= takes;
    }
    for (std::size_t i = 0; i < prepared.size(); ++i) {
      if (!prepared[i].has_copy()) continue;
      const std::string_view copy = prepared[i].copy;
      CHECK(copy == in_small_letters(texts[i].view()));
      CHECK(is_zero(copy.data() - PreparedText::kMargin, PreparedText::kMargin));
      CHECK(is_zero(copy.data() + copy.size(), PreparedText::kMargin));
    }
  }
}
