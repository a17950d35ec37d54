#include "sim/cli/fleet_options.h"

#include "sim/cli/option_value.h"
#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace dosimeter::sim {
namespace {

/// Doubles, and so JSON, hold every number up to here.
constexpr std::uint64_t kMostSeed = std::uint64_t{1} << 53;

Result<std::optional<RuleKind>, Failure> mode_of(const std::optional<std::string>& text) {
  if (!text) return std::optional<RuleKind>();
  if (*text == "central") return std::optional(RuleKind::central);
  if (*text == "local") return std::optional(RuleKind::local);
  return Failure{ExitCode::usage,
                 "--mode must be central or local, got " + in_quotes(*text, kShownBytes)};
}

Result<std::optional<Allocation>, Failure> allocation_of(const std::optional<std::string>& text) {
  if (!text) return std::optional<Allocation>();
  for (const Allocation allocation : kAllocations) {
    if (*text == allocation_name(allocation)) return std::optional(allocation);
  }
  return Failure{ExitCode::usage, "--allocation must be even, proportional or borrow-only, got " +
                                      in_quotes(*text, kShownBytes)};
}

}  // namespace

Result<FleetOptions, Failure> FleetOptions::from_options(const SharedOptions& options) {
  FleetOptions fleet;
  auto mode = mode_of(options.mode);
  if (!mode) return mode.error();
  fleet.mode = mode.value();
  auto allocation = allocation_of(options.allocation);
  if (!allocation) return allocation.error();
  fleet.allocation = allocation.value();
  fleet.settings.allocation = fleet.allocation.value_or(Allocation::even);
  fleet.settings.startup = options.startup;
  const NamedText names[] = {{"--instance-column", &options.instance_column}};
  if (auto failure = check_not_empty(names)) return *std::move(failure);
  if (options.instances && options.instance_column) {
    return Failure{ExitCode::usage,
                   "--instances and --instance-column exclude each other: the column says how many "
                   "instances there are"};
  }
  if (options.instances) {
    const auto number = count_option("--instances", *options.instances, kMostInstances);
    if (!number || number.value() == 0) {
      return Failure{ExitCode::usage, "--instances must be a whole number from 1 to " +
                                          std::to_string(kMostInstances) + ", got " +
                                          in_quotes(*options.instances, kShownBytes)};
    }
    fleet.settings.instances = number.value();
  }
  fleet.settings.column = options.instance_column.value_or("");
  if (options.seed) {
    const auto seed = count_option("--seed", *options.seed, kMostSeed);
    if (!seed) return seed.error();
    fleet.settings.seed = seed.value();
  }
  return fleet;
}

Result<FleetSettings, Failure> FleetOptions::settings_for(RuleKind kind,
                                                          const Recorder& recorder) const {
  const std::string name(recorder.name);
  FleetSettings fleet = settings;
  fleet.mode = mode.value_or(recorder.reads_central_rules ? kind : RuleKind::local);
  if (fleet.mode == RuleKind::central && !recorder.reads_central_rules) {
    return Failure{ExitCode::usage, "--mode central: " + name +
                                        " asks X-Ray for no rules, so that each instance has the "
                                        "whole of every reservoir"};
  }
  if (fleet.mode == RuleKind::local && !recorder.local) {
    return Failure{ExitCode::usage, "--mode local: " + name + " knows no local rules"};
  }
  if (fleet.mode == RuleKind::local) {
    fleet.startup = false;
    fleet.allocation = Allocation::even;
  }
  return fleet;
}

std::optional<Failure> check_instances(const FleetSettings& fleet, std::size_t rules) {
  const std::uint64_t most = most_instances(rules);
  if (fleet.instances <= most) return std::nullopt;
  return Failure{ExitCode::usage, "--instances: expected at most " + std::to_string(most) +
                                      " with " + std::to_string(rules) +
                                      " rules that are replayed, got " +
                                      std::to_string(fleet.instances)};
}

std::optional<Failure> check_quota_options(const FleetOptions& options, bool any_is_central) {
  if (any_is_central) return std::nullopt;
  const char* option = options.allocation         ? "--allocation"
                       : options.settings.startup ? "--startup"
                                                  : nullptr;
  if (option == nullptr) return std::nullopt;
  return Failure{ExitCode::usage, std::string(option) +
                                      " is about quotas of central rules: expected --mode central, "
                                      "got local rules, of which each instance has the whole "
                                      "reservoir"};
}

}  // namespace dosimeter::sim
