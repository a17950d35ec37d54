#include "sim/cli/command_line.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace dosimeter::sim {
namespace {

/// The option that a parse error is about, out of CLI11's own wording.
std::string subject(const CLI::Error& error) {
  const std::string text = error.what();
  const std::size_t start = text.find("--");
  if (start == std::string::npos) return "an option";
  return text.substr(start, text.find_first_of(": =", start) - start);
}

}  // namespace

CommandLine::CommandLine(std::string help)
    : help_(std::move(help)), app_(std::make_unique<CLI::App>()) {
  app_->set_help_flag();
}
CommandLine::~CommandLine() = default;

// Repeated values would otherwise be joined or dropped; the text must not say more than the program
// does.
void CommandLine::one(const char* name, std::optional<std::string>& value) {
  app_->add_option(name, value)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void CommandLine::several(const char* name, std::vector<std::string>& values) {
  app_->add_option(name, values)->expected(1, -1);
}

void CommandLine::repeated(const char* name, std::vector<std::string>& values) {
  app_->add_option(name, values)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

void CommandLine::flag(const char* name, bool& value) {
  app_->add_flag(name, value);
}

void CommandLine::positional(const char* name, std::optional<std::string>& value) {
  app_->add_option(name, value)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

std::vector<std::string> CommandLine::long_names() const {
  std::vector<std::string> names;
  for (const CLI::Option* option : std::as_const(*app_).get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

Failure CommandLine::unknown(const std::string& argument) const {
  const std::string shown = in_quotes(argument, 80);
  if (!argument.starts_with("-")) {
    return {ExitCode::usage,
            "unexpected " + shown + ": every value belongs to an option, see " + help_};
  }
  const std::vector<std::string> names = long_names();
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const auto nearest = nearest_name(argument.substr(0, argument.find('=')), candidates);
  return {ExitCode::usage,
          "unknown option " + shown +
              (nearest ? ", did you mean " + std::string(*nearest) + "?" : ", see " + help_)};
}

/// A value may begin with a hyphen, but not be one of the options.
bool CommandLine::is_option(const std::string& argument) const {
  const std::vector<std::string> names = long_names();
  return argument == "-h" || std::find(names.begin(), names.end(),
                                       argument.substr(0, argument.find('='))) != names.end();
}

/// The first option that lacks its value because the next argument is an option or there is none.
/// CLI11 would take the next option for the value.
std::optional<Failure> CommandLine::missing_value(std::span<const std::string> arguments) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i].starts_with("-")) continue;
    const CLI::Option* option = app_->get_option_no_throw(arguments[i]);
    if (option == nullptr || option->get_expected_min() == 0) continue;
    if (i + 1 < arguments.size() && !is_option(arguments[i + 1])) continue;
    return Failure{ExitCode::usage, arguments[i] + " needs a value"};
  }
  return std::nullopt;
}

std::optional<Failure> CommandLine::parse(std::span<const std::string> arguments) {
  if (auto failure = missing_value(arguments)) return failure;
  // CLI11 takes them last first.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app_->parse(std::move(reversed));
  } catch (const CLI::ExtrasError&) {
    return unknown(app_->remaining().front());
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string name = subject(error);
    const auto given = std::count_if(arguments.begin(), arguments.end(), [&](const auto& argument) {
      return argument == name || argument.starts_with(name + "=");
    });
    return Failure{ExitCode::usage,
                   given > 1 ? name + " may be given once" : name + " needs a value"};
  } catch (const CLI::ParseError& error) {
    return Failure{ExitCode::usage, subject(error) + " cannot be read, see " + help_};
  }
  return std::nullopt;
}

}  // namespace dosimeter::sim
