#include "sim/cli/explain_options.h"

#include "sim/cli/command_line.h"
#include "sim/cli/option_value.h"
#include "sim/log/byte_source.h"
#include "sim/log/quoted_text.h"

#include <algorithm>
#include <utility>

namespace dosimeter::sim {
namespace {

constexpr const char* kHelpCommand = "simulate explain --help";

/// As they were given.
struct GivenOptions {
  std::vector<std::string> rules;
  std::optional<std::string> recorder;
  std::array<std::optional<std::string>, kFieldCount> fields;
  std::vector<std::string> attributes;
  std::optional<std::string> url;
  std::optional<std::string> base_path;
  std::optional<std::string> trace_header;
  std::optional<std::string> dynamic_naming;
  std::optional<std::string> requests;
  std::optional<std::string> why_not;
  std::optional<std::string> format;
  bool all_recorders = false;
  bool help = false;
};

/// By Field.
constexpr std::array<const char*, kFieldCount> kFieldOptions = {
    "--service", "--service-type", "--host", "--method", "--path", "--resource-arn"};

void declare(CommandLine& line, GivenOptions& given) {
  line.several("--rules", given.rules);
  line.one("--recorder", given.recorder);
  for (std::size_t i = 0; i < kFieldCount; ++i) line.one(kFieldOptions[i], given.fields[i]);
  line.repeated("--attribute", given.attributes);
  line.one("--url", given.url);
  line.one("--base-path", given.base_path);
  line.one("--trace-header", given.trace_header);
  line.one("--dynamic-naming", given.dynamic_naming);
  line.one("--requests", given.requests);
  line.one("--why-not", given.why_not);
  line.flag("--all-recorders", given.all_recorders);
  line.one("--format", given.format);
  line.flag("-h,--help", given.help);
}

/// The options that describe one request, as far as they are given.
std::vector<std::string> request_options(const GivenOptions& given) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (given.fields[i]) names.emplace_back(kFieldOptions[i]);
  }
  if (given.url) names.emplace_back("--url");
  if (!given.attributes.empty()) names.emplace_back("--attribute");
  if (given.trace_header) names.emplace_back("--trace-header");
  return names;
}

std::optional<Failure> check_names(const GivenOptions& given) {
  // A field of the request may well be empty.
  const NamedText names[] = {{"--base-path", &given.base_path},
                             {"--dynamic-naming", &given.dynamic_naming},
                             {"--requests", &given.requests},
                             {"--why-not", &given.why_not}};
  if (auto failure = check_not_empty(names)) return failure;
  if (auto failure = check_base_path(given.base_path)) return failure;
  const auto is_url = [](const std::string& text) {
    return text.find("://") < text.find_first_of("/?#");
  };
  const auto& path = given.fields[static_cast<std::size_t>(Field::url_path)];
  if (path && is_url(*path)) {
    return Failure{ExitCode::usage, "--path must be a path, got " + in_quotes(*path, kShownBytes) +
                                        ": give a whole URL as --url"};
  }
  if (given.url && !is_url(*given.url)) {
    return Failure{ExitCode::usage,
                   "--url must be a whole URL like http://shop.example/login, got " +
                       in_quotes(*given.url, kShownBytes)};
  }
  if (given.url && path) {
    return Failure{ExitCode::usage, "--url has a path of its own: give --url or --path"};
  }
  return std::nullopt;
}

/// Which options cannot be given together.
std::optional<Failure> check_combination(const GivenOptions& given) {
  std::vector<std::string> single = request_options(given);
  if (!given.requests) {
    if (given.why_not && given.all_recorders) {
      return Failure{ExitCode::usage,
                     "--why-not asks one recorder, and --all-recorders asks all: give one of them"};
    }
    if (!single.empty()) return std::nullopt;
    return Failure{ExitCode::usage,
                   "a request is missing: give --path, --host, --method or another of its parts, "
                   "or --requests FILE; see simulate explain --help"};
  }
  if (given.base_path) single.emplace_back("--base-path");
  if (given.dynamic_naming) single.emplace_back("--dynamic-naming");
  if (given.why_not) single.emplace_back("--why-not");
  if (given.all_recorders) single.emplace_back("--all-recorders");
  if (!single.empty()) {
    return Failure{ExitCode::usage,
                   single.front() + " is for one request and cannot be given with --requests"};
  }
  if (*given.requests == kStandardInput &&
      std::count(given.rules.begin(), given.rules.end(), kStandardInput) > 0) {
    return Failure{ExitCode::usage, "standard input can be read once, got - more than once"};
  }
  return std::nullopt;
}

Result<std::vector<AskedAttribute>, Failure> attributes_of(const std::vector<std::string>& texts) {
  std::vector<AskedAttribute> attributes;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0) {
      return Failure{ExitCode::usage,
                     "--attribute must be KEY=VALUE, got " + in_quotes(text, kShownBytes)};
    }
    const std::string key = text.substr(0, sign);
    for (const AskedAttribute& other : attributes) {
      if (other.key != key) continue;
      return Failure{ExitCode::usage, "--attribute must give a key once, got " +
                                          in_quotes(key, kShownBytes) + " twice"};
    }
    attributes.push_back({key, text.substr(sign + 1), AttributeType::text});
  }
  return attributes;
}

}  // namespace

Result<ExplainOptions, Failure> ExplainOptions::parse(std::span<const std::string> arguments) {
  GivenOptions given;
  CommandLine line(kHelpCommand);
  declare(line, given);
  if (auto failure = line.parse(arguments)) return *std::move(failure);
  ExplainOptions options;
  options.help = given.help;
  if (options.help) return options;

  auto recorder =
      recorder_option("--recorder", given.recorder.value_or(std::string(kDocumentedRecorder.name)));
  if (!recorder) return recorder.error();
  options.recorder = recorder.value();
  if (auto failure = check_names(given)) return *std::move(failure);
  const auto format = format_option(given.format);
  if (!format) return format.error();
  options.format = format.value() == ReportFormat::json ? AnswerFormat::json : AnswerFormat::text;
  auto attributes = attributes_of(given.attributes);
  if (!attributes) return attributes.error();
  if (auto failure = check_combination(given)) return *std::move(failure);

  options.rules = std::move(given.rules);
  options.question.request = {std::move(given.fields), std::move(attributes).value()};
  options.question.trace_header = std::move(given.trace_header);
  options.question.naming_pattern = std::move(given.dynamic_naming);
  options.question.base_path = given.base_path.value_or("");
  options.question.url = std::move(given.url);
  options.requests = std::move(given.requests);
  options.all_recorders = given.all_recorders;
  options.why_not = std::move(given.why_not);
  return options;
}

std::vector<std::string> explain_option_names() {
  GivenOptions given;
  CommandLine line(kHelpCommand);
  declare(line, given);
  return line.long_names();
}

}  // namespace dosimeter::sim
