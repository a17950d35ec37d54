#include <dosimeter/request.h>

namespace dosimeter {

std::string_view field_name(Field field) noexcept {
  switch (field) {
    case Field::service_name:
      return "ServiceName";
    case Field::service_type:
      return "ServiceType";
    case Field::host:
      return "Host";
    case Field::http_method:
      return "HTTPMethod";
    case Field::url_path:
      return "URLPath";
    case Field::resource_arn:
      return "ResourceARN";
  }
  return "";
}

}  // namespace dosimeter
