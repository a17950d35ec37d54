#include "bench/traffic.h"

#include <benchmark/benchmark.h>

namespace dosimeter::bench {
namespace {

/// Which rule: argument 0 is how many rules there are.
void match(benchmark::State& state) {
  const auto rule_count = static_cast<std::size_t>(state.range(0));
  const RuleSet rules = make_rules(rule_count);
  const std::vector<OwnedRequest> owned = make_requests(rule_count);
  std::vector<Request> requests;
  std::vector<RuleIndex> expected;
  for (const OwnedRequest& request : owned) {
    requests.push_back(request.view());
    // The slow way compiles every pattern anew: a part of the answers is enough.
    if (expected.size() < 256) expected.push_back(slow_match(rules, requests.back()));
  }
  MatchScratch scratch;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (rules.match(requests[i], scratch) != expected[i]) return state.SkipWithError("wrong rule");
  }
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(rules.match(requests[next], scratch));
    next = (next + 1) % kRequests;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(match)->Arg(1)->Arg(25)->Arg(1000);

void compile(benchmark::State& state) {
  const auto rule_count = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    const RuleSet rules = make_rules(rule_count);
    if (rules.rules().size() != rule_count + 1) state.SkipWithError("wrong number of rules");
  }
}
BENCHMARK(compile)->Arg(25)->Arg(1000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace dosimeter::bench
