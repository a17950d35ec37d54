#include "sim/cli/recorders_options.h"

#include "sim/cli/command_line.h"
#include "sim/cli/option_value.h"
#include "sim/log/quoted_text.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

struct Texts {
  std::optional<std::string> name;
  std::optional<std::string> check;
  std::vector<std::string> recorders;
  std::optional<std::string> format;
  bool help = false;
};

constexpr const char* kHelp = "simulate recorders --help";

void declare(CommandLine& line, Texts& texts) {
  line.positional("NAME", texts.name);
  line.one("--check", texts.check);
  line.repeated("--recorder", texts.recorders);
  line.one("--format", texts.format);
  line.flag("-h,--help", texts.help);
}

std::optional<Failure> check_together(const Texts& texts) {
  if (texts.name && texts.check) {
    return Failure{ExitCode::usage,
                   "expected NAME or --check, got both (to check with one recorder: --recorder " +
                       without_controls(texts.name->substr(0, kShownBytes)) + ")"};
  }
  if (!texts.check && !texts.recorders.empty()) {
    return Failure{ExitCode::usage,
                   "--recorder names whom to --check with, got no --check (to see one in full: "
                   "simulate recorders NAME)"};
  }
  return std::nullopt;
}

}  // namespace

Result<RecordersOptions, Failure> RecordersOptions::parse(std::span<const std::string> arguments) {
  Texts texts;
  CommandLine line(kHelp);
  declare(line, texts);
  if (auto failure = line.parse(arguments)) return *std::move(failure);
  RecordersOptions options;
  options.help = texts.help;
  if (options.help) return options;

  const auto format = format_option(texts.format);
  if (!format) return format.error();
  options.json = format.value() == ReportFormat::json;
  if (auto failure = check_together(texts)) return *std::move(failure);
  if (texts.name) {
    auto shown = recorder_option("NAME", *texts.name);
    if (!shown) return shown.error();
    options.shown = shown.value();
  }
  for (const std::string& name : texts.recorders) {
    auto named = recorder_option("--recorder", name);
    if (!named) return named.error();
    options.named.push_back(named.value());
  }
  // They point into the table.
  std::sort(options.named.begin(), options.named.end());
  options.named.erase(std::unique(options.named.begin(), options.named.end()), options.named.end());
  options.check = std::move(texts.check);
  return options;
}

std::vector<std::string> recorders_option_names() {
  Texts texts;
  CommandLine line(kHelp);
  declare(line, texts);
  return line.long_names();
}

}  // namespace dosimeter::sim
