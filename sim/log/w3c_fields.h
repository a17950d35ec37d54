#pragma once

#include "sim/log/line_field.h"
#include "sim/log/text_arena.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace dosimeter::sim {

enum class W3cKind : unsigned char { iis, cloudfront };

/// What is read of a W3C extended log's row.
enum class W3cField : unsigned char {
  date,
  time,
  method,
  stem,
  query,
  host,
  /// Where there is no `host`.
  other_host,
  status,
  time_taken,
  client,
  server,
};
inline constexpr std::size_t kW3cFieldCount = 11;

/// Names in `#Fields`, in the enum's order. IIS writes time-taken in milliseconds.
inline constexpr std::array<LineField, kW3cFieldCount> kIisFields = {{
    {"date", LogColumn::time},
    {"time", LogColumn::time},
    {"cs-method", LogColumn::method},
    {"cs-uri-stem", LogColumn::path},
    {"cs-uri-query"},
    {"cs-host", LogColumn::host},
    {"cs(Host)", LogColumn::host},
    {"sc-status", LogColumn::status},
    {"time-taken", LogColumn::latency},
    {"c-ip", LogColumn::client},
    {"s-computername"},
}};
/// CloudFront writes it in seconds; `cs(Host)` is the distribution, `x-host-header` what the viewer
/// sent.
inline constexpr std::array<LineField, kW3cFieldCount> kCloudfrontFields = {{
    {"date", LogColumn::time},
    {"time", LogColumn::time},
    {"cs-method", LogColumn::method},
    {"cs-uri-stem", LogColumn::path},
    {"cs-uri-query"},
    {"x-host-header", LogColumn::host},
    {"cs(Host)", LogColumn::host},
    {"sc-status", LogColumn::status},
    {"time-taken", LogColumn::latency},
    {"c-ip", LogColumn::client},
    {"x-edge-location"},
}};

/// A row's texts by W3cField; empty where the row has none.
using W3cTexts = std::array<std::string_view, kW3cFieldCount>;

/// Where the fields of rows stand, as the last `#Fields` line says.
class W3cFields {
 public:
  /// Of a directive, names between spaces or tabs; of an empty text no fields at all.
  explicit W3cFields(std::string_view directive);

  [[nodiscard]] bool has_time() const noexcept { return has_time_; }
  /// Linear; allocates nothing. Quotes around a whole field are taken off.
  [[nodiscard]] W3cTexts split(std::string_view line, char delimiter) const noexcept;

 private:
  static constexpr std::size_t kMostColumns = 256;
  static constexpr unsigned char kUnread = 0xFF;

  std::array<unsigned char, kMostColumns> field_of_{};
  /// Columns up to the last that is read.
  std::size_t columns_ = 0;
  bool has_time_ = false;
};

/// `%25` in front of two hexadecimal digits is `%`: what CloudFront has encoded once more than the
/// client.
[[nodiscard]] std::string_view encoded_once(std::string_view text, TextArena& texts);

/// `+` is a space, as IIS writes them.
[[nodiscard]] std::string_view with_spaces(std::string_view text, TextArena& texts);

}  // namespace dosimeter::sim
