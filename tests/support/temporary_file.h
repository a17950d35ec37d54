#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace dosimeter::test {

/// A file that is there as long as the value is, in the system's directory for such files.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content, std::string_view extension = ".csv") {
    static std::atomic<unsigned> next{0};
    path_ = (std::filesystem::temp_directory_path() /
             ("dosimeter-test-" + std::to_string(::getpid()) + "-" + std::to_string(++next)))
                .string();
    path_ += extension;
    std::ofstream file(path_, std::ios::binary);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace dosimeter::test
