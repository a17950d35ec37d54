#include "bench/benchmarks.h"
#include "bench/shape.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstring>

int main(int argc, char** argv) {
#ifndef NDEBUG
  std::fputs("dosimeter_bench: a debug build measures nothing, use ./dev bench\n", stderr);
  return 2;
#else
  if (argc == 2 && std::strcmp(argv[1], "--shape") == 0) {
    dosimeter::bench::print_shapes();
    return 0;
  }
  dosimeter::bench::add_decide_benchmarks();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
#endif
}

namespace dosimeter::bench {
Settings& settings() noexcept {
  static Settings all;
  return all;
}
}  // namespace dosimeter::bench
