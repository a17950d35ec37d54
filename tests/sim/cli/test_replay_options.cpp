#include "sim/cli/help_text.h"
#include "sim/cli/replay_options.h"
#include "sim/cli/replay_settings.h"
#include "sim/log/log_column.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <thread>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

std::string error_of(std::vector<std::string> arguments) {
  const auto options = parse_replay_options(arguments);
  if (!options) return options.error().message;
  const auto settings = ReplaySettings::from_options(options.value());
  if (settings) return "";
  CHECK(settings.error().code == ExitCode::usage);
  return settings.error().message;
}

}  // namespace

TEST_CASE("options: every one is in the help text, and the help text knows no other") {
  for (const std::string& name : replay_option_names()) {
    CAPTURE(name);
    CHECK(kHelpText.find(" " + name + " ") != std::string_view::npos);
  }
  const auto names = replay_option_names();
  for (std::size_t at = kHelpText.find("--"); at != std::string_view::npos;
       at = kHelpText.find("--", at + 2)) {
    const std::size_t end = kHelpText.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    const std::string name(kHelpText.substr(at, end - at));
    CAPTURE(name);
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
  }
}

TEST_CASE("help: no line is wider than 120 characters, and it ends in a line break") {
  std::size_t start = 0;
  for (std::size_t end = kHelpText.find('\n'); end != std::string_view::npos;
       end = kHelpText.find('\n', start)) {
    CAPTURE(kHelpText.substr(start, end - start));
    CHECK(end - start <= 120);
    start = end + 1;
  }
  CHECK(start == kHelpText.size());
}

TEST_CASE("options: defaults are in their place") {
  const auto settings = ReplaySettings::from_options(ReplayOptions{}).value();
  CHECK(settings.recorder.name == "documented");
  CHECK(settings.reorder_bytes == 16 * 1024 * 1024);
  CHECK(settings.prediction.confidence == 0.95);
  CHECK(settings.prediction.month_hours == 744);
  CHECK(settings.prediction.free_tier_used == 0);
  CHECK(settings.format == ReportFormat::text);
  CHECK(settings.logs.threads == std::clamp(std::thread::hardware_concurrency(), 1U, 256U));
  CHECK_FALSE(settings.logs.from.has_value());
  CHECK_FALSE(settings.logs.to.has_value());
}

TEST_CASE("options: values are taken in every spelling") {
  const std::vector<std::string> arguments = {
      "--rules", "a",      "b",          "--log=c",  "--log",
      "-",       "--map",  "host=vhost", "--strict", "--reorder-memory",
      "1GiB",    "--from", "2026-05-04"};
  const auto options = parse_replay_options(arguments).value();
  CHECK(options.rules == std::vector<std::string>{"a", "b"});
  CHECK(options.logs == std::vector<std::string>{"c", "-"});
  CHECK(options.strict);
  const auto settings = ReplaySettings::from_options(options).value();
  CHECK(settings.reorder_bytes == std::size_t{1} << 30);
  CHECK(settings.logs.from == TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 4)));
}

TEST_CASE("options: every wrong one says what was expected and what was got") {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--rule", "x"}, "unknown option \"--rule\", did you mean --rules?"},
      {{"--zebra"}, "unknown option \"--zebra\", see simulate --help"},
      {{"-x"}, "unknown option \"-x\", see simulate --help"},
      {{"traffic.csv"},
       "unexpected \"traffic.csv\": every value belongs to an option, see simulate --help"},
      {{"--log"}, "--log needs a value"},
      {{"--service"}, "--service needs a value"},
      {{"--service", "a", "--service", "b"}, "--service may be given once"},
      {{"--recorder", "documentd"},
       "--recorder must be a recorder that simulate recorders lists, got \"documentd\", did you "
       "mean "
       "documented?"},
      {{"--from", "yesterday"},
       "--from must be a time like 2026-05-04T10:00:00Z or a date, got \"yesterday\""},
      {{"--from", "2026-05-05", "--to", "2026-05-04"},
       "--from must be before --to, got \"2026-05-05\" and \"2026-05-04\""},
      {{"--reorder-memory", "1KiB"},
       "--reorder-memory must be a size from 64KiB to 64GiB, got \"1KiB\""},
      {{"--threads", "0"}, "--threads must be a whole number from 1 to 256, got \"0\""},
      {{"--reorder-memory", "99999999999999999999GiB"},
       "--reorder-memory must be a size from 64KiB to 64GiB, got \"99999999999999999999GiB\""},
      {{"--confidence", "95"}, "--confidence must be a number between 0.5 and 0.9999, got \"95\""},
      {{"--confidence", "nan"},
       "--confidence must be a number between 0.5 and 0.9999, got \"nan\""},
      {{"--month-hours", "0"}, "--month-hours must be a number between 1 and 8784, got \"0\""},
      {{"--free-tier-used", "-1"},
       "--free-tier-used must be a whole number from 0 to 1000000000000000, got \"-1\""},
      {{"--format", "yaml"}, "--format must be text or json, got \"yaml\""},
      {{"--output", "--strict"}, "--output needs a value"},
      {{"--rules", "--log", "x.csv"}, "--rules needs a value"},
      {{"--service", "--format=json"}, "--service needs a value"},
      {{"--from="}, "--from needs a value"},
      {{"--from", ""}, "--from must be a time like 2026-05-04T10:00:00Z or a date, got \"\""},
      {{"--confidence", ""}, "--confidence must be a number between 0.5 and 0.9999, got \"\""},
      {{"--format", ""}, "--format must be text or json, got \"\""},
      {{"--recorder", ""}, "--recorder must be a recorder that simulate recorders lists, got \"\""},
      {{"--service", ""}, "--service must not be empty"},
      {{"--base-path", "shop"}, "--base-path must begin with /, got \"shop\""},
      {{"--output", ""}, "--output must not be empty"},
      {{"--strict=maybe"}, "--strict cannot be read, see simulate --help"},
  };
  for (const auto& [arguments, message] : cases) {
    CAPTURE(arguments);
    CHECK(error_of(arguments) == message);
  }
}
