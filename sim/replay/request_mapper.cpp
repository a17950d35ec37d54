#include "sim/replay/request_mapper.h"

#include <dosimeter/trace_header.h>

namespace dosimeter::sim {
namespace {

int hex_digit(char byte) noexcept {
  if (byte >= '0' && byte <= '9') return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

/// Undoes `%XX` once (RFC 3986, 2.1). What is no such triple stays.
void percent_decode(std::string_view text, std::string& decoded) {
  decoded.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    decoded += text[i];
  }
}

/// `host:80` and `[::1]:80` without the port. A bare IPv6 address has more than one colon and no
/// port.
std::string_view without_port(std::string_view host) noexcept {
  const std::size_t colon = host.rfind(':');
  if (colon == std::string_view::npos) return host;
  const bool bracketed = host.front() == '[' && host[colon - 1] == ']';
  const bool only_colon = host.find(':') == colon;
  return bracketed || only_colon ? host.substr(0, colon) : host;
}

FieldText or_else(const FieldText& text, const std::optional<std::string>& other) noexcept {
  if (text || !other) return text;
  return std::string_view(*other);
}

}  // namespace

RequestMapper::RequestMapper(const Recorder& recorder, RequestDefaults defaults)
    : choices_(recorder.text), defaults_(std::move(defaults)) {
  if (defaults_.naming_pattern) {
    naming_ = SegmentNaming::dynamic(*defaults_.naming_pattern, "", recorder.match);
  }
}

std::string_view RequestMapper::path_text(std::string_view target) {
  if (choices_.query_string == QueryString::removed) target = target.substr(0, target.find('?'));
  if (choices_.path_encoding == PathEncoding::as_sent) return target;
  percent_decode(target, decoded_path_);
  return decoded_path_;
}

Request RequestMapper::map(const LogRow& row) {
  Request request;
  request.host = or_else(row.host, defaults_.host);
  if (request.host && choices_.host_port == HostPort::removed) {
    request.host = without_port(*request.host);
  }
  request.service_name = or_else(row.service_name, defaults_.service_name);
  if (naming_) {
    if (const std::string_view name = naming_->name(request.host); !name.empty()) {
      request.service_name = name;
    }
  }
  request.service_type = row.service_type;
  request.http_method = row.http_method;
  if (row.target) request.url_path = path_text(*row.target);
  request.resource_arn = row.resource_arn;
  if (row.trace_header) request.upstream = upstream_decision(*row.trace_header, choices_);
  return request;
}

}  // namespace dosimeter::sim
