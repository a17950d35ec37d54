#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>

#include "sim/cli/shared_options.h"
#include "sim/failure.h"
#include "sim/predict/fleet.h"

#include <cstddef>
#include <optional>

namespace dosimeter::sim {

/// The options about instances and their reservoirs, checked; what they mean hangs on the rules and
/// the recorder, too.
struct FleetOptions {
  std::optional<RuleKind> mode;
  std::optional<Allocation> allocation;
  /// Its mode is not set yet.
  FleetSettings settings;

  /// Errors (usage): a value out of its range; --instances together with --instance-column.
  [[nodiscard]] static Result<FleetOptions, Failure> from_options(const SharedOptions& options);

  /// For rules of that kind under that recorder. The rules' kind is the mode where none is given,
  /// and a recorder that asks X-Ray for none has local ones. Errors (usage): a mode that the
  /// recorder does not know.
  [[nodiscard]] Result<FleetSettings, Failure> settings_for(RuleKind kind,
                                                            const Recorder& recorder) const;
};

/// Where requests are replayed there is a reservoir for each rule and instance, and not room for
/// any number of them (usage).
[[nodiscard]] std::optional<Failure> check_instances(const FleetSettings& fleet, std::size_t rules);

/// Options that say something of quotas need at least one fleet that has them (usage).
[[nodiscard]] std::optional<Failure> check_quota_options(const FleetOptions& options,
                                                         bool any_is_central);

}  // namespace dosimeter::sim
