#include "bench/contest.h"

#include <map>
#include <utility>

namespace dosimeter::bench {
namespace {

std::vector<Rule> with_default(std::vector<Rule> rules) {
  rules.push_back(Rule::shipped_default());
  return rules;
}

bool same(const Decision& a, const Decision& b) {
  return a.rule == b.rule && a.sampled == b.sampled && a.cause == b.cause;
}

}  // namespace

Contest::Contest(Set set, std::size_t rule_count)
    : scenario(make_scenario(set, rule_count)),
      sampler(compiled(scenario.rules)),
      engine{sampler.decider()},
      linear{LinearDecider(with_default(scenario.rules))} {
  if (set == Set::typical || set == Set::same_traffic) {
    re2.reset(new Contestant<Re2Decider>{Re2Decider(with_default(scenario.rules))});
  }
  compare_all();
}

void Contest::compare_all() {
  TimePoint now = kStart;
  const std::span<const Asked> asked = scenario.requests.asked();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (scenario.renews_hosts()) scenario.requests.renew_host(i, next_host++);
    now += kStep;
    const Decision ours = engine.decider.decide(asked[i].request, now, asked[i].draw);
    const bool as_linear = same(ours, linear.decider.decide(asked[i].request, now, asked[i].draw));
    const bool as_re2 =
        !re2 || same(ours, re2->decider.decide(asked[i].request, now, asked[i].draw));
    if (as_linear && as_re2) continue;
    disagreement = "request " + std::to_string(i) + " of " + std::string(set_name(scenario.set)) +
                   "/" + std::to_string(scenario.rules.size()) + " is decided otherwise by " +
                   (as_linear ? "RE2" : "the linear twin");
    return;
  }
  engine.now = linear.now = now;
  if (re2) re2->now = now;
}

Contest& contest(Set set, std::size_t rule_count) {
  static std::map<std::pair<Set, std::size_t>, std::unique_ptr<Contest>> known;
  std::unique_ptr<Contest>& place = known[{set, rule_count}];
  if (!place) place = std::make_unique<Contest>(set, rule_count);
  return *place;
}

}  // namespace dosimeter::bench
