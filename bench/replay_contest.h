#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace dosimeter::bench {

/// Rules of the replay's benchmarks.
inline constexpr std::size_t kRules = 25;

struct ReplayContestOptions {
  /// This program, which is run again as the getline twin, and the command that is measured.
  std::string self;
  std::string simulate;
  std::uint64_t bytes = 300'000'000;
  int repetitions = 7;
  /// Also the memory of logs ten times as large, which are never written to a disk.
  bool memory = false;
  /// Where every repetition is written to; empty for nowhere.
  std::string json;
  std::string commit;
};

/// Writes logs, runs whoever is compared in turn, compares their counts, and prints medians,
/// spreads and how the goals are met. Returns an exit code: 1 where answers differ, 3 where
/// something cannot be written or run.
[[nodiscard]] int run_replay_contest(const ReplayContestOptions& options);

}  // namespace dosimeter::bench
