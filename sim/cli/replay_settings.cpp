#include "sim/cli/replay_settings.h"

#include "sim/cli/option_value.h"
#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <array>
#include <string_view>

namespace dosimeter::sim {
namespace {

constexpr LogColumn kEndpointColumns[] = {LogColumn::path, LogColumn::request, LogColumn::method};
constexpr LogColumn kStatusColumns[] = {LogColumn::status};
constexpr std::array<std::string_view, 3> kTableNames = {"endpoint", "status", "hour"};

Result<GroupTables, Failure> tables_of(const std::vector<std::string>& names) {
  GroupTables tables;
  for (const std::string& name : names) {
    if (name == "endpoint") {
      tables.by_endpoint = true;
    } else if (name == "status") {
      tables.by_status = true;
    } else if (name == "hour") {
      tables.by_hour = true;
    } else {
      const auto nearest = nearest_name(name, kTableNames);
      return Failure{ExitCode::usage,
                     "--by must be endpoint, status or hour, got " + in_quotes(name, kShownBytes) +
                         (nearest ? ", did you mean " + std::string(*nearest) + "?" : "")};
    }
  }
  return tables;
}

}  // namespace

Result<ReplaySettings, Failure> ReplaySettings::from_options(const ReplayOptions& options) {
  ReplaySettings settings;
  if (options.recorder) {
    auto recorder = recorder_option("--recorder", *options.recorder);
    if (!recorder) return recorder.error();
    settings.recorder = *recorder.value();
  }
  auto tables = tables_of(options.by);
  if (!tables) return tables.error();
  settings.tables = tables.value();
  // Last, because it may read a file.
  auto shared = SharedSettings::from_options(options);
  if (!shared) return shared.error();
  static_cast<SharedSettings&>(settings) = std::move(shared).value();
  if (settings.tables.by_endpoint) {
    settings.logs.log.wanted.push_back({"--by endpoint", kEndpointColumns});
  }
  if (settings.tables.by_status) {
    settings.logs.log.wanted.push_back({"--by status", kStatusColumns});
    settings.logs.log.reads_status = true;
  }
  return settings;
}

}  // namespace dosimeter::sim
