#include "sim/cli/report_output.h"

#include "sim/log/byte_source.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace dosimeter::sim {
namespace {

Failure cannot_write(const std::string& path, int error) {
  return {ExitCode::input_output,
          "cannot write " + name_in_sentence(path) + ": " + system_message(error)};
}

}  // namespace

std::optional<Failure> ReportOutput::check() const {
  if (path_.empty()) return std::nullopt;
  std::error_code ignored;
  if (std::filesystem::is_directory(path_, ignored)) {
    return Failure{ExitCode::input_output,
                   "cannot write " + name_in_sentence(path_) + ": it is a directory"};
  }
  const bool exists = std::filesystem::exists(path_, ignored);
  std::filesystem::path place =
      exists ? std::filesystem::path(path_) : std::filesystem::path(path_).parent_path();
  if (place.empty()) place = ".";
  if (access(place.c_str(), W_OK) != 0) return cannot_write(path_, errno);
  return std::nullopt;
}

std::optional<Failure> ReportOutput::write(std::string_view text, Console& console) const {
  if (path_.empty()) return console.print(text);
  std::FILE* file = std::fopen(path_.c_str(), "w");
  if (file == nullptr) return cannot_write(path_, errno);
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int write_error = errno;
  // Only closing tells whether all of it has arrived.
  const bool closed = std::fclose(file) == 0;
  if (!written) return cannot_write(path_, write_error);
  if (!closed) return cannot_write(path_, errno);
  return std::nullopt;
}

}  // namespace dosimeter::sim
