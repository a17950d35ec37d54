#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

extern "C" char** environ;

namespace dosimeter::test {

/// A program of examples/ as a process, ended with the value. Its standard output, or another
/// stream, is read here.
class ExampleProcess {
 public:
  ExampleProcess(const char* program, std::vector<std::string> arguments,
                 int stream = STDOUT_FILENO) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], stream);
    std::string name = program;
    std::vector<char*> words = {name.data()};
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    if (::posix_spawn(&process_, program, &actions, nullptr, words.data(), environ) != 0) {
      process_ = -1;
    }
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
  }
  ~ExampleProcess() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      (void)wait();
    }
    ::close(output_);
  }
  ExampleProcess(const ExampleProcess&) = delete;

  /// The next line of its output, without the line break; what there is at its end.
  std::string line() {
    std::string line;
    for (char byte = 0;;) {
      const auto count = ::read(output_, &byte, 1);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0 || byte == '\n') return line;
      line += byte;
    }
  }

  /// All that is left of its output.
  std::string rest() {
    std::string text;
    char bytes[4096];
    for (;;) {
      const auto count = ::read(output_, bytes, sizeof bytes);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return text;
      text.append(bytes, static_cast<std::size_t>(count));
    }
  }

  /// The port of `listening on 127.0.0.1:PORT`, 0 if it says anything else.
  int port() {
    constexpr std::string_view kBefore = "listening on 127.0.0.1:";
    const std::string text = line();
    return text.rfind(kBefore, 0) == 0 ? std::atoi(text.c_str() + kBefore.size()) : 0;
  }

  void send(int signal) const { ::kill(process_, signal); }

  /// Its exit code once it has ended; -1 where a signal ended it, or it had to be killed after half
  /// a minute.
  int wait() {
    int status = -1;
    for (int i = 0; process_ > 0; ++i) {
      if (i == 3000) ::kill(process_, SIGKILL);
      if (::waitpid(process_, &status, WNOHANG) == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      } else {
        process_ = -1;
      }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace dosimeter::test
