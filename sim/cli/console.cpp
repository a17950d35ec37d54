#include "sim/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace dosimeter::sim {
namespace {

bool can_rewrite_lines(std::FILE* stream) {
  const int descriptor = fileno(stream);
  if (descriptor < 0 || isatty(descriptor) != 1) return false;
  const char* terminal = std::getenv("TERM");
  return terminal == nullptr || std::string_view(terminal) != "dumb";
}

}  // namespace

Console::Console(std::FILE* out, std::FILE* err)
    : out_(out), err_(err), watched_(can_rewrite_lines(err)) {
  // A closed pipe is to be an error of the write, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
}

std::optional<Failure> Console::print(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), out_) == text.size();
  if (written && std::fflush(out_) == 0) return std::nullopt;
  if (errno == EPIPE) {
    reader_is_gone_ = true;
    return std::nullopt;
  }
  return Failure{ExitCode::input_output,
                 "cannot write to standard output: " + system_message(errno)};
}

void Console::complain(std::string_view message) noexcept {
  show_progress("");
  std::fprintf(err_, "simulate: %.*s\n", static_cast<int>(message.size()), message.data());
  std::fflush(err_);
}

std::size_t Console::columns() const noexcept {
  constexpr std::size_t kUsualColumns = 80;
  winsize size{};
  if (ioctl(fileno(err_), TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return kUsualColumns;
  return size.ws_col;
}

void Console::show_progress(std::string_view line) noexcept {
  if (!watched_ || (line.empty() && !shows_progress_)) return;
  // Back to the margin, wipe to the end of the line, write.
  std::fprintf(err_, "\r\033[K%.*s", static_cast<int>(line.size()), line.data());
  std::fflush(err_);
  shows_progress_ = !line.empty();
}

}  // namespace dosimeter::sim
