#include <dosimeter/raw_request.h>
#include <dosimeter/trace_header.h>

namespace dosimeter {
namespace {

int hex_digit(char byte) noexcept {
  if (byte >= '0' && byte <= '9') return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

/// Appends `text` with `%XX` undone once (RFC 3986, 2.1). What is no such triple stays.
void append_decoded(std::string_view text, std::string& decoded) {
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

/// `path` below `base`: `/shop/login` below `/shop` is `/login`, `/shop` itself is `/`. A path that
/// is not below it stays whole.
std::string_view below(std::string_view path, std::string_view base) noexcept {
  if (base.empty() || !path.starts_with(base)) return path;
  const std::string_view rest = path.substr(base.size());
  if (rest.empty()) return "/";
  return rest.front() == '/' ? rest : path;
}

}  // namespace

void RawRequest::set_host(std::string_view header) noexcept {
  host = header;
  port.reset();
  const std::size_t first_colon = header.find(':');
  if (first_colon == std::string_view::npos) return;
  const std::size_t colon = header.rfind(':');
  const bool bracketed = header.front() == '[' && header[colon - 1] == ']';
  const bool only_colon = first_colon == colon;
  if (!bracketed && !only_colon) return;
  host = header.substr(0, colon);
  port = header.substr(colon + 1);
}

void RawRequest::set_target(std::string_view target) noexcept {
  const std::size_t mark = target.find('?');
  path = target.substr(0, mark);
  query.reset();
  if (mark != std::string_view::npos) query = target.substr(mark + 1);
}

RecorderView::RecorderView(const TextChoices& choices, std::string base_path,
                           std::optional<SegmentNaming> naming)
    : choices_(choices), base_path_(std::move(base_path)), naming_(std::move(naming)) {
  while (!base_path_.empty() && base_path_.back() == '/') base_path_.pop_back();
}

std::string_view RecorderView::host_text(std::string_view host, const FieldText& port) {
  if (!port || choices_.host_port == HostPort::removed) return host;
  host_.assign(host).append(1, ':').append(*port);
  return host_;
}

std::string_view RecorderView::path_text(std::string_view path, const FieldText& query,
                                         QueryString query_string) {
  if (choices_.base_path == BasePath::removed) path = below(path, base_path_);
  const bool decodes = choices_.path_encoding == PathEncoding::percent_decoded;
  const bool has_query = query && query_string == QueryString::kept;
  if (!decodes && !has_query) return path;
  path_.clear();
  if (decodes) {
    append_decoded(path, path_);
  } else {
    path_.append(path);
  }
  // No recorder decodes a query.
  if (has_query) path_.append(1, '?').append(*query);
  return path_;
}

FieldText RecorderView::path_of_url(std::string_view url) {
  if (choices_.path_of_url == PathOfUrl::whole_url) return url;
  constexpr std::string_view kAuthority = "://";
  const std::size_t scheme_end = url.find(kAuthority);
  if (scheme_end == std::string_view::npos) return std::nullopt;
  RawRequest parts;
  const std::size_t path = url.find_first_of("/?#", scheme_end + kAuthority.size());
  std::string_view target = path == std::string_view::npos ? "" : url.substr(path);
  target = target.substr(0, target.find('#'));
  parts.set_target(target);
  if (parts.path->empty()) parts.path = "/";
  switch (choices_.path_of_url) {
    case PathOfUrl::without_query:
      return path_text(*parts.path, parts.query, QueryString::removed);
    case PathOfUrl::with_query:
      return path_text(*parts.path, parts.query, QueryString::kept);
    case PathOfUrl::like_a_target:
    case PathOfUrl::whole_url:
      break;
  }
  return path_text(*parts.path, parts.query, choices_.query_string);
}

Request RecorderView::view(const RawRequest& raw) {
  Request request{.service_name = raw.service_name,
                  .service_type = raw.service_type,
                  .http_method = raw.http_method,
                  .resource_arn = raw.resource_arn,
                  .attributes = raw.attributes};
  if (choices_.service_type_supply == FieldSupply::never_filled_in) request.service_type.reset();
  if (raw.host && choices_.host_supply == FieldSupply::filled_in) {
    request.host = host_text(*raw.host, raw.port);
  }
  if (naming_) {
    if (const std::string_view name = naming_->name(request.host); !name.empty()) {
      request.service_name = name;
    }
  }
  if (raw.path) {
    request.url_path = path_text(*raw.path, raw.query, choices_.query_string);
  } else if (raw.url) {
    request.url_path = path_of_url(*raw.url);
  }
  if (raw.trace_header) request.upstream = upstream_decision(*raw.trace_header, choices_);
  return request;
}

}  // namespace dosimeter
