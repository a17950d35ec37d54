#include "sim/cli/report_output.h"

#include "sim/log/byte_source.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace dosimeter::sim {
namespace {

constexpr const char* kStandardStream = "-";

Failure cannot_write(const std::string& path, int error) {
  return {ExitCode::input_output,
          "cannot write " + name_in_sentence(path) + ": " + system_message(error)};
}

}  // namespace

ReportOutput::ReportOutput(std::optional<std::string> path) : path_(std::move(path)) {
  if (path_ == kStandardStream) path_.reset();
}

std::optional<Failure> ReportOutput::check(std::span<const std::string> inputs) const {
  if (!path_) return std::nullopt;
  std::error_code ignored;
  if (std::filesystem::is_directory(*path_, ignored)) {
    return Failure{ExitCode::input_output,
                   "cannot write " + name_in_sentence(*path_) + ": it is a directory"};
  }
  for (const std::string& input : inputs) {
    if (!std::filesystem::equivalent(*path_, input, ignored)) continue;
    return Failure{ExitCode::usage,
                   "--output must not be a file that is read, got " + name_in_sentence(*path_)};
  }
  const bool exists = std::filesystem::exists(*path_, ignored);
  std::filesystem::path place(*path_);
  if (!exists) place = place.has_parent_path() ? place.parent_path() : ".";
  if (access(place.c_str(), W_OK) != 0) return cannot_write(*path_, errno);
  return std::nullopt;
}

std::optional<Failure> ReportOutput::write(std::string_view text, Console& console) const {
  if (!path_) return console.print(text);
  std::FILE* file = std::fopen(path_->c_str(), "w");
  if (file == nullptr) return cannot_write(*path_, errno);
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int write_error = errno;
  // Only closing tells whether all of it has arrived.
  const bool closed = std::fclose(file) == 0;
  if (!written) return cannot_write(*path_, write_error);
  if (!closed) return cannot_write(*path_, errno);
  return std::nullopt;
}

}  // namespace dosimeter::sim
