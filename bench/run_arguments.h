#pragma once

#include <optional>
#include <string>
#include <vector>

namespace dosimeter::bench {

/// Why a run cannot be, and the exit code that says so: 2 wrong options, 3 cannot write.
struct Fault {
  int code;
  std::string message;
};

/// The file that Google Benchmark's arguments have every repetition written to; the last one given
/// wins. Nothing where they name none.
[[nodiscard]] std::optional<std::string> output_path(const std::vector<std::string>& arguments);

/// What is wrong with Google Benchmark's arguments that it would not say, or not by its exit code:
/// formats it does not know, and a file that cannot be written. Leaves that file as it is.
[[nodiscard]] std::optional<Fault> check_arguments(const std::vector<std::string>& arguments);

/// Of a run that no benchmark took part in: the filter matches none, or is no regular expression.
[[nodiscard]] Fault nothing_ran(const std::vector<std::string>& arguments);

/// Whether what was written to a file is there to its last line. Google Benchmark does not look.
[[nodiscard]] std::optional<Fault> check_written(const std::string& path);

}  // namespace dosimeter::bench
