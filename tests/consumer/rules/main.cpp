// A stranger's program: reads a rule document and decides a request by it, and fails if an answer
// is wrong.
#include <dosimeter/rules/load.h>
#include <dosimeter/rules/sampling_rules_body.h>
#include <dosimeter/rules/sampling_targets_body.h>
#include <dosimeter/sampler.h>
#include <dosimeter/version.h>

#include <chrono>
#include <string_view>
#include <utility>

int main() {
  const dosimeter::rules::Source source{"xray.json", R"({"SamplingRule": {
    "RuleName": "Cruddur", "ResourceARN": "*", "Priority": 9000, "FixedRate": 0.1, "ReservoirSize": 5,
    "ServiceName": "backend-flask", "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "*",
    "Version": 1}})"};
  const dosimeter::rules::LoadResult loaded = dosimeter::rules::load_rules({&source, 1});
  if (!loaded.ok()) return 2;

  dosimeter::RuleSetBuilder builder;
  for (const dosimeter::rules::RuleEntry& entry : loaded.document->rules) builder.add(entry.rule);
  dosimeter::Sampler sampler(std::move(builder).build().value());

  const dosimeter::TimePoint now{std::chrono::seconds{1777888800}};
  const dosimeter::Decision decision = sampler.decide(
      {.service_name = "backend-flask", .url_path = "/api/activities/home"}, now, 0.5);
  namespace rules = dosimeter::rules;
  if (!rules::read_sampling_rules({"rules", rules::write_sampling_rules({})}).ok()) return 3;
  if (!rules::read_sampling_targets({"targets", rules::write_sampling_targets({})}).ok()) return 3;

  const bool right = decision.sampled && sampler.rule_name(decision.rule) == "Cruddur" &&
                     std::string_view(dosimeter::kVersion) == PACKAGE_VERSION;
  return right ? 0 : 1;
}
