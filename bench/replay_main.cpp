#include "bench/getline_twin.h"
#include "bench/replay_contest.h"
#include "bench/simdjson_twin.h"
#include "sim/log/open_inflated.h"

#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::bench {
namespace {

int failed(const std::string& message) {
  std::fprintf(stderr, "dosimeter_replay_bench: %s\n", message.c_str());
  return 2;
}

bool take_number(std::string_view text, std::uint64_t least, std::uint64_t most,
                 std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= least &&
         number <= most;
}

/// `--getline LOG`: the getline twin in a process of its own.
int print_counts(const std::string& log) {
  for (const GetlineCount& count : count_by_getline(log, make_scenario(Set::typical, kRules))) {
    std::printf("%llu %llu\n", static_cast<unsigned long long>(count.matched),
                static_cast<unsigned long long>(count.recorded));
  }
  return 0;
}

/// `--inflate LOG`: inflating alone.
int inflate(const std::string& log) {
  auto source = sim::open_inflated(log);
  std::vector<char> block(std::size_t{256} << 10);
  while (source) {
    const auto count = source.value()->read(block);
    if (!count) return failed(count.error().message);
    if (count.value() == 0) return 0;
  }
  return failed(source.error().message);
}

int run(const std::vector<std::string>& arguments) {
  ReplayContestOptions options;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    const bool has_value = i + 1 < arguments.size();
    const std::string value = has_value ? arguments[i + 1] : "";
    std::uint64_t number = 0;
    if (name == "--memory") {
      options.memory = true;
      continue;
    }
    if (!has_value) return failed(name + " needs a value, got nothing");
    ++i;
    if (name == "--getline") return print_counts(value);
    if (name == "--inflate") return inflate(value);
    if (name == "--simdjson") {
      std::printf("%llu\n", static_cast<unsigned long long>(count_by_simdjson(value)));
      return 0;
    }
    if (name == "--simulate") {
      options.simulate = value;
    } else if (name == "--json") {
      options.json = value;
    } else if (name == "--commit") {
      options.commit = value;
    } else if (name == "--size") {
      if (!take_number(value, 1, 100'000, number)) return failed("--size must be 1 to 100000 MB");
      options.bytes = number * 1'000'000;
    } else if (name == "--repetitions") {
      if (!take_number(value, 1, 1000, number)) return failed("--repetitions must be 1 to 1000");
      options.repetitions = static_cast<int>(number);
    } else {
      return failed("unknown option " + name);
    }
  }
  options.self = arguments.front();
  return run_replay_contest(options);
}

}  // namespace
}  // namespace dosimeter::bench

int main(int argc, char** argv) {
#ifndef NDEBUG
  static_cast<void>(argc);
  static_cast<void>(argv);
  std::fputs("dosimeter_replay_bench: a debug build measures nothing, use ./dev bench --replay\n",
             stderr);
  return 2;
#else
  return dosimeter::bench::run(std::vector<std::string>(argv, argv + argc));
#endif
}
