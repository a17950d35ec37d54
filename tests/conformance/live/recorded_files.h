#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace dosimeter::conformance {

/// The files of tests/conformance/recorded that hold decisions (those of texts end in `.text.json`),
/// by name.
inline std::vector<std::string> recorded_files() {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(CONFORMANCE_DIRECTORY) + "/recorded")) {
    const std::string path = entry.path().string();
    if (path.ends_with(".json") && !path.ends_with(".text.json")) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace dosimeter::conformance
