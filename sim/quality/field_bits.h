#pragma once

#include <dosimeter/request.h>

namespace dosimeter::sim {

/// One bit for each Field.
using FieldBits = unsigned;

[[nodiscard]] constexpr FieldBits bit_of(Field field) noexcept {
  return FieldBits{1} << static_cast<unsigned>(field);
}

/// Those that the request has.
[[nodiscard]] inline FieldBits fields_of(const Request& request) noexcept {
  const auto bit = [](const FieldText& text, Field field) {
    return FieldBits{text.has_value()} << static_cast<unsigned>(field);
  };
  return bit(request.service_name, Field::service_name) |
         bit(request.service_type, Field::service_type) | bit(request.host, Field::host) |
         bit(request.http_method, Field::http_method) | bit(request.url_path, Field::url_path) |
         bit(request.resource_arn, Field::resource_arn);
}

}  // namespace dosimeter::sim
