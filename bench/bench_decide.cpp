#include <dosimeter/reservoir.h>
#include <dosimeter/sampler.h>

#include "bench/traffic.h"
#include "tests/support/random.h"

#include <benchmark/benchmark.h>

namespace dosimeter::bench {
namespace {

constexpr TimePoint kNow{std::chrono::seconds(1'777'889'702)};

/// A whole decision: match, reservoir, draw. Argument 0 is how many rules there are.
void decide(benchmark::State& state) {
  const auto rule_count = static_cast<std::size_t>(state.range(0));
  Sampler sampler(make_rules(rule_count));
  Decider decider = sampler.decider();
  const std::vector<OwnedRequest> owned = make_requests(rule_count);
  std::vector<Request> requests;
  for (const OwnedRequest& request : owned) requests.push_back(request.view());
  Random random(3);
  std::size_t next = 0;
  std::uint64_t decided = 0;
  for (auto _ : state) {
    // A second every thousand requests.
    const TimePoint now = kNow + std::chrono::milliseconds(decided++);
    benchmark::DoNotOptimize(decider.decide(requests[next], now, random.unit()));
    next = (next + 1) % kRequests;
  }
  std::uint64_t counted = 0;
  for (const RuleStatistics& statistics : sampler.take_statistics()) counted += statistics.requests;
  if (counted != decided) state.SkipWithError("wrong count of requests");
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decide)->Arg(1)->Arg(25)->Arg(1000);

RuleSet hot_rule() {
  RuleSpec spec;
  spec.name = "hot";
  spec.fixed_rate = 0;
  spec.reservoir_size = 1;
  RuleSetBuilder builder;
  builder.add(Rule::from(std::move(spec)).value());
  return std::move(builder).build().value();
}

/// One rule that all threads decide by, its second used up. Made once: SetUp runs on every thread,
/// and none waits for another's.
class HotRule : public benchmark::Fixture {
 public:
  HotRule() { (void)sampler.decide({}, kNow, 0.5); }
  Sampler sampler{hot_rule()};
};

BENCHMARK_DEFINE_F(HotRule, used_up)(benchmark::State& state) {
  Decider decider = sampler.decider();
  bool sampled = false;
  for (auto _ : state) sampled |= decider.decide({}, kNow, 0.5).sampled;
  if (sampled) state.SkipWithError("more was taken than there is");
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_REGISTER_F(HotRule, used_up)->Threads(1)->Threads(2)->UseRealTime();

class HotReservoir : public benchmark::Fixture {
 public:
  Reservoir reservoir;
};

/// Argument 0: the size; past it each take is refused.
BENCHMARK_DEFINE_F(HotReservoir, take)(benchmark::State& state) {
  const auto size = static_cast<std::uint32_t>(state.range(0));
  std::int64_t taken = 0;
  for (auto _ : state) taken += reservoir.take(kNow, size) ? 1 : 0;
  if (taken > std::int64_t{size}) state.SkipWithError("more was taken than there is");
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_REGISTER_F(HotReservoir, take)
    ->Arg(1)
    ->Arg(500'000'000)
    ->Threads(1)
    ->Threads(2)
    ->UseRealTime();

}  // namespace
}  // namespace dosimeter::bench
