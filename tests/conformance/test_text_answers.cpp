#include "tests/conformance/text_answers.h"
#include "tests/conformance/text_mutants.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;

namespace {

constexpr const char* kRecorders[] = {"xray-python", "xray-node"};

/// The first few cases that the choices answer otherwise, the shortest first.
std::string differences(const text_answers::Answers& answers, const TextChoices& choices) {
  std::vector<const text_answers::Case*> different;
  for (const text_answers::Case& asked : answers.cases) {
    if (answer(asked, choices, answers.recorder->match) != asked.expected) {
      different.push_back(&asked);
    }
  }
  std::sort(different.begin(), different.end(),
            [](const auto* a, const auto* b) { return a->text().size() < b->text().size(); });
  if (different.empty()) return "";
  constexpr std::size_t kMostShown = 10;
  std::string text = std::to_string(different.size()) + " differ\n";
  for (std::size_t i = 0; i < std::min(different.size(), kMostShown); ++i) {
    text += different[i]->text() + "\n  the SDK: " + different[i]->expected +
            "\n  here:    " + answer(*different[i], choices, answers.recorder->match) + "\n";
  }
  return text;
}

bool is_caught(const text_answers::Answers& answers, const TextChoices& choices) {
  return std::any_of(answers.cases.begin(), answers.cases.end(), [&](const auto& asked) {
    return answer(asked, choices, answers.recorder->match) != asked.expected;
  });
}

}  // namespace

TEST_CASE("text answers: a raw request is to the rules what the SDK's middleware asked them") {
  for (const char* name : kRecorders) {
    const text_answers::Answers answers = text_answers::read(name);
    CAPTURE(name);
    CHECK(answers.cases.size() >= 500);
    CHECK(differences(answers, answers.recorder->text) == "");
  }
}

TEST_CASE("text answers: another value of any choice is caught, or listed as equivalent") {
  const auto listed = vector_file("text_equivalents.json").at("equivalents");
  for (const char* name : kRecorders) {
    const text_answers::Answers answers = text_answers::read(name);
    std::map<std::string, bool> known;
    for (const auto& [mutant, reason] : listed.at(name).items()) {
      CHECK_FALSE(reason.get<std::string>().empty());
      known[mutant] = false;
    }
    for (const TextMutant& mutant : text_mutants(answers.recorder->text)) {
      CAPTURE(name, mutant.name);
      const auto entry = known.find(mutant.name);
      CHECK(is_caught(answers, mutant.choices) == (entry == known.end()));
      if (entry != known.end()) entry->second = true;
    }
    for (const auto& [mutant, was_made] : known) {
      CAPTURE(name, mutant);
      CHECK(was_made);
    }
  }
}
