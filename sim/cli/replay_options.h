#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The command line as it was given: texts, nothing checked but that each option is known and has
/// its value. Ranges and defaults belong to `ReplaySettings::from_options`.
struct ReplayOptions {
  std::vector<std::string> rules;
  std::vector<std::string> logs;
  std::optional<std::string> recorder;
  std::vector<std::string> maps;
  std::optional<std::string> service;
  std::optional<std::string> host;
  std::optional<std::string> dynamic_naming;
  std::optional<std::string> base_path;
  std::optional<std::string> from;
  std::optional<std::string> to;
  bool strict = false;
  std::optional<std::string> reorder_memory;
  std::optional<std::string> confidence;
  std::optional<std::string> prices;
  std::optional<std::string> free_tier_used;
  std::optional<std::string> month_hours;
  std::optional<std::string> format;
  std::optional<std::string> output;
  bool help = false;
  bool version = false;
};

/// Errors (usage): an unknown option, with the one that was likely meant; a missing value; one
/// given twice.
[[nodiscard]] Result<ReplayOptions, Failure> parse_replay_options(
    std::span<const std::string> arguments);

/// Every long option, for the test that holds the help text to them.
[[nodiscard]] std::vector<std::string> replay_option_names();

}  // namespace dosimeter::sim
