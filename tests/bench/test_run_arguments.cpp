#include "bench/run_arguments.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_file.h"

#include <filesystem>
#include <fstream>
#include <string>

using namespace dosimeter::bench;
using dosimeter::test::TemporaryFile;

namespace {

std::string message_of(const std::optional<Fault>& fault) {
  return fault ? std::to_string(fault->code) + " " + fault->message : "none";
}

}  // namespace

TEST_CASE("a run that could not write its figures ends before it begins") {
  CHECK(message_of(check_arguments({})) == "none");
  CHECK(message_of(check_arguments({"--benchmark_out=/nonexistent/x.json"})) ==
        "3 cannot write \"/nonexistent/x.json\": no such file or directory");
  CHECK(message_of(check_arguments({"--benchmark_out=/"})) ==
        "3 cannot write \"/\": is a directory");
  CHECK(message_of(check_arguments({"--benchmark_out="})) ==
        "2 expected the name of a file to write to, got \"\"");

  const TemporaryFile there("what was there", ".json");
  CHECK(message_of(check_arguments({"--benchmark_out=" + there.path()})) == "none");
  CHECK(std::filesystem::file_size(there.path()) == 14);
  // The last one wins, and a file that was not there is not left behind.
  const std::string fresh = there.path() + ".new";
  CHECK(message_of(check_arguments(
            {"--benchmark_out=/nonexistent/x.json", "--benchmark_out=" + fresh})) == "none");
  CHECK(!std::filesystem::exists(fresh));
}

TEST_CASE("formats are said where they are wrong") {
  CHECK(message_of(check_arguments({"--benchmark_format=csv", "--benchmark_out_format=json"})) ==
        "none");
  CHECK(message_of(check_arguments({"--benchmark_format=yaml"})) ==
        "2 --benchmark_format must be console, json or csv, got \"yaml\"");
  CHECK(message_of(check_arguments({"--benchmark_out_format="})) ==
        "2 --benchmark_out_format must be console, json or csv, got \"\"");
}

TEST_CASE("a filter that selects nothing is quoted") {
  const std::string expected =
      "2 expected a regular expression that matches a benchmark (--benchmark_list_tests lists "
      "them), got ";
  CHECK(message_of(nothing_ran({"--benchmark_filter=a", "--benchmark_filter=["})) ==
        expected + "\"[\"");
  CHECK(message_of(nothing_ran({})) == expected + "\"\"");
}

TEST_CASE("a file of figures that breaks off is told") {
  const TemporaryFile whole("{\n}\n", ".json");
  const TemporaryFile part("{\n\"benchmarks\": [", ".json");
  const TemporaryFile empty("", ".json");
  CHECK(message_of(check_written(whole.path())) == "none");
  CHECK(message_of(check_written("/dev/null")) == "none");
  CHECK(message_of(check_written(part.path())) ==
        "3 expected all of it in \"" + part.path() + "\", got a part: disk full?");
  CHECK(check_written(empty.path()).has_value());
}
