#pragma once

#include "sim/failure.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}  // namespace CLI

namespace dosimeter::sim {

/// Reads the arguments of one command. Declare the options, then parse: values are texts, nothing
/// of them is checked. What is declared must outlive the call of parse.
class CommandLine {
 public:
  /// `help` is what messages send a lost user to: `simulate explain --help`.
  explicit CommandLine(std::string help);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;  // options are bound by address
  CommandLine& operator=(const CommandLine&) = delete;

  /// An option with one value, given once at most.
  void one(const char* name, std::optional<std::string>& value);
  /// An option with one value or more, given any number of times.
  void several(const char* name, std::vector<std::string>& values);
  /// An option with one value, given any number of times.
  void repeated(const char* name, std::vector<std::string>& values);
  void flag(const char* name, bool& value);
  /// A value without an option, at most one.
  void positional(const char* name, std::optional<std::string>& value);

  /// Errors (usage): an unknown option, with the one that was likely meant; a missing value; one
  /// given twice; a value that belongs to no option.
  [[nodiscard]] std::optional<Failure> parse(std::span<const std::string> arguments);

  /// Every long option, with its hyphens.
  [[nodiscard]] std::vector<std::string> long_names() const;

 private:
  [[nodiscard]] Failure unknown(const std::string& argument) const;
  [[nodiscard]] std::optional<Failure> missing_value(std::span<const std::string> arguments) const;
  [[nodiscard]] bool is_option(const std::string& argument) const;

  std::string help_;
  std::unique_ptr<CLI::App> app_;
};

}  // namespace dosimeter::sim
