#include <dosimeter/sampler.h>

#include "bench/benchmarks.h"
#include "bench/contest.h"
#include "bench/scenario.h"
#include "tests/support/allocation_count.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace dosimeter::bench {
namespace {

enum class Load : unsigned char { mixed, used_up, always_takes };

/// 25 rules. But for mixed rules the first has every request: one word that all threads want.
std::vector<Rule> rules_for(Load load, std::vector<Rule> rules) {
  if (load == Load::mixed) return rules;
  RuleSpec hot{.name = "hot", .priority = 1, .fixed_rate = 0, .url_path = "/*"};
  hot.reservoir_size = load == Load::used_up ? 1 : kMaximumReservoirSize;
  rules.front() = Rule::from(std::move(hot)).value();
  return rules;
}

/// What all threads of all repetitions share.
struct SharedSampler {
  explicit SharedSampler(Load load)
      : scenario(make_scenario(Set::typical, 25)),
        sampler(compiled(rules_for(load, scenario.rules))) {}

  /// A second that no run before has used, the same for all threads of this one: a run begins when
  /// the one before is over. REQUIRES: 1 or 2 threads; called once by each.
  TimePoint begin_run(int threads) noexcept {
    const unsigned alone = threads == 1 ? alone_.fetch_add(1) : alone_.load();
    const unsigned together = threads == 2 ? together_.fetch_add(1) : together_.load();
    return kStart + std::chrono::seconds(1000) * (alone + together / 2);
  }

  Scenario scenario;
  Sampler sampler;

 private:
  std::atomic<unsigned> alone_{0};
  std::atomic<unsigned> together_{0};
};

/// What every decision must be.
std::optional<Cause> expected_cause(Load load) {
  if (load == Load::used_up) return Cause::refused_by_rate;
  if (load == Load::always_takes) return Cause::reservoir;
  return std::nullopt;
}

void decide_together(benchmark::State& state, Load load, SharedSampler& shared) {
  const std::span<const Asked> asked = shared.scenario.requests.asked();
  const std::size_t first =
      asked.size() / 2 * static_cast<std::size_t>(state.thread_index()) % asked.size();
  const std::optional<Cause> expected = expected_cause(load);
  const std::chrono::nanoseconds step = load == Load::mixed ? kStep : kStep * 0;
  Decider decider = shared.sampler.decider();
  TimePoint now = shared.begin_run(state.threads());
  // Warms the Decider up; where the second is to be used up, it is now.
  for (const Asked& one : asked) (void)decider.decide(one.request, now, one.draw);

  std::size_t allocated = 0;
  std::uint64_t otherwise = 0;
  while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(asked.size()))) {
    const std::size_t before = allocation_count();
    std::size_t next = first;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      now += step;
      const Decision decision = decider.decide(asked[next].request, now, asked[next].draw);
      benchmark::DoNotOptimize(decision);
      if (expected && decision.cause != *expected) ++otherwise;
      if (++next == asked.size()) next = 0;
    }
    allocated += allocation_count() - before;
  }
  if (allocated != 0) state.SkipWithError("a decision allocates");
  if (otherwise != 0) state.SkipWithError("the reservoir answered otherwise");
  state.SetItemsProcessed(state.iterations());
}

void add(const std::string& name, Load load) {
  struct Lazily {
    std::once_flag once;
    std::unique_ptr<SharedSampler> shared;
  };
  const auto lazily = std::make_shared<Lazily>();
  benchmark::RegisterBenchmark(("decide_two_threads/25/" + name).c_str(),
                               [=](benchmark::State& state) {
                                 std::call_once(lazily->once, [&] {
                                   lazily->shared = std::make_unique<SharedSampler>(load);
                                 });
                                 decide_together(state, load, *lazily->shared);
                               })
      ->Threads(1)
      ->Threads(2)
      ->UseRealTime();
}

}  // namespace

void add_thread_benchmarks() {
  add("mixed", Load::mixed);
  add("used_up", Load::used_up);
  add("always_takes", Load::always_takes);
}

}  // namespace dosimeter::bench
