#include "sim/cli/inspect_help.h"
#include "sim/cli/inspect_options.h"
#include "tests/support/catch.h"

#include <algorithm>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

std::string error_of(const std::vector<std::string>& arguments) {
  const auto options = parse_inspect_options(arguments);
  if (!options) return options.error().message;
  const auto settings = InspectSettings::from_options(options.value());
  if (settings) return "";
  CHECK(settings.error().code == ExitCode::usage);
  return settings.error().message;
}

}  // namespace

TEST_CASE("inspect options: every one is in the help text, and the help text knows no other") {
  const auto names = inspect_option_names();
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(kInspectHelpText.find(" " + name + " ") != std::string_view::npos);
  }
  for (std::size_t at = kInspectHelpText.find("--"); at != std::string_view::npos;
       at = kInspectHelpText.find("--", at + 2)) {
    const std::size_t end = kInspectHelpText.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    const std::string name(kInspectHelpText.substr(at, end - at));
    CAPTURE(name);
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
  }
}

TEST_CASE("inspect help: no line is wider than 120 characters, and it ends in a line break") {
  std::size_t start = 0;
  for (std::size_t end = kInspectHelpText.find('\n'); end != std::string_view::npos;
       end = kInspectHelpText.find('\n', start)) {
    CAPTURE(kInspectHelpText.substr(start, end - start));
    CHECK(end - start <= 120);
    start = end + 1;
  }
  CHECK(start == kInspectHelpText.size());
}

TEST_CASE("inspect options: what is checked before a log is opened") {
  CHECK(error_of({"--log", "x.csv", "--rows", "1001"}) ==
        "--rows must be a whole number from 0 to 1000, got \"1001\"");
  CHECK(error_of({"--log", "x.csv", "--recorder", "xray-nod"}).find("xray-node") !=
        std::string::npos);
  CHECK(error_of({"--log", "x.csv", "--instances", "2"}) != "");
  const std::vector<std::string> arguments = {"--log", "x.csv", "--rows", "7"};
  const auto options = parse_inspect_options(arguments);
  CHECK(InspectSettings::from_options(options.value()).value().shown_rows == 7);
}
