#include "sim/log/byte_source.h"

#include "sim/log/quoted_text.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace dosimeter::sim {
namespace {

Failure cannot(const char* verb, const std::string& path, int error) {
  return {ExitCode::input_output,
          fmt::format("cannot {} {}: {}", verb, name_in_sentence(path), system_message(error))};
}

Failure is_directory(const std::string& path) {
  return {ExitCode::input_output, fmt::format("{} is a directory", name_in_sentence(path))};
}

class DescriptorSource final : public ByteSource {
 public:
  DescriptorSource(std::string path, int descriptor, bool owned) noexcept
      : path_(std::move(path)), descriptor_(descriptor), owned_(owned) {}
  ~DescriptorSource() override {
    if (owned_) ::close(descriptor_);
  }

  Result<std::size_t, Failure> read(std::span<char> block) override {
    const ssize_t count = ::read(descriptor_, block.data(), block.size());
    if (count < 0) return errno == EISDIR ? is_directory(path_) : cannot("read", path_, errno);
    bytes_read_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }

  std::uint64_t bytes_read() const noexcept override { return bytes_read_; }

 private:
  std::string path_;
  int descriptor_;
  bool owned_;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>, Failure> open_bytes(const std::string& path) {
  const bool owned = path != kStandardInput;
  const int descriptor = owned ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
  if (descriptor < 0) return cannot("open", path, errno);
  std::unique_ptr<ByteSource> source = std::make_unique<DescriptorSource>(path, descriptor, owned);
  struct stat facts = {};
  if (::fstat(descriptor, &facts) != 0) return cannot("open", path, errno);
  if (S_ISDIR(facts.st_mode)) return is_directory(path);
  return source;
}

Result<InputFacts, Failure> examine_input(const std::string& path) {
  if (path == kStandardInput) return InputFacts{};
  struct stat facts = {};
  if (::stat(path.c_str(), &facts) != 0) return cannot("open", path, errno);
  if (S_ISDIR(facts.st_mode)) return is_directory(path);
  if (::access(path.c_str(), R_OK) != 0) return cannot("open", path, errno);
  if (!S_ISREG(facts.st_mode)) return InputFacts{};
  return InputFacts{true, static_cast<std::uint64_t>(facts.st_size)};
}

std::string name_in_sentence(const std::string& path) {
  return path == kStandardInput ? "standard input" : in_quotes(path);
}

std::string name_in_place(const std::string& path) {
  return path == kStandardInput ? "standard input" : without_controls(path);
}

}  // namespace dosimeter::sim
