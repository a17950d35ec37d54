// A stranger's program: decides two requests, and fails if an answer is wrong. PACKAGE_VERSION is
// what the package said.
#include <dosimeter/sampler.h>
#include <dosimeter/version.h>

#include <chrono>
#include <string_view>
#include <utility>

int main() {
  dosimeter::RuleSetBuilder builder;
  builder.add(dosimeter::Rule::from({.name = "Cruddur",
                                     .priority = 9000,
                                     .fixed_rate = 0.1,
                                     .reservoir_size = 1,
                                     .service_name = "backend-flask"})
                  .value());
  dosimeter::Sampler sampler(std::move(builder).build().value());
  dosimeter::Decider decider = sampler.decider();

  const dosimeter::TimePoint now{std::chrono::seconds{1777888800}};
  const dosimeter::Decision first = decider.decide({.service_name = "backend-flask"}, now, 0.5);
  const dosimeter::Decision second = decider.decide({.service_name = "backend-flask"}, now, 0.5);

  const bool right = first.sampled && first.cause == dosimeter::Cause::reservoir &&
                     sampler.rule_name(first.rule) == "Cruddur" && !second.sampled &&
                     second.cause == dosimeter::Cause::refused_by_rate &&
                     second.probability == 0.1 &&
                     std::string_view(dosimeter::kVersion) == PACKAGE_VERSION;
  return right ? 0 : 1;
}
