#pragma once

#include "tests/conformance/live/answer.h"

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <vector>

namespace dosimeter::conformance {

/// What a driver says of itself.
struct DriverHello {
  std::string recorder;
  std::string sdk;
  std::string version;
};

/// A running driver (drivers/README.md). All that goes wrong with it is a std::runtime_error.
class DriverProcess {
 public:
  /// Starts it and reads its hello line.
  explicit DriverProcess(std::vector<std::string> command);
  ~DriverProcess();
  DriverProcess(const DriverProcess&) = delete;
  DriverProcess& operator=(const DriverProcess&) = delete;

  [[nodiscard]] const DriverHello& hello() const noexcept { return hello_; }
  [[nodiscard]] Answers ask(const Case& asked);

 private:
  std::string read_line();

  std::string name_;
  pid_t child_ = -1;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
  DriverHello hello_;
};

}  // namespace dosimeter::conformance
