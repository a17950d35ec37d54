#include "sim/log/wake_pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace dosimeter::sim {
namespace {

constexpr int kNone = -1;

/// Neither end ever waits: a full pipe is set, an empty one is clear.
bool prepare(int end) noexcept {
  return ::fcntl(end, F_SETFD, FD_CLOEXEC) == 0 && ::fcntl(end, F_SETFL, O_NONBLOCK) == 0;
}

}  // namespace

Result<WakePipe, int> WakePipe::open() noexcept {
  std::array<int, 2> ends;
  if (::pipe(ends.data()) != 0) return errno;
  WakePipe pipe(ends[0], ends[1]);
  if (!prepare(ends[0]) || !prepare(ends[1])) return errno;
  return pipe;
}

WakePipe::WakePipe(WakePipe&& other) noexcept
    : read_end_(std::exchange(other.read_end_, kNone)),
      write_end_(std::exchange(other.write_end_, kNone)) {}

WakePipe& WakePipe::operator=(WakePipe&& other) noexcept {
  std::swap(read_end_, other.read_end_);
  std::swap(write_end_, other.write_end_);
  return *this;
}

WakePipe::~WakePipe() {
  if (read_end_ != kNone) ::close(read_end_);
  if (write_end_ != kNone) ::close(write_end_);
}

void WakePipe::set() noexcept {
  const char byte = 1;
  while (::write(write_end_, &byte, 1) < 0 && errno == EINTR) {
  }
}

void WakePipe::clear() noexcept {
  std::array<char, 64> bytes;
  for (;;) {
    const ssize_t count = ::read(read_end_, bytes.data(), bytes.size());
    if (count <= 0 && !(count < 0 && errno == EINTR)) return;
  }
}

}  // namespace dosimeter::sim
