#include "sim/log/log_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dosimeter::sim {
namespace {

using std::string_view_literals::operator""sv;

struct Packed {
  std::string_view magic;
  std::string_view name;
  std::string_view unpacker;
};

/// RFC 1952, RFC 8878, the bzip2 and xz file formats, PKWARE's APPNOTE.
constexpr std::array<Packed, 5> kPacked = {{
    {"\x1F\x8B"sv, "gzip", "gzip -dc"},
    {"\x28\xB5\x2F\xFD"sv, "zstd", "zstd -dc"},
    {"BZh"sv, "bzip2", "bzip2 -dc"},
    {"\xFD\x37zXZ\0"sv, "xz", "xz -dc"},
    {"PK\x03\x04"sv, "zip", "unzip -p"},
}};

struct Other {
  std::string_view front;
  std::string_view name;
};

constexpr std::array<Other, 11> kOthers = {{
    {"PAR1"sv, "Parquet"},
    {"{"sv, "JSON"},
    {"[{"sv, "JSON"},
    {"#Version:"sv, "a W3C extended log"},
    {"#Software:"sv, "a W3C extended log"},
    {"#Fields:"sv, "a W3C extended log"},
    {"http 2"sv, "an AWS load balancer log"},
    {"https 2"sv, "an AWS load balancer log"},
    {"h2 2"sv, "an AWS load balancer log"},
    {"ws 2"sv, "an AWS load balancer log"},
    {"wss 2"sv, "an AWS load balancer log"},
}};

constexpr std::string_view kOnlyCsv = "only CSV with a header line is read";

/// `203.0.113.7 - - [04/May/2026:10:15:02 +0000] "GET ...`.
bool is_common_log(std::string_view line) {
  const std::size_t open = line.find(" [");
  return open != line.npos && line.find("] \"", open) != line.npos &&
         line.substr(0, open).find(',') == line.npos;
}

}  // namespace

std::optional<std::string> why_not_csv(std::string_view first_line) {
  for (const Packed& packed : kPacked) {
    if (!first_line.starts_with(packed.magic)) continue;
    return fmt::format("is compressed with {}: {}; try {} FILE | simulate --log -", packed.name,
                       kOnlyCsv, packed.unpacker);
  }
  if (first_line.starts_with("\xFF\xFE"sv) || first_line.starts_with("\xFE\xFF"sv)) {
    return fmt::format("is UTF-16 text: {}; try iconv -f UTF-16 -t UTF-8 FILE | simulate --log -",
                       kOnlyCsv);
  }
  for (const Other& other : kOthers) {
    if (first_line.starts_with(other.front)) {
      return fmt::format("is {}: {}", other.name, kOnlyCsv);
    }
  }
  if (is_common_log(first_line)) {
    return fmt::format("is a common or combined access log: {}", kOnlyCsv);
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
