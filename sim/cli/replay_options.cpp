#include "sim/cli/replay_options.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace dosimeter::sim {
namespace {

void declare(CLI::App& app, ReplayOptions& options) {
  app.set_help_flag();
  // Repeated values would otherwise be joined or dropped; the text must not say more than the
  // program does.
  const auto one = [&](const char* name, std::optional<std::string>& value) {
    app.add_option(name, value)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  };
  const auto several = [&](const char* name, std::vector<std::string>& values) {
    app.add_option(name, values)->expected(1, -1);
  };
  several("--rules", options.rules);
  several("--log", options.logs);
  one("--recorder", options.recorder);
  several("--map", options.maps);
  one("--service", options.service);
  one("--host", options.host);
  one("--dynamic-naming", options.dynamic_naming);
  one("--from", options.from);
  one("--to", options.to);
  app.add_flag("--strict", options.strict);
  one("--reorder-memory", options.reorder_memory);
  one("--confidence", options.confidence);
  one("--prices", options.prices);
  one("--free-tier-used", options.free_tier_used);
  one("--month-hours", options.month_hours);
  one("--format", options.format);
  one("--output", options.output);
  app.add_flag("-h,--help", options.help);
  app.add_flag("--version", options.version);
}

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

Failure unknown(const CLI::App& app, const std::string& argument) {
  const std::string shown = in_quotes(argument, 80);
  if (!argument.starts_with("-")) {
    return {ExitCode::usage,
            "unexpected " + shown + ": every value belongs to an option, as in --log FILE"};
  }
  const std::vector<std::string> names = long_names(app);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const auto nearest = nearest_name(argument.substr(0, argument.find('=')), candidates);
  return {ExitCode::usage, "unknown option " + shown +
                               (nearest ? ", did you mean " + std::string(*nearest) + "?"
                                        : ", see simulate --help")};
}

/// Whether `argument` is an option: a value may begin with a hyphen, but not be one of these.
bool is_option(const CLI::App& app, const std::string& argument) {
  const std::vector<std::string> names = long_names(app);
  return argument == "-h" || std::find(names.begin(), names.end(),
                                       argument.substr(0, argument.find('='))) != names.end();
}

/// The first option that lacks its value because the next argument is an option or there is none.
/// CLI11 would take the next option for the value.
std::optional<Failure> missing_value(const CLI::App& app, std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const CLI::Option* option = app.get_option_no_throw(arguments[i]);
    if (option == nullptr || option->get_expected_min() == 0) continue;
    if (i + 1 < arguments.size() && !is_option(app, arguments[i + 1])) continue;
    return Failure{ExitCode::usage, arguments[i] + " needs a value"};
  }
  return std::nullopt;
}

/// The option that a parse error is about, out of CLI11's own wording.
std::string subject(const CLI::Error& error) {
  const std::string text = error.what();
  const std::size_t start = text.find("--");
  if (start == std::string::npos) return "an option";
  return text.substr(start, text.find_first_of(": =", start) - start);
}

}  // namespace

Result<ReplayOptions, Failure> parse_replay_options(std::span<const std::string> arguments) {
  ReplayOptions options;
  CLI::App app;
  declare(app, options);
  if (auto failure = missing_value(app, arguments)) return *std::move(failure);
  // CLI11 takes them last first.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ExtrasError&) {
    return unknown(app, app.remaining().front());
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string name = subject(error);
    const auto given = std::count_if(arguments.begin(), arguments.end(), [&](const auto& argument) {
      return argument == name || argument.starts_with(name + "=");
    });
    return Failure{ExitCode::usage,
                   given > 1 ? name + " may be given once" : name + " needs a value"};
  } catch (const CLI::ParseError& error) {
    return Failure{ExitCode::usage, subject(error) + " cannot be read, see simulate --help"};
  }
  return options;
}

std::vector<std::string> replay_option_names() {
  ReplayOptions options;
  CLI::App app;
  declare(app, options);
  return long_names(app);
}

}  // namespace dosimeter::sim
