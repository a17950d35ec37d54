#pragma once

#include "sim/cli/run.h"

#include <cstdio>
#include <string>
#include <vector>

/// What a run of the program said and how it ended.
struct CapturedRun {
  dosimeter::sim::ExitCode code;
  std::string out;
  std::string err;
};

/// Runs the program in this process, as main does.
inline CapturedRun run_captured(const std::vector<std::string>& arguments) {
  std::FILE* out = std::tmpfile();
  std::FILE* err = std::tmpfile();
  const auto content = [](std::FILE* file) {
    std::rewind(file);
    std::string text;
    for (int byte = std::fgetc(file); byte != EOF; byte = std::fgetc(file)) {
      text += static_cast<char>(byte);
    }
    std::fclose(file);
    return text;
  };
  dosimeter::sim::Console console(out, err);
  const auto code = dosimeter::sim::run(arguments, console);
  return {code, content(out), content(err)};
}
