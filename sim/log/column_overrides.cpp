#include "sim/log/column_overrides.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace dosimeter::sim {
namespace {

Failure no_target(std::string_view name) {
  std::vector<std::string_view> names;
  for (const LogColumnFacts& facts : log_columns()) {
    if (facts.mappable) names.push_back(facts.name);
  }
  std::string suggestion;
  if (log_column_named(name) == LogColumn::instance) {
    suggestion = ", whose column --instance-column names";
  } else if (log_column_named(name)) {
    suggestion = ", which no result depends on";
  } else if (const auto near = nearest_name(name, names)) {
    suggestion = fmt::format(" (did you mean {}?)", *near);
  }
  return {ExitCode::usage, fmt::format("--map: expected one of {}, got {}{}",
                                       fmt::join(names, ", "), in_quotes(name), suggestion)};
}

}  // namespace

Result<ColumnOverrides, Failure> ColumnOverrides::parse(std::span<const std::string> texts) {
  ColumnOverrides overrides;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == text.npos || sign == 0 || sign + 1 == text.size()) {
      return Failure{ExitCode::usage,
                     fmt::format("--map: expected NAME=HEADER, got {}", in_quotes(text))};
    }
    const std::string_view name = std::string_view(text).substr(0, sign);
    const std::optional<LogColumn> column = log_column_named(name);
    if (!column || !facts_of(*column).mappable) return no_target(name);
    std::optional<std::string>& header = overrides.headers_[static_cast<std::size_t>(*column)];
    if (header) {
      return Failure{ExitCode::usage,
                     fmt::format("--map: {} is given twice: {} and {}", name, in_quotes(*header),
                                 in_quotes(text.substr(sign + 1)))};
    }
    header = text.substr(sign + 1);
  }
  return overrides;
}

}  // namespace dosimeter::sim
