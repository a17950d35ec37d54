#include "tests/engine/random_requests.h"
#include "tests/engine/random_rules.h"
#include "tests/engine/selection_check.h"
#include "tests/oracle/pattern_oracle.h"
#include "tests/oracle/selection_oracle.h"
#include "tests/support/catch.h"
#include "tests/support/dose.h"
#include "tests/support/random.h"

using namespace dosimeter;
using namespace dosimeter::test;

/// RuleSet::match held to one rule after the other, over rules and requests of every shape.
namespace {

/// On both sides of every number of rules at which something may change: words of bits, blocks, the
/// few that are tested first, the many that are not.
constexpr std::size_t kSizes[] = {0,  1,  2,  3,   8,   15,  16,  17,  31,  32, 33,
                                  63, 64, 65, 127, 128, 129, 255, 256, 257, 300};

constexpr std::size_t kGreatSizes[] = {511, 512, 513, 1000, 1000, 1025, 5000};

/// A rule of the document to aim at; of none, something.
const RuleSpec& target(Random& random, const std::vector<RuleSpec>& specs) {
  static const RuleSpec nothing;
  return specs.empty() ? nothing : specs[random.below(specs.size())];
}

/// Any of the first `count` values.
template <typename Choice>
Choice any(Random& random, std::size_t count) {
  return static_cast<Choice>(random.below(count));
}

/// Choices that nobody may ever have made, and that a row of the table may hold one day.
MatchChoices random_choices(Random& random) {
  MatchChoices choices;
  for (FieldUse& use : choices.field_use) {
    use = random.chance(0.1) ? FieldUse::not_compared : FieldUse::compared;
  }
  for (AbsentField& absent : choices.absent_field) absent = any<AbsentField>(random, 5);
  choices.absent_attribute = any<AbsentField>(random, 5);
  choices.blank_text = any<BlankText>(random, 4);
  choices.absent_host = any<AbsentHost>(random, 2);
  choices.empty_request = any<EmptyRequest>(random, 2);
  choices.non_text_attribute = any<NonTextAttribute>(random, 4);
  choices.literal_letter_case = any<LetterCase>(random, 10);
  choices.wildcard_letter_case = any<LetterCase>(random, 10);
  choices.compared_length = any<ComparedLength>(random, 3);
  choices.literal_anchoring = any<Anchoring>(random, 3);
  choices.wildcard_anchoring = any<Anchoring>(random, 3);
  choices.question_mark = any<QuestionMark>(random, 3);
  choices.star_in_text = any<StarInText>(random, 2);
  choices.line_breaks = any<LineBreaks>(random, 4);
  for (RuleFeature* feature : {&choices.attributes, &choices.resource_arn, &choices.other_version,
                               &choices.empty_service_type, &choices.priority_zero}) {
    *feature = random.chance(0.2) ? RuleFeature::rule_ignored : RuleFeature::honoured;
  }
  choices.missing_attributes = any<MissingAttributes>(random, 2);
  choices.missing_service_type = any<MissingServiceType>(random, 4);
  choices.priority_tie = any<PriorityTie>(random, 4);
  choices.default_place = any<DefaultPlace>(random, 2);
  choices.default_match = any<DefaultMatch>(random, 2);
  return choices;
}

struct Checked {
  std::size_t requests = 0;
  std::size_t found = 0;
};

void check_random_set(Random& random, const RecorderKind& recorder, std::size_t size,
                      std::size_t requests, std::size_t longest, MatchScratch& scratch,
                      Checked& checked) {
  RandomPatterns patterns(random);
  const RuleMix mix = RuleMix::random(random, recorder.kind);
  CheckedRules rules(random_rules(random, patterns, size, mix), recorder);
  if (rules.refused()) return;
  RandomRequests random_requests(random, patterns, longest);
  for (std::size_t i = 0; i < requests; ++i) {
    const OwnedRequest request = random_requests.aimed_at(target(random, rules.twin().document()));
    const RequestView view(request);
    if (rules.check(view.request(), scratch)) ++checked.found;
    ++checked.requests;
  }
}

}  // namespace

TEST_CASE("selection: the linear twin finds what the selection oracle does") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t found = 0;
  std::size_t errors = 0;
  for (const RecorderKind& recorder : recorder_kinds()) {
    INFO(recorder.name());
    const MatchChoices& choices = recorder.choices();
    const oracle::Selection selection(
        choices, [&](const std::string& pattern, const std::string& text) {
          const PatternOutcome outcome = oracle::outcome(pattern, text, choices);
          return outcome == PatternOutcome::matches  ? oracle::Answer::yes
                 : outcome == PatternOutcome::breaks ? oracle::Answer::error
                                                     : oracle::Answer::no;
        });
    for (std::size_t round = 0; round < 40 * test_dose(); ++round) {
      RandomPatterns patterns(random);
      const RuleMix mix = RuleMix::random(random, recorder.kind);
      const std::size_t size = random.below(6);
      std::vector<RuleSpec> specs = random_rules(random, patterns, size, mix);
      // Of the longest the oracle would never be done.
      std::erase_if(specs, [](const RuleSpec& spec) { return described(spec).size() > 200; });
      oracle::LinearTwin twin(specs, choices);
      RandomRequests random_requests(random, patterns, 40);
      for (std::size_t i = 0; i < 8; ++i) {
        const OwnedRequest request = random_requests.aimed_at(target(random, specs));
        const RequestView view(request);
        const std::string expected = selection.of(specs, view.request());
        const auto [rule, breaks] = twin.of(view.request());
        const bool error = breaks || twin.refuses();
        const std::string got = error ? "(error)" : rule != nullptr ? rule->name : "(none)";
        if (got != expected) {
          std::string shown = described(view.request());
          for (const RuleSpec& spec : specs) shown += "\n  " + described(spec);
          FAIL(shown << "\n  expected " << expected << ", got " << got);
        }
        if (got[0] == 'r') ++found;
        if (error) ++errors;
      }
    }
  }
  CHECK(found > 3000);
  CHECK(errors > 10);
}

TEST_CASE("selection: random rules of every number, under every recorder") {
  Random random;
  INFO("seed " << Random::default_seed());
  MatchScratch scratch;  // one for all: nothing of a set must be left in it for the next
  Checked checked;
  for (std::size_t dose = 0; dose < test_dose(); ++dose) {
    for (const RecorderKind& recorder : recorder_kinds()) {
      for (const std::size_t size : kSizes) {
        const std::size_t longest = size <= 3 ? 20'000 : size <= 33 ? 4098 : 1025;
        check_random_set(random, recorder, size, 16, longest, scratch, checked);
      }
    }
  }
  CHECK(checked.found * 3 > checked.requests);
}

TEST_CASE("selection: random rules under choices that no recorder has made") {
  Random random(Random::default_seed() + 2);
  INFO("seed " << Random::default_seed());
  MatchScratch scratch;
  Checked checked;
  for (std::size_t round = 0; round < 120 * test_dose(); ++round) {
    Recorder recorder;
    recorder.name = "random choices";
    recorder.match = random_choices(random);
    const std::size_t size = round % 4 == 0 ? 200 + random.below(120) : random.below(70);
    check_random_set(random, {&recorder, RuleKind::central}, size, 20, 600, scratch, checked);
  }
  CHECK(checked.found * 3 > checked.requests);
}

TEST_CASE("selection: a great number of random rules") {
  Random random(Random::default_seed() + 1);
  INFO("seed " << Random::default_seed());
  const std::vector<RecorderKind> recorders = recorder_kinds();
  MatchScratch scratch;
  Checked checked;
  for (std::size_t dose = 0; dose < test_dose(); ++dose) {
    for (const std::size_t size : kGreatSizes) {
      const RecorderKind& recorder =
          size == 5000 ? recorders[0] : recorders[random.below(recorders.size())];
      check_random_set(random, recorder, size, 60, 257, scratch, checked);
    }
  }
  CHECK(checked.found * 3 > checked.requests);
}
