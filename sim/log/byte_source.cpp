#include "sim/log/byte_source.h"

#include "sim/log/quoted_text.h"
#include "sim/log/wake_pipe.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <optional>

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
  /// `waits`: reading may wait for somebody else.
  DescriptorSource(std::string path, int descriptor, bool owned,
                   std::optional<WakePipe> waits) noexcept
      : path_(std::move(path)), descriptor_(descriptor), owned_(owned), wake_(std::move(waits)) {}
  ~DescriptorSource() override {
    if (owned_) ::close(descriptor_);
  }

  Result<std::size_t, Failure> read(std::span<char> block) override {
    if (!wait()) return cannot("read", path_, errno);
    const ssize_t count = ::read(descriptor_, block.data(), block.size());
    if (count < 0) return errno == EISDIR ? is_directory(path_) : cannot("read", path_, errno);
    bytes_read_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }

  std::uint64_t bytes_read() const noexcept override { return bytes_read_; }
  void interrupt() noexcept override {
    interrupted_ = true;
    if (wake_) wake_->set();
  }

 private:
  /// False, with `errno` set, where it is not to be read on.
  [[nodiscard]] bool wait() {
    if (wake_ && !interrupted_) {
      std::array<pollfd, 2> waited_for = {
          {{descriptor_, POLLIN, 0}, {wake_->descriptor(), POLLIN, 0}}};
      if (::poll(waited_for.data(), waited_for.size(), -1) < 0) return false;
    }
    if (!interrupted_) return true;
    errno = EINTR;
    return false;
  }

  std::string path_;
  int descriptor_;
  bool owned_;
  std::optional<WakePipe> wake_;
  std::atomic<bool> interrupted_ = false;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>, Failure> open_bytes(const std::string& path) {
  const bool owned = path != kStandardInput;
  const int descriptor = owned ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
  if (descriptor < 0) return cannot("open", path, errno);
  struct stat facts = {};
  const bool known = ::fstat(descriptor, &facts) == 0;
  int error = known ? 0 : errno;
  std::optional<WakePipe> wake;
  if (known && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode)) {
    auto pipe = WakePipe::open();
    if (pipe) {
      wake = std::move(pipe).value();
    } else {
      error = pipe.error();
    }
  }
  std::unique_ptr<ByteSource> source =
      std::make_unique<DescriptorSource>(path, descriptor, owned, std::move(wake));
  if (error != 0) return cannot("open", path, error);
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
