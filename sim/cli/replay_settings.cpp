#include "sim/cli/replay_settings.h"

#include "sim/cli/option_value.h"

namespace dosimeter::sim {

Result<ReplaySettings, Failure> ReplaySettings::from_options(const ReplayOptions& options) {
  ReplaySettings settings;
  if (options.recorder) {
    auto recorder = recorder_option("--recorder", *options.recorder);
    if (!recorder) return recorder.error();
    settings.recorder = *recorder.value();
  }
  // Last, because it may read a file.
  auto shared = SharedSettings::from_options(options);
  if (!shared) return shared.error();
  static_cast<SharedSettings&>(settings) = std::move(shared).value();
  return settings;
}

}  // namespace dosimeter::sim
