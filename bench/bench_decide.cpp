#include "bench/benchmarks.h"
#include "bench/contest.h"
#include "tests/support/allocation_count.h"

#include <benchmark/benchmark.h>

namespace dosimeter::bench {
namespace {

/// Of a scan of ten thousand rules every eighth request is enough in the worst cases: no predictor
/// learns a scan that long.
constexpr std::size_t kLongScanStride = 8;

/// Decides all requests, or each `stride`th, over and over, in whole passes.
template <typename Decides>
void decide_all(benchmark::State& state, Contest& contest, Contestant<Decides>& contestant,
                std::size_t stride) {
  const std::span<const Asked> asked = contest.scenario.requests.asked();
  const bool renews_hosts = contest.scenario.renews_hosts();
  const auto pass = static_cast<benchmark::IterationCount>((asked.size() + stride - 1) / stride);
  std::size_t allocated = 0;
  while (state.KeepRunningBatch(pass)) {
    const std::size_t before = allocation_count();
    TimePoint now = contestant.now;
    for (std::size_t i = 0; i < asked.size(); i += stride) {
      if (renews_hosts) contest.scenario.requests.renew_host(i, contest.next_host++);
      now += kStep;
      benchmark::DoNotOptimize(contestant.decider.decide(asked[i].request, now, asked[i].draw));
    }
    contestant.now = now;
    allocated += allocation_count() - before;
  }
  if constexpr (!std::is_same_v<Decides, Re2Decider>) {
    if (allocated != 0) state.SkipWithError("a decision allocates");
  } else {
    if (contestant.decider.gave_up()) state.SkipWithError("RE2 gave up");
  }
  state.SetItemsProcessed(state.iterations());
}

enum class Who : unsigned char { engine, linear, re2 };

void decide(benchmark::State& state, Set set, std::size_t rules, Who who) {
  Contest& all = contest(set, rules);
  if (!all.disagreement.empty()) {
    state.SkipWithError(all.disagreement.c_str());
    return;
  }
  const bool long_scan = rules >= 10'000 && set != Set::typical && set != Set::same_traffic;
  const std::size_t stride =
      settings().smoke || (long_scan && who == Who::linear) ? kLongScanStride : 1;
  switch (who) {
    case Who::engine:
      return decide_all(state, all, all.engine, stride);
    case Who::linear:
      return decide_all(state, all, all.linear, stride);
    case Who::re2:
      return decide_all(state, all, *all.re2, stride);
  }
}

void add(std::string_view who_name, Set set, std::size_t rules, Who who) {
  std::string name(who_name);
  name += "decide";
  if (set != Set::typical) name += "_" + std::string(set_name(set));
  name += "/" + std::to_string(rules);
  benchmark::RegisterBenchmark(name.c_str(),
                               [=](benchmark::State& state) { decide(state, set, rules, who); });
}

}  // namespace

void add_decide_benchmarks() {
  for (const Set set : kSets) {
    std::vector<std::size_t> sizes = {25, 1000, 10'000};
    if (set == Set::typical) sizes = {1, 5, 25, 100, 1000, 10'000};
    if (set == Set::same_traffic) sizes = {1000, 10'000};  // 25 rules: decide/25
    for (const std::size_t rules : sizes) {
      add("", set, rules, Who::engine);
      add("linear_", set, rules, Who::linear);
      if (set == Set::typical || set == Set::same_traffic) add("re2set_", set, rules, Who::re2);
    }
  }
}

}  // namespace dosimeter::bench
