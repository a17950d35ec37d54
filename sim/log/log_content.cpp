#include "sim/log/log_content.h"

#include "sim/log/compression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dosimeter::sim {
namespace {

using std::string_view_literals::operator""sv;

struct Other {
  std::string_view front;
  std::string_view name;
};

constexpr std::array<Other, 3> kOthers = {{
    {"PAR1"sv, "Parquet"},
    {"{"sv, "JSON"},
    {"[{"sv, "JSON"},
}};

constexpr std::string_view kOnlyThese =
    "only CSV with a header line and the logs that simulate --help names are read";

}  // namespace

std::optional<std::string> why_not_csv(std::string_view first_line) {
  if (guess_compression(first_line.substr(0, kLongestMagic)).compression != Compression::none) {
    return "is compressed twice, and inflated once; try gzip -dc FILE | simulate --log -";
  }
  if (first_line.starts_with("PK\x03\x04"sv)) {
    return "is compressed with zip, which may hold many files; try unzip -p FILE | simulate --log "
           "-";
  }
  if (first_line.starts_with("\xFF\xFE"sv) || first_line.starts_with("\xFE\xFF"sv)) {
    return fmt::format("is UTF-16 text: {}; try iconv -f UTF-16 -t UTF-8 FILE | simulate --log -",
                       kOnlyThese);
  }
  for (const Other& other : kOthers) {
    if (first_line.starts_with(other.front)) {
      return fmt::format("is {}: {}", other.name, kOnlyThese);
    }
  }
  return std::nullopt;
}

char delimiter_of(std::string_view header_line) noexcept {
  bool tab = false;
  bool semicolon = false;
  bool quoted_part = false;
  for (const char c : header_line) {
    if (c == '"') quoted_part = !quoted_part;
    if (quoted_part) continue;
    if (c == ',') return ',';
    tab = tab || c == '\t';
    semicolon = semicolon || c == ';';
  }
  return tab ? '\t' : semicolon ? ';' : ',';
}

}  // namespace dosimeter::sim
