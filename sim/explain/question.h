#pragma once

#include <dosimeter/request.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::sim {

struct AskedAttribute {
  std::string key;
  /// Of another type its JSON text.
  std::string value;
  AttributeType type = AttributeType::text;
};

/// A request that somebody asks about. Owns its texts.
struct AskedRequest {
  /// By Field. The host as in the Host header, the path as in the request line.
  std::array<std::optional<std::string>, kFieldCount> fields;
  std::vector<AskedAttribute> attributes;

  [[nodiscard]] std::optional<std::string>& field(Field field) {
    return fields[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] const std::optional<std::string>& field(Field field) const {
    return fields[static_cast<std::size_t>(field)];
  }
};

/// Which rule has a request, and why?
struct Question {
  AskedRequest request;
  /// The request's texts are what rules are compared with already, of whatever recorder; what
  /// follows is then left empty.
  bool verbatim = false;
  /// The full URL, where only that is known: it gives the path and, where there is none, the host.
  std::optional<std::string> url;
  /// The whole X-Amzn-Trace-Id header.
  std::optional<std::string> trace_header;
  /// Dynamic naming: a request whose host matches is of the service called like the host.
  std::optional<std::string> naming_pattern;
  /// Where the application is mounted: `/shop`.
  std::string base_path;
};

}  // namespace dosimeter::sim
