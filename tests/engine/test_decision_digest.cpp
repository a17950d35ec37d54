#include <dosimeter/sampler.h>

#include "tests/engine/selection_check.h"
#include "tests/oracle/decision_twin.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <bit>
#include <cstdint>
#include <deque>
#include <string_view>
#include <utility>

using namespace dosimeter;
using namespace dosimeter::test;

/// The same rules, requests, times and draws give the same decisions, whoever compiled it and how:
/// all decisions over a corpus, folded to one number.
namespace {

/// FNV-1a, 64 bits (Fowler, Noll and Vo).
class Digest {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) add(static_cast<unsigned char>(byte));
    add(static_cast<unsigned char>(0));
  }
  void add(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (unsigned shift = 0; shift < 64; shift += 8) add(static_cast<unsigned char>(bits >> shift));
  }
  void add(const oracle::TwinDecision& decision) {
    add(std::string_view(decision.rule));
    add(static_cast<unsigned char>(decision.sampled));
    add(static_cast<unsigned char>(decision.cause));
    add(decision.probability);
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void add(unsigned char byte) {
    value_ ^= byte;
    value_ *= 0x100000001B3u;
  }

  std::uint64_t value_ = 0xCBF29CE484222325u;
};

/// What the corpus is made from, whatever seed the other tests have.
constexpr std::uint64_t kSeed = 20'260'101;

/// Of everything that is decided. It changes where a recorder's choices, the meaning of one, or the
/// corpus does, and then the twin's changes with it; where the engine alone changes, never.
constexpr std::uint64_t kDecisions = 0xDF6D484E5849830Au;
/// Of the corpus itself: where this one differs, the random numbers do.
constexpr std::uint64_t kCorpus = 0x2BEE8E749E558430u;

}  // namespace

TEST_CASE("decision: a corpus of rules, requests, times and draws gives one digest everywhere") {
  Random random(kSeed);
  Digest corpus, engine, twin;
  std::size_t rules_selected = 0;
  std::size_t sampled = 0;
  for (const RecorderKind& recorder : recorder_kinds()) {
    RandomPatterns patterns(random);
    RandomRequests random_requests(random, patterns, 1025);
    std::deque<CheckedRules> sets;
    std::deque<OwnedRequest> owned;
    for (const std::size_t size : {std::size_t{12}, std::size_t{70}, std::size_t{270}}) {
      RuleMix mix = RuleMix::random(random, recorder.kind);
      mix.lacking = 0;
      std::vector<RuleSpec> specs = random_rules(random, patterns, size, mix);
      for (const RuleSpec& spec : specs) corpus.add(std::string_view(described(spec)));
      for (int i = 0; i < 40; ++i) {
        OwnedRequest& request =
            owned.emplace_back(random_requests.aimed_at(specs[random.below(specs.size())]));
        const std::size_t upstream = random.below(20);
        if (upstream == 0) request.upstream = UpstreamDecision::sampled;
        if (upstream == 1) request.upstream = UpstreamDecision::not_sampled;
      }
      sets.emplace_back(std::move(specs), recorder);
    }
    std::deque<RequestView> requests;
    for (const OwnedRequest& request : owned) {
      corpus.add(std::string_view(described(requests.emplace_back(request).request())));
    }

    Sampler sampler(sets[0].rules());
    Decider decider = sampler.decider();
    oracle::DecisionTwin decisions(*recorder.recorder, recorder.kind);
    std::int64_t milliseconds = -5'000;
    for (std::size_t stage = 0; stage < 6; ++stage) {
      CheckedRules& rules = sets[stage % sets.size()];
      sampler.swap_rules(rules.rules());
      const std::string& fallback = rules.rules().rules()[rules.rules().fallback_index()].name();
      for (int i = 0; i < 150; ++i) {
        const Request& request = requests[random.below(requests.size())].request();
        milliseconds += static_cast<std::int64_t>(random.below(400));
        if (random.chance(0.02)) milliseconds -= 3'000;
        const TimePoint now{std::chrono::milliseconds(milliseconds)};
        // As a rate often is, for what becomes of an equal one.
        const std::size_t equal = random.below(20);
        const double draw = equal < 2 ? static_cast<double>(equal) / 2 : random.unit();
        corpus.add(static_cast<double>(milliseconds));
        corpus.add(draw);

        const Decision decision = decider.decide(request, now, draw);
        const oracle::TwinDecision got = {sampler.rule_name(decision.rule), decision.sampled,
                                          decision.cause, decision.probability};
        const oracle::TwinDecision expected =
            decisions.decide(rules.twin(), fallback, request, now, draw);
        engine.add(got);
        twin.add(expected);
        if (got.rule != expected.rule || got.cause != expected.cause ||
            got.sampled != expected.sampled) {
          FAIL(recorder.name() << ", stage " << stage << ", " << described(request)
                               << ": expected rule " << expected.rule << ", got " << got.rule);
        }
        if (got.rule[0] == 'r') ++rules_selected;
        if (got.sampled) ++sampled;
      }
    }
  }
  CHECK(rules_selected > 10'000);
  CHECK(sampled > 5'000);
  CHECK(corpus.value() == kCorpus);
  CHECK(twin.value() == kDecisions);
  CHECK(engine.value() == kDecisions);
}
