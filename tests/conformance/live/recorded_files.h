#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace dosimeter::conformance {

/// The files of tests/conformance/recorded that hold decisions, by name.
inline std::vector<std::string> recorded_files() {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(CONFORMANCE_DIRECTORY) + "/recorded")) {
    // Of texts and of whole SDKs there are `xray-python.text.json` and the like.
    const bool is_of_decisions = entry.path().stem().extension().empty();
    if (is_of_decisions) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace dosimeter::conformance
