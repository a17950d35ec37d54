#include "sim/log/format_list.h"

#include "sim/log/formats.h"
#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <vector>

namespace dosimeter::sim {
namespace {

constexpr std::string_view kByContent = "auto";

constexpr std::array kFormats = {
    &kHeroku,    &kAlb,        &kS3,         &kElb,           &kEnvoy,
    &kHaproxy,   &kTraefikClf, &kApiGateway, &kApiGatewayCsv, &kCombined,
    &kLtsv,      &kCloudfront, &kIis,        &kOtlp,          &kXray,
    &kGoogle,    &kCloudflare, &kTraefik,    &kCaddy,         &kApiGatewayJson,
    &kEnvoyJson, &kNginxJson,  &kJson,       &kCsv,           &kTsv,
};

std::vector<std::string_view> all_names() {
  std::vector<std::string_view> names = {kByContent};
  for (const FormatFacts* format : kFormats) names.push_back(format->name);
  return names;
}

}  // namespace

std::span<const FormatFacts* const> log_formats() noexcept {
  return kFormats;
}

std::string format_names() {
  return fmt::format("{}", fmt::join(all_names(), ", "));
}

Result<const FormatFacts*, Failure> format_named(std::string_view name) {
  if (name == kByContent) return nullptr;
  for (const FormatFacts* format : kFormats) {
    if (format->name == name) return format;
  }
  const auto near = nearest_name(name, all_names());
  return Failure{ExitCode::usage,
                 fmt::format("--log-format: expected one of {}, got {}{}", format_names(),
                             in_quotes(name, kShownBytes),
                             near ? fmt::format(" (did you mean {}?)", *near) : "")};
}

}  // namespace dosimeter::sim
