#include "sim/predict/fleet_model.h"
#include "sim/predict/started_replay.h"
#include "sim/replay/replay.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <cmath>
#include <map>
#include <string>

namespace dosimeter::sim {
namespace {

using test::TemporaryFile;

RuleSet rules_of(std::int64_t reservoir, const Recorder& recorder = {}) {
  RuleSpec spec;
  spec.name = "Default";
  spec.reservoir_size = reservoir;
  spec.fixed_rate = 0;
  return RuleSetBuilder(recorder).add(Rule::from(spec).value()).build().value();
}

ReplayResult replayed(const RuleSet& rules, const std::string& text,
                      const std::string& column = "") {
  const TemporaryFile log(text);
  ReplayConfig config{rules, {{log.path()}, {}, {}, {}}, {}};
  if (!column.empty()) config.logs.log.columns.set_instance(column);
  config.keep_arrivals = true;
  return replay(config).value();
}

FleetTakes takes_of(const RuleSet& rules, const ReplayResult& result, const FleetSettings& settings,
                    const ReservoirBehaviour& behaviour, StampPlacement placement) {
  FleetModel model(rules, result, settings, behaviour);
  FleetCase fleet = model.main_case();
  fleet.placement = placement;
  PredictionInput input;
  model.set_traffic(fleet, input);
  return input.rules.front().takes.value();
}

TEST_CASE("fleet model: instances of a column have the shares of their names") {
  const RuleSet rules = rules_of(3);
  std::string text = "time,pod\n";
  for (const char* pod : {"b", "b", "b", "a", "a"}) text += "1600000000," + std::string(pod) + "\n";
  const ReplayResult result = replayed(rules, text, "pod");
  CHECK(result.instances == std::vector<std::string>{"b", "a"});
  FleetSettings settings;
  settings.column = "pod";
  const auto taken = [&](RuleKind mode, Allocation allocation) {
    settings.mode = mode;
    settings.allocation = allocation;
    const FleetTakes takes = takes_of(rules, result, settings, {}, StampPlacement::start);
    CHECK(takes.method == Method::exact);
    return takes.takes.taken;
  };
  CHECK(taken(RuleKind::local, Allocation::even) == 5);
  // a has 2, b has 1.
  CHECK(taken(RuleKind::central, Allocation::even) == 3);
  CHECK(taken(RuleKind::central, Allocation::proportional) == 3);
  CHECK(taken(RuleKind::central, Allocation::borrow_only) == 2);
}

TEST_CASE("fleet model: four placements of whole seconds, rounded seconds in closed form") {
  // Four requests in an even second, three in the odd one after it, reservoir 2.
  const RuleSet rules = rules_of(2);
  const ReplayResult result = replayed(
      rules,
      "time\n1600000000\n1600000000\n1600000000\n1600000000\n1600000001\n1600000001\n1600000001\n");
  FleetSettings settings;
  settings.mode = RuleKind::local;
  ReservoirBehaviour behaviour;
  behaviour.choices.window = ReservoirWindow::rounded_second;
  const auto taken = [&](StampPlacement placement) {
    const FleetTakes takes = takes_of(rules, result, settings, behaviour, placement);
    CHECK(takes.method == Method::exact);
    CHECK(takes.takes.taken + takes.takes.refused == 7);
    return takes.takes.taken;
  };
  CHECK(taken(StampPlacement::start) == 4);
  CHECK(taken(StampPlacement::end) == 4);
  // 100.125, .375 | .625, .875, 101.167 | 101.5, .833: two, two of three, two.
  CHECK(taken(StampPlacement::even) == 6);
  // The first four at 100.999..., the three at 101: one window.
  CHECK(taken(StampPlacement::alternating) == 2);
}

TEST_CASE("fleet model: closed forms and replays agree where both are there") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::string text = "time\n";
  for (int second = 0; second < 200; ++second) {
    for (std::size_t i = random.below(6); i > 0; --i) {
      text += std::to_string(1600000000 + second) + "." + std::to_string(random.below(10)) + "\n";
    }
  }
  const RuleSet rules = rules_of(3);
  const ReplayResult result = replayed(rules, text);
  FleetSettings settings;
  settings.mode = RuleKind::local;
  for (const ReservoirWindow window :
       {ReservoirWindow::calendar_second, ReservoirWindow::rounded_second}) {
    ReservoirBehaviour behaviour;
    behaviour.choices.window = window;
    const FleetTakes closed = takes_of(rules, result, settings, behaviour, StampPlacement::start);
    CHECK(closed.method == Method::exact);
    // A drained Default is replayed, and with one rule it is drained by nobody else.
    behaviour.choices.default_reservoir = DefaultReservoir::drained_by_all;
    const FleetTakes slow = takes_of(rules, result, settings, behaviour, StampPlacement::start);
    CHECK(slow.method == Method::replayed);
    CHECK(slow.takes.taken == closed.takes.taken);
    CHECK(slow.takes.refused == closed.takes.refused);
  }
}

TEST_CASE("fleet model: simulated routings agree with the closed form, within their error") {
  std::string text = "time\n";
  for (int second = 0; second < 300; ++second) {
    for (int i = 0; i < 6; ++i) text += std::to_string(1600000000 + second) + ".5\n";
  }
  const RuleSet rules = rules_of(2);
  const ReplayResult result = replayed(rules, text);
  FleetSettings settings;
  settings.mode = RuleKind::local;
  settings.instances = 4;
  ReservoirBehaviour behaviour;
  const FleetTakes closed = takes_of(rules, result, settings, behaviour, StampPlacement::start);
  REQUIRE(closed.random.has_value());
  CHECK(closed.method == Method::approximate);
  CHECK_FALSE(closed.random->standard_error.has_value());
  behaviour.choices.default_reservoir = DefaultReservoir::drained_by_all;
  const FleetTakes drawn = takes_of(rules, result, settings, behaviour, StampPlacement::start);
  REQUIRE(drawn.random.has_value());
  CHECK(drawn.method == Method::simulated);
  REQUIRE(drawn.random->standard_error.has_value());
  CHECK(std::abs(drawn.random->taken - closed.random->taken) < 4 * *drawn.random->standard_error);
  CHECK(drawn.random->variance == Approx(closed.random->variance).epsilon(0.6));
  // One seed, one answer.
  CHECK(takes_of(rules, result, settings, behaviour, StampPlacement::start).random->taken ==
        drawn.random->taken);
  settings.seed = 2;
  CHECK(takes_of(rules, result, settings, behaviour, StampPlacement::start).random->taken !=
        drawn.random->taken);
}

TEST_CASE("fleet model: a recorder that spends no quota borrows, whatever the allocation") {
  const RuleSet rules = rules_of(5);
  const ReplayResult result =
      replayed(rules, "time\n1600000000\n1600000000\n1600000000\n1600000001\n");
  FleetSettings settings;
  ReservoirBehaviour behaviour;
  behaviour.quota.use = QuotaUse::never_used;
  FleetTakes takes = takes_of(rules, result, settings, behaviour, StampPlacement::start);
  CHECK(takes.takes.taken == 2);
  CHECK(takes.borrowed == 2);
  settings.mode = RuleKind::local;
  takes = takes_of(rules, result, settings, behaviour, StampPlacement::start);
  CHECK(takes.takes.taken == 4);
  CHECK(takes.borrowed == 0);
}

TEST_CASE(
    "fleet model: requests decided upstream drain reservoirs where a recorder asks the rules") {
  Recorder consults;
  consults.reservoir.decided_upstream = DecidedUpstream::consults_rules;
  const RuleSet rules = rules_of(2, consults);
  const ReplayResult result = replayed(
      rules, "time,trace_header\n1600000000,Sampled=1\n1600000000,\n1600000000,\n1600000001,\n");
  CHECK(result.rules[0].matched == 3);
  CHECK(result.rules[0].load.requests() == 4);
  CHECK(result.counts.upstream_decided == 1);
  const FleetTakes takes =
      takes_of(rules, result, {}, behaviour_of(consults, RuleKind::central), StampPlacement::start);
  CHECK(takes.method == Method::replayed);
  CHECK(takes.takes.taken == 2);
  CHECK(takes.takes.refused == 1);
  // The same requests for one that does not ask them.
  const FleetTakes without = takes_of(rules, result, {}, {}, StampPlacement::start);
  CHECK(without.takes.taken == 3);
}

TEST_CASE("fleet model: from its start an instance borrows until the first targets") {
  // Three requests a second for 15 seconds, reservoir 2: one a second borrowed for 10 s, then 2.
  std::string text = "time\n";
  for (int second = 0; second < 15; ++second) {
    for (int i = 0; i < 3; ++i) text += std::to_string(1600000000 + second) + ".25\n";
  }
  const RuleSet rules = rules_of(2);
  const ReplayResult result = replayed(rules, text);
  FleetSettings settings;
  settings.startup = true;
  FleetTakes takes = takes_of(rules, result, settings, {}, StampPlacement::start);
  CHECK(takes.method == Method::replayed);
  CHECK(takes.borrowed == 10);
  CHECK(takes.takes.taken == 10 + 5 * 2);
  settings.allocation = Allocation::borrow_only;
  takes = takes_of(rules, result, settings, {}, StampPlacement::start);
  CHECK(takes.takes.taken == 15);
  CHECK(takes.borrowed == 15);
}

TEST_CASE("fleet model: a quota that is asked for again and again is never lost") {
  // Longer than two quotas and two fetches of the rules.
  constexpr int kSeconds = 700;
  std::string text = "time,count\n";
  for (int second = 0; second < kSeconds; ++second) {
    text += std::to_string(1600000000 + second) + ".25,3\n";
  }
  for (const TargetReservoir at_target : {TargetReservoir::goes_on, TargetReservoir::starts_anew}) {
    const RuleSet rules = rules_of(2);
    const ReplayResult result = replayed(rules, text);
    FleetSettings settings;
    settings.startup = true;
    ReservoirBehaviour behaviour;
    behaviour.quota.target_reservoir = at_target;
    const FleetTakes takes = takes_of(rules, result, settings, behaviour, StampPlacement::start);
    CHECK(takes.borrowed == 10);
    CHECK(takes.takes.taken == 10 + (kSeconds - 10) * 2);
  }
}

TEST_CASE("fleet model: a quota is lost when it is five minutes old") {
  // Three at once, the targets that their report brings, and three more while it is good; then
  // three more after it has run out.
  const auto taken = [](int seconds) {
    std::string text = "time\n";
    for (const int at : {0, 12, 12 + seconds}) {
      for (int i = 0; i < 3; ++i) text += std::to_string(1'600'000'000 + at) + "\n";
    }
    const RuleSet rules = rules_of(3);
    const ReplayResult result = replayed(rules, text);
    FleetSettings settings;
    settings.startup = true;
    return takes_of(rules, result, settings, {}, StampPlacement::start).takes.taken;
  };
  CHECK(taken(5) == 1 + 3 + 3);
  // The poll at 20 s brought one that is good until 320 s.
  CHECK(taken(300) == 1 + 3 + 3);
  CHECK(taken(330) == 1 + 3 + 1);
}

}  // namespace
}  // namespace dosimeter::sim
