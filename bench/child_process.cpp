#include "bench/child_process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>

namespace dosimeter::bench {
namespace {

constexpr int kCannotRun = 127;

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(const std::vector<std::string>& command, const std::string& output,
                         int input) {
  const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (out < 0 || ::dup2(out, STDOUT_FILENO) < 0) ::_exit(kCannotRun);
  if (input >= 0 && ::dup2(input, STDIN_FILENO) < 0) ::_exit(kCannotRun);
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(kCannotRun);
}

}  // namespace

ChildRun run_child(const std::vector<std::string>& command, const std::string& output,
                   const std::function<void(int)>& feed) {
  std::array<int, 2> pipe = {-1, -1};
  pid_t feeder = -1;
  if (feed) {
    if (::pipe(pipe.data()) != 0) return {0, 0, 0, kCannotRun};
    feeder = ::fork();
    if (feeder == 0) {
      ::close(pipe[0]);
      feed(pipe[1]);
      ::_exit(0);
    }
    ::close(pipe[1]);
  }
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) become(command, output, pipe[0]);
  if (pipe[0] >= 0) ::close(pipe[0]);
  int status = 0;
  rusage usage = {};
  if (child < 0 || ::wait4(child, &status, 0, &usage) < 0) return {0, 0, 0, kCannotRun};
  ChildRun run;
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  run.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  run.resident_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (feeder > 0) ::waitpid(feeder, &status, 0);
  return run;
}

}  // namespace dosimeter::bench
