#include "sim/cli/fleet_options.h"
#include "sim/cli/replay_options.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

namespace dosimeter::sim {
namespace {

Result<FleetOptions, Failure> fleet(const std::vector<std::string>& arguments) {
  return FleetOptions::from_options(parse_replay_options(arguments).value());
}

std::string error(const std::vector<std::string>& arguments) {
  const auto options = fleet(arguments);
  REQUIRE_FALSE(options.has_value());
  CHECK(options.error().code == ExitCode::usage);
  return options.error().message;
}

TEST_CASE("fleet options: defaults") {
  const FleetOptions options = fleet({}).value();
  CHECK_FALSE(options.mode.has_value());
  CHECK_FALSE(options.allocation.has_value());
  CHECK(options.settings.instances == 1);
  CHECK(options.settings.seed == 1);
  CHECK_FALSE(options.settings.startup);
}

TEST_CASE("fleet options: ranges") {
  CHECK(fleet({"--instances", "10000"}).value().settings.instances == 10'000);
  CHECK(error({"--instances", "0"}) ==
        "--instances must be a whole number from 1 to 10000, got \"0\"");
  CHECK(error({"--instances", "10001"}) ==
        "--instances must be a whole number from 1 to 10000, got \"10001\"");
  CHECK(error({"--mode", "Central"}) == "--mode must be central or local, got \"Central\"");
  CHECK(error({"--allocation", "fair"}) ==
        "--allocation must be even, proportional or borrow-only, got \"fair\"");
  CHECK(fleet({"--allocation", "borrow-only"}).value().settings.allocation ==
        Allocation::borrow_only);
  CHECK(error({"--instance-column", ""}).find("--instance-column") == 0);
  CHECK(error({"--instances", "2", "--instance-column", "pod"}).find("exclude each other") !=
        std::string::npos);
  CHECK(error({"--seed", "-1"}).find("--seed") == 0);
}

TEST_CASE("fleet options: the mode is the rules', but for what a recorder cannot do") {
  Recorder local_only;
  local_only.name = "proxy";
  local_only.reads_central_rules = false;
  Recorder central_only;
  central_only.name = "otel";
  central_only.local.reset();
  const FleetOptions none = fleet({}).value();
  CHECK(none.settings_for(RuleKind::central, Recorder{}).value().mode == RuleKind::central);
  CHECK(none.settings_for(RuleKind::local, Recorder{}).value().mode == RuleKind::local);
  CHECK(none.settings_for(RuleKind::central, local_only).value().mode == RuleKind::local);
  const FleetOptions local = fleet({"--mode", "local"}).value();
  CHECK(local.settings_for(RuleKind::central, Recorder{}).value().mode == RuleKind::local);
  CHECK(local.settings_for(RuleKind::central, central_only).error().code == ExitCode::usage);
  const FleetOptions central = fleet({"--mode", "central"}).value();
  CHECK(central.settings_for(RuleKind::local, Recorder{}).value().mode == RuleKind::central);
  CHECK(central.settings_for(RuleKind::central, local_only).error().code == ExitCode::usage);
}

TEST_CASE("fleet options: reservoirs have to have room") {
  FleetSettings fleet;
  fleet.instances = 10'000;
  CHECK_FALSE(check_instances(fleet, 400).has_value());
  REQUIRE(check_instances(fleet, 401).has_value());
  CHECK(check_instances(fleet, 401)->message ==
        "--instances: expected at most 9975 with 401 rules that are replayed, got 10000");
  fleet.instances = 1;
  CHECK_FALSE(check_instances(fleet, 100'000'000).has_value());
}

TEST_CASE("fleet options: what is about quotas needs quotas") {
  CHECK(check_quota_options(fleet({"--startup"}).value(), false).has_value());
  CHECK(check_quota_options(fleet({"--allocation", "even"}).value(), false).has_value());
  CHECK_FALSE(check_quota_options(fleet({"--startup"}).value(), true).has_value());
  CHECK_FALSE(check_quota_options(fleet({"--instances", "3"}).value(), false).has_value());
}

}  // namespace
}  // namespace dosimeter::sim
