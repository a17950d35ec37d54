// Gives each choice of each recorder's row each other value in turn, and looks whether the vectors
// and twins notice: every test that is linked here is put to the changed row, in a process of its
// own. What none notices is held against uncaught.json.
//
//   row_mutants [--recorder NAME]... [--jobs N]
//
// Exit code 1 where a mutant is caught and listed, or neither.

#define CATCH_CONFIG_RUNNER
#include <dosimeter/recorder.h>

#include "tests/conformance/live/equivalents.h"
#include "tests/conformance/live/recorded_answers.h"
#include "tests/conformance/live/recorded_files.h"
#include "tests/conformance/live/row_flips.h"
#include "tests/conformance/mutants/mutable_recorders.h"
#include "tests/support/catch.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::conformance;

namespace {

/// The tests that are about a choice, as Catch2 has them told.
const char* tests_about(std::string_view choice) {
  if (choice.find("document.") != choice.npos) {
    return "document check: each recorder*,document check: a fault*,document check: the first*";
  }
  // There is no twin of documented's quotas, which are pinned as AWS's words were read.
  if (choice.find("quota.") != choice.npos) {
    return "targets of each recorder*,sampler rows*,recorder: the choices of documented*";
  }
  if (choice.find("reservoir.") != choice.npos) {
    return "reservoir of each recorder*,draw of each recorder*,targets of each recorder*,sampler "
           "rows*,recorder: the choices of documented*";
  }
  if (choice.find("text.") != choice.npos) return "text vectors*,rule vectors*";
  return "patterns: every recorder*,rule vectors*";
}

/// In a child process: the row in the table, the tests run, 0 where they pass.
[[noreturn]] void run_tests(const Recorder& row, std::string_view choice) {
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  replace_row(row);
  ::setenv("DOSIMETER_TEST_RECORDER", std::string(row.name).c_str(), 1);
  const char* arguments[] = {"row_mutants", tests_about(choice), "--abort"};
  std::_Exit(Catch::Session().run(3, arguments) == 0 ? 0 : 1);
}

struct Outcome {
  bool caught = false;
  bool listed = false;
};

struct Work {
  RowFlip flip;
  std::string recorder;
  Outcome outcome = {};
};

/// So many at once; each outcome is where its work is.
void run_all(std::vector<Work>& works, std::size_t jobs) {
  std::map<pid_t, Work*> running;
  const auto wait_for_one = [&] {
    int status = 0;
    const pid_t ended = ::wait(&status);
    const auto found = running.find(ended);
    if (found == running.end()) return;
    // A mutant that ends the process is noticed, too.
    found->second->outcome.caught = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    running.erase(found);
  };
  std::fflush(nullptr);
  for (Work& work : works) {
    if (running.size() >= jobs) wait_for_one();
    const pid_t child = ::fork();
    if (child == 0) run_tests(work.flip.row, work.flip.choice);
    if (child < 0) {
      std::perror("fork");
      std::exit(3);
    }
    running[child] = &work;
  }
  while (!running.empty()) wait_for_one();
}

/// What stands in equivalents.json is of what recorders said when they were run, and is held there.
bool is_held_by_recorded_answers(const Recorder& row, const std::string& choice,
                                 const std::vector<std::string>& run) {
  // One that was run knows no boosted rates, and no trace id comes near enough to a rate.
  if (choice == "quota.boosted_rate" || choice == "reservoir.draw") return false;
  const bool is_of_these = choice.rfind("text.", 0) != 0 && choice.find("document.") == choice.npos;
  return is_of_these && std::find(run.begin(), run.end(), row.name) != run.end();
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> only;
  std::size_t jobs = 2;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--recorder") only.emplace_back(argv[i + 1]);
    if (option == "--jobs") jobs = std::max(1UL, std::strtoul(argv[i + 1], nullptr, 10));
  }
  const std::string directory = CONFORMANCE_DIRECTORY;
  const std::vector<Equivalent> listed = read_equivalents(directory + "/uncaught.json");
  std::vector<std::string> run;
  for (const std::string& file : recorded_files()) run.push_back(read_recorded(file).recorder);
  std::vector<Work> works;
  for (const Recorder& row : recorders()) {
    const std::string name(row.name);
    if (!only.empty() && std::find(only.begin(), only.end(), name) == only.end()) continue;
    for (const char* group : {"match.", "reservoir.", "quota.", "text.", "document."}) {
      // The row as it is passes, else nothing here means anything.
      works.push_back({{std::string("unchanged ") + group, "", "", row}, name});
    }
    for (RowFlip& flip : all_row_flips(row)) {
      if (is_held_by_recorded_answers(row, flip.choice, run)) continue;
      works.push_back({std::move(flip), name});
    }
  }
  run_all(works, jobs);

  std::vector<bool> spoken(listed.size(), false);
  std::size_t mutants = 0;
  std::size_t caught = 0;
  bool wrong = false;
  for (Work& work : works) {
    const RowFlip& flip = work.flip;
    if (flip.choice.rfind("unchanged", 0) == 0) {
      if (!work.outcome.caught) continue;
      std::printf("%s: %s: the tests fail without a mutant\n", work.recorder.c_str(),
                  flip.choice.c_str());
      wrong = true;
      continue;
    }
    ++mutants;
    if (work.outcome.caught) ++caught;
    for (std::size_t i = 0; i < listed.size(); ++i) {
      if (!covers(listed[i], work.recorder, flip.choice, flip.to)) continue;
      work.outcome.listed = spoken[i] = true;
    }
    if (work.outcome.caught != work.outcome.listed) continue;
    wrong = true;
    std::printf("%s: %s: %s -> %s: %s\n", work.recorder.c_str(), flip.choice.c_str(),
                flip.from.c_str(), flip.to.c_str(),
                work.outcome.caught ? "caught, and listed in uncaught.json"
                                    : "not caught, and not listed in uncaught.json");
  }
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (spoken[i] || !only.empty()) continue;
    wrong = true;
    std::printf("uncaught.json speaks of nothing: %s\n", listed[i].choice.c_str());
  }
  std::printf("%zu mutants of %zu rows: %zu caught, %zu not\n", mutants, recorders().size(), caught,
              mutants - caught);
  return wrong ? 1 : 0;
}
