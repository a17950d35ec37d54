#include <dosimeter/sampler.h>

#include "bench/benchmarks.h"
#include "bench/scenario.h"
#include "tests/support/allocation_count.h"

#include <benchmark/benchmark.h>

#include <optional>
#include <string>

namespace dosimeter::bench {
namespace {

double since(std::int64_t before, std::int64_t bytes) {
  return static_cast<double>(bytes - before);
}

/// What a Decider of that set holds beside its counters of 24 bytes a rule; nothing if deciding
/// makes it hold more or less.
std::optional<double> decider_bytes(const Scenario& scenario) {
  Sampler sampler(compiled(scenario.rules));
  const std::int64_t before = held_bytes();
  Decider decider = sampler.decider();
  const double held = since(before, held_bytes());
  TimePoint now{};
  for (const Asked& one : scenario.requests.asked()) {
    (void)decider.decide(one.request, now += std::chrono::microseconds(10), one.draw);
  }
  if (since(before, held_bytes()) != held) return std::nullopt;
  return held - 24.0 * static_cast<double>(scenario.rules.size() + 1);
}

/// From rules that are ready to a set that matches. What is thrown away is not timed.
void compile(benchmark::State& state, std::size_t rule_count) {
  const Scenario scenario = make_scenario(Set::typical, rule_count);
  const std::int64_t before = held_bytes();
  reset_highest_bytes();
  std::optional<RuleSet> rules = compiled(scenario.rules);
  state.counters["kept_bytes"] = since(before, held_bytes());
  state.counters["peak_bytes"] = since(before, highest_bytes());
  const std::optional<double> decider = decider_bytes(scenario);
  if (!decider) return state.SkipWithError("a Decider grows as it decides");
  state.counters["decider_bytes"] = *decider;
  while (state.KeepRunning()) {
    state.PauseTiming();
    rules.reset();
    state.ResumeTiming();
    rules = compiled(scenario.rules);
    benchmark::DoNotOptimize(rules);
  }
  if (rules->rules().size() != rule_count + 1) state.SkipWithError("wrong number of rules");
}

}  // namespace

void add_compile_benchmarks() {
  for (const std::size_t rules : {25u, 1000u, 10'000u}) {
    benchmark::RegisterBenchmark(("compile/" + std::to_string(rules)).c_str(),
                                 [=](benchmark::State& state) { compile(state, rules); });
  }
}

}  // namespace dosimeter::bench
