#include "bench/judge.h"
#include "bench/report.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace dosimeter::bench;

namespace {

/// Three repetitions around `nanoseconds`; `spread` is their coefficient of variation.
Measured measured(std::string name, double nanoseconds, double spread = 0.01) {
  return {std::move(name),
          {nanoseconds * (1 - spread), nanoseconds, nanoseconds * (1 + spread)},
          {},
          {}};
}

Goal at_least(double limit, double beyond = 0) {
  Goal goal;
  goal.name = "faster";
  goal.limit = limit;
  goal.beyond = beyond;
  goal.figure = "slow";
  goal.divisor = "fast";
  return goal;
}

std::string text_of(const Goal& goal, const std::vector<Measured>& all) {
  return judge({goal}, all).front().text;
}

}  // namespace

TEST_CASE("median and spread of repetitions") {
  Measured odd{"odd", {3, 1, 2}, {}, {}};
  CHECK(odd.median() == 2);
  CHECK(odd.spread() == Approx(0.5));
  Measured even{"even", {4, 1, 2, 3}, {}, {}};
  CHECK(even.median() == 2.5);
  CHECK(Measured{"one", {7}, {}, {}}.spread() == 0);
}

TEST_CASE("a ratio of medians is held to a limit, and to what is hoped for beyond") {
  const std::vector<Measured> all = {measured("fast", 50), measured("slow", 210)};
  CHECK(judge({at_least(4)}, all).front().value == Approx(4.2));
  CHECK(text_of(at_least(4, 5), all) == "met");
  CHECK(text_of(at_least(4, 4.1), all) == "met, beyond 4.1 too");
  CHECK(text_of(at_least(4.3), all) == "missed");
  Goal at_most = at_least(4.3);
  at_most.bound = Goal::Bound::at_most;
  CHECK(text_of(at_most, all) == "met");
  at_most.limit = 4.1;
  CHECK(text_of(at_most, all) == "missed");
}

TEST_CASE("a ratio is not judged when either figure spreads too far") {
  CHECK(text_of(at_least(4), {measured("fast", 50, 0.07), measured("slow", 210)}) ==
        "not judged: spread 7.0 % of fast");
  CHECK(text_of(at_least(4), {measured("fast", 50), measured("slow", 210, 0.12)}) ==
        "not judged: spread 12 % of slow");
  CHECK(text_of(at_least(4), {measured("fast", 50, 0.049), measured("slow", 210, 0.049)}) == "met");
}

TEST_CASE("what was not measured, or failed, is no verdict") {
  CHECK(text_of(at_least(4), {measured("slow", 210)}) == "not measured");
  Measured failed = measured("fast", 50);
  failed.error = "wrong rule";
  CHECK(text_of(at_least(4), {failed, measured("slow", 210)}) == "not measured");
}

TEST_CASE("a time and a counter are held to a limit of their own unit") {
  Goal time;
  time.bound = Goal::Bound::at_most;
  time.limit = 50;
  time.unit = "ms";
  time.unit_size = 1e6;
  time.figure = "compile";
  Measured compile = measured("compile", 51e6, 0.001);
  CHECK(text_of(time, {compile}) == "missed");
  time.limit = 52;
  CHECK(text_of(time, {compile}) == "met");

  Goal memory = time;
  memory.counter = "kept_bytes";
  memory.unit_size = 1024;
  memory.limit = 2;
  CHECK(text_of(memory, {compile}) == "not measured");
  // How far the times lie apart says nothing of the memory.
  compile = measured("compile", 51e6, 0.2);
  compile.counters["kept_bytes"] = 2049;
  CHECK(text_of(memory, {compile}) == "missed");
  compile.counters["kept_bytes"] = 2048;
  CHECK(text_of(memory, {compile}) == "met");
}

TEST_CASE("goals name each benchmark once as what it is compared for") {
  std::vector<std::string> names;
  for (const Goal& goal : goals()) names.push_back(goal.name);
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("a report shows figures, failures and verdicts, as text and as Markdown") {
  Measured failed{"broken", {}, {}, "wrong rule"};
  std::vector<Measured> all = {measured("fast", 50), measured("slow", 4210), failed};
  all[1].counters["kept_bytes"] = 3 * 1024 * 1024;
  all[1].counters["items_per_second"] = 7;
  const std::vector<Verdict> verdicts = judge({at_least(4)}, all);
  CHECK(
      report({"a machine", "a compiler", "abc"}, all, verdicts, ReportForm::text) ==
      "a machine; a compiler; commit abc; medians of 3 repetitions, spread: standard deviation by "
      "mean\n"
      "\n"
      "benchmark   median  spread  beside\n"
      "fast         50 ns   1.0 %\n"
      "slow       4.21 us   1.0 %  kept 3 MiB\n"
      "broken           -       -  FAILED: wrong rule\n"
      "\n"
      "goal            medians                   ratio  limit  verdict\n"
      "faster  4.21 us (1.0 %)  / 50 ns (1.0 %)   84.2   >= 4  met\n"
      "\n"
      "goals: 1 met, 0 missed, 0 not judged, 0 not measured\n");
  CHECK(report({"a machine", "a compiler", ""}, {all[0]}, {}, ReportForm::markdown) ==
        "a machine; a compiler; medians of 3 repetitions, spread: standard deviation by mean\n"
        "\n"
        "| benchmark | median | spread | beside |\n"
        "|---|--:|--:|---|\n"
        "| fast | 50 ns | 1.0 % |  |\n"
        "\n");
}
