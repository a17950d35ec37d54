#include "sim/cli/interrupt.h"

#include <signal.h>

namespace dosimeter::sim {
namespace {

// A signal handler has nowhere else to write.
volatile sig_atomic_t noted = 0;

extern "C" void note_signal(int) {
  noted = 1;
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
  noted = 0;
  handle_once(SIGINT);
  handle_once(SIGTERM);
}

InterruptGuard::~InterruptGuard() {
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

bool InterruptGuard::interrupted() const noexcept {
  return noted != 0;
}

}  // namespace dosimeter::sim
