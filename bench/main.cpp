#include "bench/benchmarks.h"
#include "bench/collector.h"
#include "bench/judge.h"
#include "bench/report.h"
#include "bench/run_arguments.h"
#include "bench/shape.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::bench {

Settings& settings() noexcept {
  static Settings all;
  return all;
}

namespace {

/// The program's own options.
struct Options {
  bool judges = false;
  bool shows_shapes = false;
  ReportForm form = ReportForm::text;
  std::string commit;
};

/// Takes the program's own options away; what is left is Google Benchmark's.
Options take_options(std::vector<std::string>& arguments) {
  Options options;
  const auto is_own = [&](const std::string& argument) {
    constexpr std::string_view kCommit = "--commit=";
    if (argument == "--judge") {
      options.judges = true;
    } else if (argument == "--markdown") {
      options.form = ReportForm::markdown;
    } else if (argument == "--smoke") {
      settings().smoke = true;
    } else if (argument == "--shape") {
      options.shows_shapes = true;
    } else if (argument.starts_with(kCommit)) {
      options.commit = argument.substr(kCommit.size());
    } else {
      return false;
    }
    return true;
  };
  arguments.erase(std::remove_if(arguments.begin(), arguments.end(), is_own), arguments.end());
  return options;
}

/// A smoke run's times mean nothing: only what failed is told.
int tell_failures(const std::vector<Measured>& measured) {
  int failures = 0;
  for (const Measured& one : measured) {
    if (one.error.empty()) continue;
    std::printf("%s: %s\n", one.name.c_str(), one.error.c_str());
    ++failures;
  }
  std::printf("%zu benchmarks ran, %d failed\n", measured.size(), failures);
  return failures == 0 ? 0 : 1;
}

int failed(const Fault& fault) {
  std::fprintf(stderr, "dosimeter_bench: %s\n", fault.message.c_str());
  return fault.code;
}

/// 3 where standard output took not all of it.
int finish(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  return failed({3, "cannot write to standard output"});
}

int run(std::vector<std::string> arguments) {
  const std::string program = arguments.front();
  arguments.erase(arguments.begin());
  const Options options = take_options(arguments);
  if (options.shows_shapes) {
    print_shapes();
    return finish(0);
  }
  if (const auto fault = check_arguments(arguments)) return failed(*fault);

  // What is compared is measured in turns, in no order, and often enough to tell how far apart the
  // figures lie. The caller's options come after and so win.
  std::vector<std::string> all = {program, "--benchmark_enable_random_interleaving=true"};
  if (settings().smoke) {
    all.insert(all.end(), {"--benchmark_repetitions=1", "--benchmark_min_time=0.0001"});
  } else {
    all.insert(all.end(), {"--benchmark_repetitions=7", "--benchmark_min_time=0.2"});
  }
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& argument : all) pointers.push_back(argument.data());
  auto count = static_cast<int>(pointers.size());
  pointers.push_back(nullptr);

  add_decide_benchmarks();
  add_thread_benchmarks();
  add_worst_text_benchmarks();
  add_compile_benchmarks();
  add_pattern_benchmarks();
  if (!options.commit.empty()) benchmark::AddCustomContext("commit", options.commit);
  benchmark::Initialize(&count, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 2;
  Collector collector;
  const std::size_t ran = benchmark::RunSpecifiedBenchmarks(&collector);
  benchmark::Shutdown();
  const std::vector<Measured> measured = collector.measured();
  if (ran == 0) return failed(nothing_ran(arguments));
  if (measured.empty()) return finish(0);  // they were listed
  if (const auto path = output_path(arguments)) {
    if (const auto fault = check_written(*path)) return failed(*fault);
  }

  if (settings().smoke) return finish(tell_failures(measured));

  const std::vector<Verdict> verdicts = judge(goals(), measured);
  std::fputs(report(run_facts(options.commit), measured, verdicts, options.form).c_str(), stdout);
  const bool any_failed = std::any_of(measured.begin(), measured.end(),
                                      [](const Measured& one) { return !one.error.empty(); });
  const bool missed = std::any_of(verdicts.begin(), verdicts.end(), [](const Verdict& verdict) {
    return verdict.outcome == Verdict::Outcome::missed;
  });
  return finish(any_failed || (options.judges && missed) ? 1 : 0);
}

}  // namespace
}  // namespace dosimeter::bench

int main(int argc, char** argv) {
#ifndef NDEBUG
  static_cast<void>(argc);
  static_cast<void>(argv);
  std::fputs("dosimeter_bench: a debug build measures nothing, use ./dev bench\n", stderr);
  return 2;
#else
  return dosimeter::bench::run(std::vector<std::string>(argv, argv + argc));
#endif
}
