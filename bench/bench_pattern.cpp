#include <dosimeter/pattern.h>

#include "bench/benchmarks.h"

#include <benchmark/benchmark.h>

#include <string>

namespace dosimeter::bench {
namespace {

/// Matches one text over and over; the answer is known.
void match(benchmark::State& state, const std::string& pattern, const std::string& text,
           bool expected) {
  const Pattern compiled(pattern);
  for (auto _ : state) {
    const bool matches = compiled.matches(text);
    benchmark::DoNotOptimize(matches);
    if (matches != expected) state.SkipWithError("wrong answer");
  }
}

struct Case {
  const char* name;
  const char* pattern;
  const char* text;
  bool matches;
};

constexpr const char* kPath = "/api/v1/users/8472/orders/7";
constexpr Case kCases[] = {
    {"literal_hit", kPath, kPath, true},
    {"literal_miss", kPath, "/api/v1/users/8472/orders/8", false},
    {"prefix_hit", "/api/*", kPath, true},
    {"prefix_miss", "/static/*", kPath, false},
    {"suffix_hit", "*.example.com", "api.shop.example.com", true},
    {"infix_hit", "*/users/*/orders/?", kPath, true},
    {"infix_miss", "*/users/*/orders/?", "/api/v1/users/8472/orders/78", false},
    {"not_ascii", "/caf*", "/caf\xC3\xA9/menu", true},
};

}  // namespace

void add_pattern_benchmarks() {
  for (const Case& one : kCases) {
    benchmark::RegisterBenchmark(
        (std::string("pattern/") + one.name).c_str(),
        [=](benchmark::State& state) { match(state, one.pattern, one.text, one.matches); });
  }
}

}  // namespace dosimeter::bench
