#include <dosimeter/sampler.h>

#include "bench/counted_pass.h"
#include "bench/scenario.h"

#include <gnu/libc-version.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace dosimeter::bench {
namespace {

struct Case {
  const char* name;
  Set set;
  std::size_t rules;
};

constexpr Case kCases[] = {
    {"decide/25", Set::typical, 25},
    {"decide/1000", Set::typical, 1000},
    {"decide/10000", Set::typical, 10'000},
    {"decide_same_traffic/10000", Set::same_traffic, 10'000},
    {"decide_hit_early/25", Set::hit_early, 25},
    {"decide_hit_early/10000", Set::hit_early, 10'000},
    {"decide_default_only/25", Set::default_only, 25},
    {"decide_default_only/10000", Set::default_only, 10'000},
};

/// All of the requests once, not counted.
std::uint32_t warm_up(Decider& decider, const RequestList& requests, TimePoint now) {
  std::uint32_t rules = 0;
  for (const Asked& one : requests.asked()) {
    now += kCountedStep;
    rules |= decider.decide(one.request, now, one.draw).rule.value;
  }
  return rules;
}

/// What else the number of instructions depends on.
void print_toolchain() {
#ifdef __clang__
  const char* compiler = __VERSION__;
#else
  const char* compiler = "g++ " __VERSION__;
#endif
#ifdef __x86_64__
  const char* processor = "x86_64";
#else
  const char* processor = "another processor than x86_64";
#endif
  std::printf("%s, glibc %s, %s\n", compiler, ::gnu_get_libc_version(), processor);
}

int run(const char* name) {
  for (const Case& one : kCases) {
    if (std::strcmp(one.name, name) != 0) continue;
    const Scenario scenario = make_scenario(one.set, one.rules);
    Sampler sampler(compiled(scenario.rules));
    Decider decider = sampler.decider();
    const TimePoint start{std::chrono::seconds(1'777'889'702)};
    const std::uint32_t rules = warm_up(decider, scenario.requests, start);
    const std::size_t sampled =
        dosimeter_counted_pass(decider, scenario.requests, start + std::chrono::seconds(1));
    // What instructions.sh divides by.
    std::printf("%zu\n", scenario.requests.asked().size());
    return rules == 0 || sampled == 0 ? 1 : 0;  // they did decide
  }
  std::fprintf(stderr, "instructions: no case \"%s\"\n", name);
  return 2;
}

}  // namespace
}  // namespace dosimeter::bench

int main(int argc, char** argv) {
  using namespace dosimeter::bench;
  if (argc == 2 && std::strcmp(argv[1], "--list") == 0) {
    for (const Case& one : kCases) std::puts(one.name);
    return 0;
  }
  if (argc == 2 && std::strcmp(argv[1], "--toolchain") == 0) {
    print_toolchain();
    return 0;
  }
  if (argc == 2) return run(argv[1]);
  std::fputs("usage: instructions --list | --toolchain | CASE\n", stderr);
  return 2;
}
