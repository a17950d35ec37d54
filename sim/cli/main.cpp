#include "sim/cli/console.h"
#include "sim/cli/run.h"

#include <string>
#include <vector>

int main(int argc, char** argv) {
  dosimeter::sim::Console console(stdout, stderr);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return static_cast<int>(dosimeter::sim::run(arguments, console));
}
