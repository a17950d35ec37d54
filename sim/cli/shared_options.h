#pragma once

#include "sim/cli/command_line.h"
#include "sim/failure.h"

#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

/// The options of every command that replays logs: texts, nothing checked but that each has its
/// value. Ranges and defaults belong to `SharedSettings::from_options`.
struct SharedOptions {
  std::vector<std::string> rules;
  std::vector<std::string> logs;
  std::optional<std::string> log_format;
  std::optional<std::string> tz;
  std::vector<std::string> maps;
  std::optional<std::string> service;
  std::optional<std::string> host;
  std::optional<std::string> dynamic_naming;
  std::optional<std::string> base_path;
  std::vector<std::string> rewrites;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::vector<std::string> where;
  std::optional<std::string> sample_of;
  std::optional<std::string> scale_traffic;
  bool strict = false;
  std::optional<std::string> reorder_memory;
  std::optional<std::string> threads;
  std::optional<std::string> mode;
  std::optional<std::string> instances;
  std::optional<std::string> instance_column;
  std::optional<std::string> allocation;
  bool startup = false;
  std::optional<std::string> seed;
  std::optional<std::string> confidence;
  std::optional<std::string> prices;
  std::optional<std::string> free_tier_used;
  std::optional<std::string> month_hours;
  std::optional<std::string> format;
  std::optional<std::string> output;
  bool help = false;
};

/// Binds to `options`, which must outlive the call of parse, those that say which rules and rows
/// are read, and where the answer goes.
void declare_input_options(CommandLine& line, SharedOptions& options);
/// All of them.
void declare_shared_options(CommandLine& line, SharedOptions& options);

/// Every file that is read, as often as it is named, with `logs` as what `--log` stands for.
[[nodiscard]] std::vector<std::string> input_paths(const SharedOptions& options,
                                                   const std::vector<std::string>& logs);

/// Whether there is a log, and no input is to be read twice (usage). `help` is what a lost user is
/// sent to: `simulate --help`.
[[nodiscard]] std::optional<Failure> check_inputs(const SharedOptions& options,
                                                  const std::string& help);

/// Names of files for a report, fit for a terminal.
[[nodiscard]] std::vector<std::string> shown_names(const std::vector<std::string>& paths);

}  // namespace dosimeter::sim
