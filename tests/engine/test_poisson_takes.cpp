#include <dosimeter/recorder.h>
#include <dosimeter/reservoir.h>

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// What a reservoir takes of Poisson arrivals in each kind of window, as docs/semantics.md has it.
using namespace dosimeter;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr int kSeconds = 400'000;

struct Traffic {
  int requests_a_second;
  std::uint32_t size;
};
constexpr std::array<Traffic, 4> kTraffic = {{{1, 1}, {2, 1}, {5, 5}, {10, 10}}};

/// Takes a second.
double taken_a_second(const ReservoirChoices& choices, const Traffic& traffic) {
  Random random(7);
  Reservoir reservoir;
  const auto begin = static_cast<double>(1'780'000'000);
  double seconds = 0;
  std::int64_t taken = 0;
  for (;;) {
    seconds -= std::log(1 - random.unit()) / traffic.requests_a_second;
    if (seconds >= kSeconds) break;
    const auto now = static_cast<std::int64_t>(seconds * static_cast<double>(kSecond));
    const TimePoint time(std::chrono::seconds(static_cast<std::int64_t>(begin)) +
                         std::chrono::nanoseconds(now));
    taken += reservoir.take(time, traffic.size, choices) ? 1 : 0;
  }
  return static_cast<double>(taken) / kSeconds;
}

/// E[min(N, size)] of a Poisson number N.
double exact_of_calendar_seconds(const Traffic& traffic) {
  const double mean = traffic.requests_a_second;
  double probability = std::exp(-mean);
  double expected = traffic.size;
  for (std::uint32_t n = 0; n < traffic.size; ++n) {
    expected -= (traffic.size - n) * probability;
    probability *= mean / (n + 1);
  }
  return expected;
}

struct Kind {
  std::string_view name;
  std::string_view recorder;
  RuleKind rules;
  std::array<double, 4> takes;
};

// The first two are exact_of_calendar_seconds, the others what came out.
constexpr std::array<Kind, 9> kKinds = {{
    {"calendar seconds", "documented", RuleKind::central, {0.6321, 0.8647, 4.1227, 8.7489}},
    {"rounded seconds", "xray-node", RuleKind::local, {0.6321, 0.8647, 4.1227, 8.7489}},
    {"seconds from a request on (`envoy`)",
     "envoy",
     RuleKind::local,
     {0.4997, 0.6665, 3.8026, 8.3752}},
    {"tenths of a second (`xray-java`, local)",
     "xray-java",
     RuleKind::local,
     {0.4997, 0.6665, 3.8026, 8.0188}},
    {"full bucket (`otel-java`)", "otel-java", RuleKind::central, {0.4997, 0.6665, 4.4832, 9.4963}},
    {"full bucket of milliseconds (`otel-dotnet`)",
     "otel-dotnet",
     RuleKind::central,
     {0.4998, 0.6668, 4.4834, 9.4965}},
    {"empty bucket (`otel-python`)",
     "otel-python",
     RuleKind::central,
     {0.4997, 0.6665, 4.4832, 9.4962}},
    {"empty bucket of milliseconds (`otel-js`)",
     "otel-js",
     RuleKind::central,
     {0.4998, 0.6667, 4.4834, 9.4965}},
    {"lazy bucket (`otel-go`)", "otel-go", RuleKind::central, {0.4997, 0.6665, 4.5398, 9.5487}},
}};

std::string row_of(const Kind& kind) {
  std::ostringstream row;
  row.setf(std::ios::fixed);
  row.precision(4);
  row << "| " << kind.name;
  for (const double takes : kind.takes) row << " | " << takes;
  row << " |\n";
  return row.str();
}

}  // namespace

TEST_CASE("poisson arrivals: what each kind of window takes of them a second") {
  for (const Kind& kind : kKinds) {
    const ReservoirChoices& choices = find_recorder(kind.recorder)->reservoirs(kind.rules);
    for (std::size_t i = 0; i < kTraffic.size(); ++i) {
      CAPTURE(kind.name, kTraffic[i].size);
      // Of what is exact the sample is off by three standard errors at most.
      const double off = std::abs(taken_a_second(choices, kTraffic[i]) - kind.takes[i]);
      CHECK(off < (&kind < &kKinds[2] ? 0.01 : 0.005));
    }
  }
  for (std::size_t i = 0; i < kTraffic.size(); ++i) {
    CHECK(std::abs(exact_of_calendar_seconds(kTraffic[i]) - kKinds[0].takes[i]) < 5e-5);
    CHECK(std::abs(exact_of_calendar_seconds(kTraffic[i]) - kKinds[1].takes[i]) < 5e-5);
  }
}

TEST_CASE("poisson arrivals: the document says the same") {
  std::ifstream file(DOSIMETER_SOURCE_DIR "/docs/semantics.md");
  REQUIRE(file.is_open());
  std::ostringstream text;
  text << file.rdbuf();
  std::string table =
      "| requests a second, size | 1, 1 | 2, 1 | 5, 5 | 10, 10 |\n|---|---|---|---|---|\n";
  for (const Kind& kind : kKinds) table += row_of(kind);
  INFO(table);
  CHECK(text.str().find("\n\n" + table + "\n") != std::string::npos);
}
