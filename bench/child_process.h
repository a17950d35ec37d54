#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace dosimeter::bench {

/// What a program took.
struct ChildRun {
  double seconds = 0;
  double cpu_seconds = 0;
  /// The most memory it had resident, in bytes.
  std::uint64_t resident_bytes = 0;
  int exit_code = 0;
};

/// Runs a program to its end, what it prints going to the file `output`. `feed`, where there is
/// one, is given a descriptor to write its standard input to, in a process of its own. Fails by an
/// exit code of 127 where the program cannot be run.
[[nodiscard]] ChildRun run_child(const std::vector<std::string>& command, const std::string& output,
                                 const std::function<void(int)>& feed = {});

}  // namespace dosimeter::bench
