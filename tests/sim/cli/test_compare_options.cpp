#include "sim/cli/compare_help.h"
#include "sim/cli/compare_options.h"
#include "tests/support/catch.h"

#include <algorithm>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

std::string error_of(const std::vector<std::string>& arguments) {
  const auto options = parse_compare_options(arguments);
  if (!options) return options.error().message;
  const auto settings = CompareSettings::from_options(options.value());
  if (settings) return "";
  CHECK(settings.error().code == ExitCode::usage);
  return settings.error().message;
}

}  // namespace

TEST_CASE("compare options: every one is in the help text, and the help text knows no other") {
  const auto names = compare_option_names();
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(kCompareHelpText.find(" " + name + " ") != std::string_view::npos);
  }
  for (std::size_t at = kCompareHelpText.find("--"); at != std::string_view::npos;
       at = kCompareHelpText.find("--", at + 2)) {
    const std::size_t end = kCompareHelpText.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    const std::string name(kCompareHelpText.substr(at, end - at));
    CAPTURE(name);
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
  }
}

TEST_CASE("compare help: no line is wider than 120 characters, and it ends in a line break") {
  std::size_t start = 0;
  for (std::size_t end = kCompareHelpText.find('\n'); end != std::string_view::npos;
       end = kCompareHelpText.find('\n', start)) {
    CAPTURE(kCompareHelpText.substr(start, end - start));
    CHECK(end - start <= 120);
    start = end + 1;
  }
  CHECK(start == kCompareHelpText.size());
}

TEST_CASE("compare options: two different recorders, and what a replay has") {
  const std::vector<std::string> arguments = {"--recorder", "xray-go", "--recorder=otel-go",
                                              "--log",      "a",       "b",
                                              "--strict",   "--from",  "1970-01-02"};
  const auto settings =
      CompareSettings::from_options(parse_compare_options(arguments).value()).value();
  CHECK(settings.a.name == "xray-go");
  CHECK(settings.b.name == "otel-go");
  CHECK(settings.logs.paths == std::vector<std::string>{"a", "b"});
  CHECK(settings.logs.strict);
  CHECK(settings.logs.from == TimePoint(std::chrono::hours(24)));

  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{},
       "--recorder is missing: name the two recorders to compare, or see simulate compare --help"},
      {{"--recorder", "xray-go"},
       "--recorder must be given twice, once for each recorder to compare, got it once"},
      {{"--recorder", "xray-go", "--recorder", "otel-go", "--recorder", "envoy"},
       "--recorder must be given twice, once for each recorder to compare, got it 3 times"},
      {{"--recorder", "xray-go", "--recorder", "xray-go"},
       "--recorder must name two different recorders, got \"xray-go\" twice"},
      {{"--recorder", "xray-go", "--recorder", "otel-goo"},
       "--recorder must be a recorder that simulate recorders lists, got \"otel-goo\", did you "
       "mean otel-go?"},
      {{"--recorder", "xray-go", "otel-go"},
       "unexpected \"otel-go\": every value belongs to an option, see simulate compare --help"},
      {{"--recoder", "xray-go"}, "unknown option \"--recoder\", did you mean --recorder?"},
      {{"--recorder", "xray-go", "--recorder", "otel-go", "--format", "xml"},
       "--format must be text or json, got \"xml\""},
  };
  for (const auto& [wrong, message] : cases) {
    CAPTURE(wrong);
    CHECK(error_of(wrong) == message);
  }
}
