#include <dosimeter/pattern.h>

#include <benchmark/benchmark.h>

#include <string>

namespace dosimeter::bench {
namespace {

/// Matches one text over and over; the answer is known.
void pattern(benchmark::State& state, const std::string& text, const std::string& against,
             bool expected) {
  const Pattern compiled(text);
  for (auto _ : state) {
    const bool matches = compiled.matches(against);
    benchmark::DoNotOptimize(matches);
    if (matches != expected) state.SkipWithError("wrong answer");
  }
}

const std::string kPath = "/api/v1/users/8472/orders/7";

BENCHMARK_CAPTURE(pattern, literal_hit, kPath, kPath, true);
BENCHMARK_CAPTURE(pattern, literal_miss, kPath, "/api/v1/users/8472/orders/8", false);
BENCHMARK_CAPTURE(pattern, prefix_hit, "/api/*", kPath, true);
BENCHMARK_CAPTURE(pattern, prefix_miss, "/static/*", kPath, false);
BENCHMARK_CAPTURE(pattern, suffix_hit, "*.example.com", "api.shop.example.com", true);
BENCHMARK_CAPTURE(pattern, infix_hit, "*/users/*/orders/?", kPath, true);
BENCHMARK_CAPTURE(pattern, infix_miss, "*/users/*/orders/?", "/api/v1/users/8472/orders/78", false);
BENCHMARK_CAPTURE(pattern, not_ascii, "/caf*", "/caf\xC3\xA9/menu", true);
BENCHMARK_CAPTURE(pattern, worst_text, "*" + std::string(64, 'a') + "b*", std::string(1000, 'a'),
                  false);

}  // namespace
}  // namespace dosimeter::bench
