#include <dosimeter/pattern.h>
#include <dosimeter/sampler.h>

#include "bench/benchmarks.h"
#include "bench/re2_decider.h"
#include "bench/scenario.h"
#include "tests/support/allocation_count.h"

#include <benchmark/benchmark.h>

#include <string>

namespace dosimeter::bench {
namespace {

/// A text that almost matches at every place: going back to the last star takes the product of
/// both lengths. `scale` makes text and pattern longer together.
struct WorstText {
  std::string pattern;
  std::string text;
};

WorstText worst_text(const std::string& shape, std::size_t scale) {
  const std::string many(64 * scale, 'a');
  WorstText made;
  made.pattern = shape == "ends"   ? "*" + many + "b"
                 : shape == "part" ? "*" + many + "b*"
                                   : "*" + many + "?b*";
  made.text = std::string(8000 * scale, 'a');
  return made;
}

template <typename Match>
void match_text(benchmark::State& state, const Match& matches) {
  std::size_t allocated = 0;
  bool matched = false;
  for (auto _ : state) {
    const std::size_t before = allocation_count();
    matched |= matches();
    allocated += allocation_count() - before;
  }
  if (matched) state.SkipWithError("wrong answer");
  if (allocated != 0) state.SkipWithError("a match allocates");
}

void engine(benchmark::State& state, const WorstText& worst) {
  const Pattern pattern(worst.pattern);
  match_text(state, [&] { return pattern.matches(worst.text); });
}

void re2(benchmark::State& state, const WorstText& worst) {
  const RE2 pattern(as_regular_expression(worst.pattern), re2_options());
  // Its automaton is made as it goes: the first match makes it.
  (void)RE2::FullMatch(worst.text, pattern);
  match_text(state, [&] { return RE2::FullMatch(worst.text, pattern); });
}

/// A whole decision by a rule with that path pattern.
void decision(benchmark::State& state, const WorstText& worst) {
  RuleSpec spec{.name = "worst", .url_path = worst.pattern};
  Sampler sampler(compiled({Rule::from(std::move(spec)).value()}));
  Decider decider = sampler.decider();
  const RuleId rule = sampler.rule_id("worst");
  const Request request{.service_name = "cart-api", .http_method = "GET", .url_path = worst.text};
  match_text(state, [&] { return decider.decide(request, {}, 0.5).rule == rule; });
}

void add(const std::string& name, void (*measure)(benchmark::State&, const WorstText&)) {
  for (const char* shape : {"ends", "part", "question"}) {
    for (const std::size_t scale : {1u, 2u}) {
      const WorstText worst = worst_text(shape, scale);
      const std::string full =
          name + "_" + std::string(shape) + "/" + std::to_string(worst.text.size());
      benchmark::RegisterBenchmark(full.c_str(),
                                   [=](benchmark::State& state) { measure(state, worst); });
    }
  }
}

}  // namespace

void add_worst_text_benchmarks() {
  add("worst_text", engine);
  add("re2_worst_text", re2);
  add("decide_worst_text", decision);
}

}  // namespace dosimeter::bench
