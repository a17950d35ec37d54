#include "tests/conformance/live/live_run.h"

#include <charconv>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

/// Puts generated cases to a real recorder, by its driver, and to the engine, and compares.
namespace {

using namespace dosimeter;
using namespace dosimeter::conformance;

constexpr std::string_view kUsage =
    "usage: dosimeter_conformance --recorder NAME [--seed N] [--scale N] [--record FILE]\n"
    "                             -- DRIVER [ARGUMENT]...\n"
    "\n"
    "  --recorder NAME   whose cases, and by whose row the engine decides\n"
    "  --seed N          other cases (default 1)\n"
    "  --scale N         so many times as many cases\n"
    "  --record FILE     write what the recorder said there\n"
    "\n"
    "Exit codes: 0 no difference, 1 some, 2 wrong options, 3 the driver failed.\n";

struct Options {
  std::string recorder;
  std::uint64_t seed = 1;
  std::uint64_t scale = 1;
  std::string record;
  std::vector<std::string> driver;
};

struct UsageError {
  std::string words;
};

std::uint64_t number(std::string_view option, std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw UsageError{std::string(option) + " needs a whole number, got \"" + std::string(text) +
                     "\""};
  }
  return value;
}

Options parse(const std::vector<std::string>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      options.driver.assign(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      break;
    }
    if (i + 1 == words.size()) throw UsageError{word + " needs a value, or is no option"};
    const std::string& value = words[++i];
    if (word == "--recorder") {
      options.recorder = value;
    } else if (word == "--seed") {
      options.seed = number(word, value);
    } else if (word == "--scale") {
      options.scale = number(word, value);
    } else if (word == "--record") {
      options.record = value;
    } else {
      throw UsageError{"no option " + word};
    }
  }
  if (find_recorder(options.recorder) == nullptr) {
    throw UsageError{"no recorder \"" + options.recorder + "\""};
  }
  if (options.driver.empty()) throw UsageError{"no driver"};
  return options;
}

int compare(const Options& options) {
  const Recorder& recorder = *find_recorder(options.recorder);
  DriverProcess driver(options.driver);
  if (driver.hello().recorder != options.recorder) {
    std::cerr << "the driver drives " << driver.hello().recorder << ", not " << options.recorder
              << "\n";
    return 3;
  }
  const LiveRun run = run_live(driver, recorder, options.seed, {options.scale});
  for (const Difference& difference : run.differences) std::cout << in_words(difference) << "\n";
  std::cout << options.recorder << ": " << driver.hello().sdk << " " << driver.hello().version
            << ", seed " << options.seed << ": " << run.cases << " cases, " << run.rule_sets
            << " rule sets, " << run.decisions << " decisions: " << run.differing
            << " cases differ\n";
  for (const auto& [reason, times] : run.unsupported) {
    std::cout << "  not asked, " << times << " times: " << reason << "\n";
  }
  if (!options.record.empty()) write_recorded(options.record, run.recorded);
  return run.differing == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return compare(parse({arguments + 1, arguments + count}));
  } catch (const UsageError& error) {
    std::cerr << "dosimeter_conformance: " << error.words << "\n\n" << kUsage;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "dosimeter_conformance: " << error.what() << "\n";
    return 3;
  }
}
