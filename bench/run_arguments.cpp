#include "bench/run_arguments.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace dosimeter::bench {
namespace {

constexpr int kWrongOptions = 2;
constexpr int kCannotWrite = 3;

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

/// The value of `--option=value`, of the last such argument.
std::optional<std::string> value_of(std::string_view option,
                                    const std::vector<std::string>& arguments) {
  const std::string start = std::string(option) + "=";
  const auto found = std::find_if(arguments.rbegin(), arguments.rend(),
                                  [&](const auto& one) { return one.starts_with(start); });
  if (found == arguments.rend()) return std::nullopt;
  return found->substr(start.size());
}

std::string reason_of(int error) {
  std::string reason = std::generic_category().message(error);
  reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  return reason;
}

}  // namespace

std::optional<std::string> output_path(const std::vector<std::string>& arguments) {
  return value_of("--benchmark_out", arguments);
}

std::optional<Fault> check_arguments(const std::vector<std::string>& arguments) {
  constexpr std::array kFormats = {"console", "json", "csv"};
  for (const char* option : {"--benchmark_format", "--benchmark_out_format"}) {
    const auto format = value_of(option, arguments);
    if (format && std::find(kFormats.begin(), kFormats.end(), *format) == kFormats.end()) {
      return Fault{kWrongOptions, std::string(option) + " must be console, json or csv, got " +
                                      in_quotes(*format)};
    }
  }
  const auto path = output_path(arguments);
  if (!path) return std::nullopt;
  if (path->empty()) {
    return Fault{kWrongOptions, "expected the name of a file to write to, got \"\""};
  }
  std::error_code ignored;
  const bool was_there = std::filesystem::exists(*path, ignored);
  errno = 0;
  const bool opens = std::ofstream(*path, std::ios::app).is_open();
  const int error = errno;
  if (!opens)
    return Fault{kCannotWrite, "cannot write " + in_quotes(*path) + ": " + reason_of(error)};
  if (!was_there) std::filesystem::remove(*path, ignored);
  return std::nullopt;
}

Fault nothing_ran(const std::vector<std::string>& arguments) {
  return {kWrongOptions,
          "expected a regular expression that matches a benchmark (--benchmark_list_tests lists "
          "them), got " +
              in_quotes(value_of("--benchmark_filter", arguments).value_or(""))};
}

std::optional<Fault> check_written(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  file.seekg(-1, std::ios::end);
  if (file.get() == '\n') return std::nullopt;
  return Fault{kCannotWrite,
               "expected all of it in " + in_quotes(path) + ", got a part: disk full?"};
}

}  // namespace dosimeter::bench
