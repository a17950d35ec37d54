#include "bench/goals.h"

#include "bench/scenario.h"

namespace dosimeter::bench {
namespace {

using Bound = Goal::Bound;

Goal ratio(std::string name, Bound bound, double limit, std::string figure, std::string divisor,
           double beyond = 0) {
  Goal goal;
  goal.name = std::move(name);
  goal.bound = bound;
  goal.limit = limit;
  goal.beyond = beyond;
  goal.figure = std::move(figure);
  goal.divisor = std::move(divisor);
  return goal;
}

/// So many times as fast as the linear twin.
Goal faster(const std::string& rules, double limit, double beyond) {
  return ratio("decide/" + rules + " is faster than linear", Bound::at_least, limit,
               "linear_decide/" + rules, "decide/" + rules, beyond);
}

/// So many times as many requests by two threads as by one.
Goal threads(const std::string& load, double limit) {
  const std::string name = "decide_two_threads/25/" + load;
  return ratio("two threads, " + load, Bound::at_least, limit, name + "/threads:1",
               name + "/threads:2");
}

Goal absolute(std::string name, double limit, std::string figure, std::string counter,
              std::string unit, double unit_size) {
  Goal goal = ratio(std::move(name), Bound::at_most, limit, std::move(figure), {});
  goal.counter = std::move(counter);
  goal.unit = std::move(unit);
  goal.unit_size = unit_size;
  return goal;
}

}  // namespace

std::vector<Goal> goals() {
  std::vector<Goal> all = {faster("25", 4, 5),       faster("1000", 22, 30),
                           faster("10000", 75, 100), threads("mixed", 1.8),
                           threads("used_up", 1.8),  threads("always_takes", 1)};
  for (const std::string shape : {"ends", "part", "question"}) {
    for (const std::string match : {"worst_text_", "decide_worst_text_"}) {
      for (const std::string bytes : {"/8000", "/16000"}) {
        const std::string figure = match + shape + bytes;
        all.push_back(ratio(figure + " against RE2", Bound::at_most, 2, figure,
                            "re2_worst_text_" + shape + bytes));
      }
      all.push_back(ratio(match + shape + ", doubled", Bound::at_most, 4.4,
                          match + shape + "/16000", match + shape + "/8000"));
    }
  }
  for (const Set set : kSets) {
    if (set == Set::typical || set == Set::same_traffic) continue;
    for (const std::string rules : {"/25", "/1000", "/10000"}) {
      const std::string figure = "decide_" + std::string(set_name(set)) + rules;
      all.push_back(
          ratio(figure + " against linear", Bound::at_most, 1.1, figure, "linear_" + figure));
    }
  }
  const double kib = 1024;
  const double mib = kib * 1024;
  all.push_back(absolute("compile/25", 1, "compile/25", {}, "ms", 1e6));
  all.push_back(absolute("compile/10000", 50, "compile/10000", {}, "ms", 1e6));
  all.push_back(
      absolute("compile/10000, memory kept", 16, "compile/10000", "kept_bytes", "MiB", mib));
  for (const std::string rules : {"25", "1000", "10000"}) {
    all.push_back(absolute("a Decider of " + rules + " rules", 256, "compile/" + rules,
                           "decider_bytes", "KiB", kib));
  }
  return all;
}

}  // namespace dosimeter::bench
