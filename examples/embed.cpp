#include <dosimeter/sampler.h>

#include <chrono>
#include <cstdio>

int main() {
  using namespace dosimeter;
  auto rules = RuleSetBuilder()
                   .add(Rule::from({.name = "Cruddur",
                                    .priority = 9000,
                                    .fixed_rate = 0.1,
                                    .reservoir_size = 5,
                                    .service_name = "backend-flask"})
                            .value())
                   .build();
  Sampler sampler(std::move(rules).value());
  Decider decider = sampler.decider();  // one for each thread
  const Decision decision =
      decider.decide({.service_name = "backend-flask", .url_path = "/api/messages"},
                     std::chrono::system_clock::now(), /*draw=*/0.42);
  std::printf("%s %s\n", sampler.rule_name(decision.rule).c_str(),
              decision.sampled ? "sampled" : "not sampled");
}
