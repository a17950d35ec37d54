#include "sim/cli/interrupt.h"

#include <signal.h>

#include <atomic>

namespace dosimeter::sim {
namespace {

// A signal handler has nowhere else to write. Read by any thread.
std::atomic<bool> noted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void note_signal(int) {
  noted = true;
}

/// One call of the handler, then the default again; reads that wait are interrupted, not begun
/// anew.
void handle_once(int signal) noexcept {
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(signal, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard() noexcept {
  noted = false;
  handle_once(SIGINT);
  handle_once(SIGTERM);
}

InterruptGuard::~InterruptGuard() {
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

bool InterruptGuard::interrupted() const noexcept {
  return noted;
}

}  // namespace dosimeter::sim
