#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/result.h>

#include "sim/failure.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace dosimeter::sim {

/// Values of options. Each error says the option, its range and what was given.

/// The recorder of that name, out of the table.
[[nodiscard]] Result<const Recorder*, Failure> recorder_option(std::string_view option,
                                                               std::string_view text);

/// How an answer is written: `text`, also where nothing is given, or `json`.
enum class ReportFormat : unsigned char { text, json };
[[nodiscard]] Result<ReportFormat, Failure> format_option(const std::optional<std::string>& text);

/// Where an application is mounted, which begins with a slash.
[[nodiscard]] std::optional<Failure> check_base_path(const std::optional<std::string>& text);

/// An option and its value, if it is given.
using NamedText = std::pair<const char*, const std::optional<std::string>*>;

/// What is given must say something: an empty one is a variable that was not set.
[[nodiscard]] std::optional<Failure> check_not_empty(std::span<const NamedText> options);

/// A decimal number, both ends of the range included.
[[nodiscard]] Result<double, Failure> number_option(std::string_view option, std::string_view text,
                                                    double least, double most);

/// `1/N`: one of so many. Gives N, a whole number from 1 to `most`.
[[nodiscard]] Result<std::uint64_t, Failure> one_of_option(std::string_view option,
                                                           std::string_view text,
                                                           std::uint64_t most);

/// A whole number, both ends of the range included.
[[nodiscard]] Result<std::uint64_t, Failure> whole_option(std::string_view option,
                                                          std::string_view text,
                                                          std::uint64_t least, std::uint64_t most);

/// A whole number from 0 to `most`.
[[nodiscard]] Result<std::uint64_t, Failure> count_option(std::string_view option,
                                                          std::string_view text,
                                                          std::uint64_t most);

/// Bytes: a whole number with KiB, MiB or GiB behind it, or with nothing. Both ends of the range
/// are included and whole KiB.
[[nodiscard]] Result<std::size_t, Failure> size_option(std::string_view option,
                                                       std::string_view text, std::size_t least,
                                                       std::size_t most);

}  // namespace dosimeter::sim
