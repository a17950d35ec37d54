#include "sim/cli/recorders_help.h"
#include "sim/cli/recorders_options.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

Result<RecordersOptions, Failure> parse(const std::vector<std::string>& arguments) {
  return RecordersOptions::parse(arguments);
}

}  // namespace

TEST_CASE("recorders options: every one is in the help text, and the help text knows no other") {
  const std::vector<std::string> known = recorders_option_names();
  const std::string_view help = kRecordersHelpText;
  for (const std::string& name : known) CHECK(help.find(name) != std::string_view::npos);
  for (std::size_t at = help.find(" --"); at != std::string_view::npos;
       at = help.find(" --", at + 1)) {
    const std::size_t end = help.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at + 1);
    const std::string name(help.substr(at + 1, end - at - 1));
    INFO(name);
    CHECK((name == "--rules" || std::find(known.begin(), known.end(), name) != known.end()));
  }
}

TEST_CASE("recorders help: no line is wider than 120 characters, and it ends in a line break") {
  std::size_t start = 0;
  for (std::size_t end = kRecordersHelpText.find('\n'); end != std::string_view::npos;
       end = kRecordersHelpText.find('\n', start)) {
    CHECK(end - start <= 120);
    start = end + 1;
  }
  CHECK(start == kRecordersHelpText.size());
}

TEST_CASE("recorders options: those who check come once, in the order of the table") {
  const auto options = parse({"--check", "x.json", "--recorder", "envoy", "--recorder",
                              "xray-python", "--recorder", "envoy"});
  REQUIRE(options);
  REQUIRE(options.value().named.size() == 2);
  CHECK(options.value().named[0]->name == "xray-python");
  CHECK(options.value().named[1]->name == "envoy");
  CHECK(options.value().check == "x.json");
}

TEST_CASE("recorders options: what does not go together is refused") {
  const std::vector<std::vector<std::string>> wrong = {
      {"xray-go", "--check", "x.json"},
      {"--recorder", "xray-go"},
      {"xray-goo"},
      {"--check", "x.json", "--recorder", "xray-goo"},
      {"--format", "yaml"},
      {"xray-go", "envoy"}};
  for (const auto& arguments : wrong) {
    const auto options = parse(arguments);
    REQUIRE_FALSE(options);
    CHECK(options.error().code == ExitCode::usage);
  }
}

TEST_CASE("recorders options: help is given whatever else is asked") {
  const auto options = parse({"xray-goo", "-h"});
  REQUIRE(options);
  CHECK(options.value().help);
}
