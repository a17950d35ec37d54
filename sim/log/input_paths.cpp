#include "sim/log/input_paths.h"

#include "sim/log/byte_source.h"

#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace dosimeter::sim {
namespace {

using Paths = std::vector<std::string>;

Failure cannot(const char* verb, const std::string& path, int error) {
  return {ExitCode::input_output,
          fmt::format("cannot {} {}: {}", verb, name_in_sentence(path), system_message(error))};
}

Failure holds_nothing(const std::string& message) {
  return {ExitCode::input_output, message};
}

std::optional<struct stat> facts_of(const std::string& path) {
  struct stat facts = {};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  return facts;
}

bool is_directory(const std::string& path) {
  const auto facts = facts_of(path);
  return facts && S_ISDIR(facts->st_mode);
}

Result<Paths, Failure> files_in(const std::string& directory) {
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  Paths files;
  for (const std::filesystem::directory_iterator end; !error && entries != end;
       entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    if (name.starts_with('.')) continue;
    std::string path = entries->path().string();
    // A link to nowhere stays, so that it is missed.
    if (!is_directory(path)) files.push_back(std::move(path));
  }
  if (error) return cannot("read", directory, error.value());
  if (files.empty()) {
    return holds_nothing(
        fmt::format("there is no log in the directory {}: its own directories and "
                    "files with a dot in front are not read",
                    name_in_sentence(directory)));
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct GlobDeleter {
  void operator()(glob_t* found) const {
    ::globfree(found);
    delete found;
  }
};

Result<Paths, Failure> matches_of(const std::string& pattern) {
  const std::unique_ptr<glob_t, GlobDeleter> found(new glob_t{});
  switch (::glob(pattern.c_str(), GLOB_ERR | GLOB_NOSORT, nullptr, found.get())) {
    case 0:
      break;
    case GLOB_NOMATCH:
      return holds_nothing(fmt::format("no file matches {}", name_in_sentence(pattern)));
    case GLOB_ABORTED:
      return cannot("read a directory of", pattern, errno);
    default:
      return cannot("match", pattern, ENOMEM);
  }
  Paths paths(found->gl_pathv, found->gl_pathv + found->gl_pathc);
  std::sort(paths.begin(), paths.end());
  return paths;
}

Result<Paths, Failure> expanded(const std::string& given) {
  if (given == kStandardInput) return Paths{given};
  const auto facts = facts_of(given);
  if (facts) return S_ISDIR(facts->st_mode) ? files_in(given) : Paths{given};
  if (given.find_first_of("*?[") == given.npos) return Paths{given};
  auto matches = matches_of(given);
  if (!matches) return matches;
  Paths paths;
  for (const std::string& match : matches.value()) {
    if (!is_directory(match)) {
      paths.push_back(match);
      continue;
    }
    auto files = files_in(match);
    if (!files) return files;
    paths.insert(paths.end(), files.value().begin(), files.value().end());
  }
  return paths;
}

/// Regular files alone: a pipe has other bytes each time.
std::optional<Failure> twice_the_same(const Paths& paths) {
  std::map<std::pair<dev_t, ino_t>, const std::string*> seen;
  for (const std::string& path : paths) {
    const auto facts = path == kStandardInput ? std::nullopt : facts_of(path);
    if (!facts || !S_ISREG(facts->st_mode)) continue;
    const auto [first, is_new] = seen.try_emplace({facts->st_dev, facts->st_ino}, &path);
    if (is_new) continue;
    const std::string& other = *first->second;
    return Failure{
        ExitCode::usage,
        other == path
            ? fmt::format("--log must name a file once, got {} twice", name_in_sentence(path))
            : fmt::format("--log must name a file once, got {} and {}, which are one",
                          name_in_sentence(other), name_in_sentence(path))};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<std::string>, Failure> expand_input_paths(std::span<const std::string> given) {
  Paths paths;
  for (const std::string& name : given) {
    auto found = expanded(name);
    if (!found) return found;
    paths.insert(paths.end(), found.value().begin(), found.value().end());
  }
  if (auto failure = twice_the_same(paths)) return *std::move(failure);
  return paths;
}

}  // namespace dosimeter::sim
