#include "sim/cli/console.h"
#include "sim/cli/report_output.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_file.h"

#include <unistd.h>

using namespace dosimeter::sim;
using dosimeter::test::TemporaryFile;

TEST_CASE("console: a reader that has gone away is no failure, a full disk is") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  close(ends[0]);
  std::FILE* broken = fdopen(ends[1], "w");
  Console console(broken, stderr);
  CHECK_FALSE(console.print("text").has_value());
  std::fclose(broken);

  std::FILE* full = std::fopen("/dev/full", "w");
  REQUIRE(full != nullptr);
  Console to_full(full, stderr);
  const auto failure = to_full.print("text");
  REQUIRE(failure.has_value());
  CHECK(failure->code == ExitCode::input_output);
  CHECK(failure->message == "cannot write to standard output: no space left on device");
  std::fclose(full);
}

TEST_CASE("report output: what cannot be written is known before the work") {
  CHECK_FALSE(ReportOutput(std::nullopt).check({}).has_value());
  const auto directory = ReportOutput("/").check({});
  REQUIRE(directory.has_value());
  CHECK(directory->message == "cannot write \"/\": it is a directory");
  const auto nowhere = ReportOutput("/no/such/place/report.json").check({});
  REQUIRE(nowhere.has_value());
  CHECK(nowhere->code == ExitCode::input_output);
  CHECK(nowhere->message ==
        "cannot write \"/no/such/place/report.json\": no such file or directory");
  Console console(stdout, stderr);
  const auto full = ReportOutput("/dev/full").write("text", console);
  REQUIRE(full.has_value());
  CHECK(full->message == "cannot write \"/dev/full\": no space left on device");
}

TEST_CASE("report output: a file that is read is not written to") {
  const TemporaryFile log("time\n");
  const std::string inputs[] = {"-", "/no/such/file", log.path()};
  const auto failure = ReportOutput("/tmp/../" + log.path()).check(inputs);
  REQUIRE(failure.has_value());
  CHECK(failure->code == ExitCode::usage);
  CHECK_FALSE(ReportOutput("-").check(inputs).has_value());
}

TEST_CASE("report output: a file is replaced by the report") {
  const TemporaryFile file("what was there before, and longer");
  Console console(stdout, stderr);
  CHECK_FALSE(ReportOutput(file.path()).check({}).has_value());
  CHECK_FALSE(ReportOutput(file.path()).write("new\n", console).has_value());
  std::ifstream written(file.path());
  std::string line;
  std::getline(written, line);
  CHECK(line == "new");
  CHECK_FALSE(std::getline(written, line));
}
