#include "sim/cli/option_value.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace dosimeter::sim {
namespace {

template <typename Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct SizeUnit {
  std::string_view name;
  unsigned shift;
};
constexpr std::array<SizeUnit, 3> kSizeUnits = {{{"GiB", 30}, {"MiB", 20}, {"KiB", 10}}};

std::string size_text(std::size_t bytes) {
  for (const SizeUnit& unit : kSizeUnits) {
    if (bytes % (std::size_t{1} << unit.shift) == 0) {
      return fmt::format("{}{}", bytes >> unit.shift, unit.name);
    }
  }
  return fmt::format("{}", bytes);
}

std::optional<std::size_t> parse_size(std::string_view text) {
  unsigned shift = 0;
  for (const SizeUnit& unit : kSizeUnits) {
    if (!text.ends_with(unit.name)) continue;
    text.remove_suffix(unit.name.size());
    shift = unit.shift;
    break;
  }
  const auto number = parse_whole<std::size_t>(text);
  if (!number || (*number << shift) >> shift != *number) return std::nullopt;
  return *number << shift;
}

}  // namespace

Result<const Recorder*, Failure> recorder_option(std::string_view option, std::string_view text) {
  if (const Recorder* found = find_recorder(text)) return found;
  std::vector<std::string_view> names;
  for (const Recorder& recorder : recorders()) names.push_back(recorder.name);
  const auto nearest = nearest_name(text, names);
  return Failure{ExitCode::usage,
                 fmt::format("{} must be a recorder that simulate recorders lists, got {}{}",
                             option, in_quotes(text, kShownBytes),
                             nearest ? fmt::format(", did you mean {}?", *nearest) : "")};
}

Result<ReportFormat, Failure> format_option(const std::optional<std::string>& text) {
  if (!text || *text == "text") return ReportFormat::text;
  if (*text == "json") return ReportFormat::json;
  return Failure{ExitCode::usage,
                 "--format must be text or json, got " + in_quotes(*text, kShownBytes)};
}

std::optional<Failure> check_base_path(const std::optional<std::string>& text) {
  if (!text || text->starts_with('/')) return std::nullopt;
  return Failure{ExitCode::usage,
                 "--base-path must begin with /, got " + in_quotes(*text, kShownBytes)};
}

std::optional<Failure> check_not_empty(std::span<const NamedText> options) {
  for (const auto& [option, value] : options) {
    if (!*value || !(*value)->empty()) continue;
    return Failure{ExitCode::usage, std::string(option) + " must not be empty"};
  }
  return std::nullopt;
}

Result<double, Failure> number_option(std::string_view option, std::string_view text, double least,
                                      double most) {
  const auto value = parse_whole<double>(text);
  if (value && *value >= least && *value <= most) return *value;
  return Failure{ExitCode::usage, fmt::format("{} must be a number between {} and {}, got {}",
                                              option, least, most, in_quotes(text, kShownBytes))};
}

Result<std::uint64_t, Failure> one_of_option(std::string_view option, std::string_view text,
                                             std::uint64_t most) {
  constexpr std::string_view kOneOf = "1/";
  if (text.starts_with(kOneOf)) {
    const auto value = parse_whole<std::uint64_t>(text.substr(kOneOf.size()));
    if (value && *value >= 1 && *value <= most) return *value;
  }
  return Failure{ExitCode::usage, fmt::format("{} must be 1/N with a whole N from 1 to {}, got {}",
                                              option, most, in_quotes(text, kShownBytes))};
}

Result<std::uint64_t, Failure> whole_option(std::string_view option, std::string_view text,
                                            std::uint64_t least, std::uint64_t most) {
  const auto value = parse_whole<std::uint64_t>(text);
  if (value && *value >= least && *value <= most) return *value;
  return Failure{ExitCode::usage, fmt::format("{} must be a whole number from {} to {}, got {}",
                                              option, least, most, in_quotes(text, kShownBytes))};
}

Result<std::uint64_t, Failure> count_option(std::string_view option, std::string_view text,
                                            std::uint64_t most) {
  return whole_option(option, text, 0, most);
}

Result<std::size_t, Failure> size_option(std::string_view option, std::string_view text,
                                         std::size_t least, std::size_t most) {
  const auto value = parse_size(text);
  if (value && *value >= least && *value <= most) return *value;
  return Failure{ExitCode::usage,
                 fmt::format("{} must be a size from {} to {}, got {}", option, size_text(least),
                             size_text(most), in_quotes(text, kShownBytes))};
}

}  // namespace dosimeter::sim
