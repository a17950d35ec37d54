#include <dosimeter/raw_request.h>
#include <dosimeter/trace_header.h>

#include <algorithm>
#include <utility>

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

/// The length of the UTF-8 sequence at the start of `text`, or 0 where there is none; `bad` is then
/// how many bytes one U+FFFD stands for (Unicode 15, 3.9: the longest start of a sequence, else
/// one).
std::size_t sequence_length(std::string_view text, std::size_t& bad) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  bad = 1;
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // No overlong forms, no surrogates, nothing past U+10FFFF.
  unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= text.size() || byte(i) < lowest || byte(i) > highest) {
      bad = i;
      return 0;
    }
    lowest = 0x80;
    highest = 0xBF;
  }
  return length;
}

/// `text` with U+FFFD in place of what is no UTF-8.
std::string replaced(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t bad = 1;
    if (const std::size_t length = sequence_length(text.substr(at), bad); length > 0) {
      made.append(text.substr(at, length));
      at += length;
    } else {
      made.append("\xEF\xBF\xBD");
      at += bad;
    }
  }
  return made;
}

std::string from_latin_1(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x80) {
      text += byte;
    } else {
      text += static_cast<char>(0xC0 | (value >> 6));
      text += static_cast<char>(0x80 | (value & 0x3F));
    }
  }
  return text;
}

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kNameBytes =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

bool has_only(std::string_view text, std::string_view bytes) noexcept {
  return text.find_first_not_of(bytes) == std::string_view::npos;
}

/// A domain name or an IPv4 address, or `[`, an IPv6 one and `]`.
bool is_host(std::string_view host) noexcept {
  if (!host.starts_with('[')) return !host.empty() && has_only(host, kNameBytes);
  if (!host.ends_with(']')) return false;
  const std::string_view address = host.substr(1, host.size() - 2);
  const std::size_t first_other = address.find_first_not_of(kHexDigits);
  return first_other != std::string_view::npos && address[first_other] == ':' &&
         first_other + 1 < address.size() && has_only(address, "0123456789abcdefABCDEF.:");
}

bool is_port(std::string_view port) noexcept {
  constexpr int kHighestPort = 65535;
  if (port.empty() || port.size() > 5 || port.front() == '0' || !has_only(port, kDigits)) {
    return false;
  }
  int number = 0;
  for (const char digit : port) number = number * 10 + (digit - '0');
  return number <= kHighestPort;
}

/// The size of `http:` in `http://shop.example/`; 0 where no scheme and authority begin the text.
std::size_t scheme_size(std::string_view text) noexcept {
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos || end == 0 || kLetters.find(text.front()) == kLetters.npos) {
    return 0;
  }
  constexpr std::string_view kSchemeBytes =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.";
  return has_only(text.substr(0, end), kSchemeBytes) ? end + 1 : 0;
}

/// `path` below `base`: `/shop/login` below `/shop` is `/login`, `/shop` itself is `/`. A path that
/// is not below it stays whole.
std::string_view below(std::string_view path, std::string_view base) noexcept {
  if (base.empty() || !path.starts_with(base)) return path;
  const std::string_view rest = path.substr(base.size());
  if (rest.empty()) return "/";
  return rest.front() == '/' ? rest : path;
}

/// Drops the fragment of a target, and takes one apart that is a whole URL. The host it names is
/// the request's where that has none of its own.
void read_as_url(RawRequest& request) {
  const std::size_t mark = request.path->find('#');
  if (mark != std::string_view::npos) {
    request.path = request.path->substr(0, mark);
    request.query.reset();
  } else if (request.query) {
    request.query = request.query->substr(0, request.query->find('#'));
  }
  const std::size_t scheme = scheme_size(*request.path);
  if (scheme == 0) return;
  const std::string_view rest = request.path->substr(scheme + 2);
  const std::size_t authority_size = std::min(rest.find('/'), rest.size());
  if (!request.host) request.set_host(rest.substr(0, authority_size));
  request.path = rest.size() == authority_size ? "/" : rest.substr(authority_size);
}

}  // namespace

void RawRequest::set_host(std::string_view header) noexcept {
  host = header;
  port.reset();
  const std::size_t colon = header.rfind(':');
  if (colon == std::string_view::npos) return;
  const bool bracketed = header.front() == '[' && header[colon - 1] == ']';
  const bool only_colon = header.find(':') == colon;
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
  if (choices_.path_encoding != PathEncoding::as_sent) {
    std::string decoded;
    append_decoded(base_path_, decoded);
    base_path_ = std::move(decoded);
  }
}

FieldText RecorderView::host_text(std::string_view host, const FieldText& port) {
  FieldText kept_port = port;
  if (choices_.host_port == HostPort::removed) {
    kept_port.reset();
  } else if (choices_.host_port == HostPort::kept_but_80) {
    constexpr std::string_view kPlainPort = ":80";
    if (port == kPlainPort.substr(1)) {
      kept_port.reset();
    } else if (!port && host.ends_with(kPlainPort)) {  // More colons than a host has: `shop:80:80`.
      RawRequest rest;
      rest.set_host(host.substr(0, host.size() - kPlainPort.size()));
      host = *rest.host;
      kept_port = rest.port;
    }
  }
  if (choices_.host_text == HostText::valid_or_absent &&
      (!is_host(host) || (kept_port && !is_port(*kept_port)))) {
    return std::nullopt;
  }
  if (choices_.host_text == HostText::as_latin_1) {
    host_ = from_latin_1(host);
  } else if (kept_port) {
    host_ = host;
  } else {
    return host;
  }
  if (kept_port) host_.append(1, ':').append(*kept_port);
  return host_;
}

std::string_view RecorderView::path_text(std::string_view path, const FieldText& query,
                                         QueryString query_string) {
  const bool decodes = choices_.path_encoding != PathEncoding::as_sent;
  if (decodes) {
    path_.clear();
    append_decoded(path, path_);
    if (choices_.path_encoding == PathEncoding::percent_decoded_to_utf8) path_ = replaced(path_);
    path = path_;
  }
  if (choices_.base_path == BasePath::removed) path = below(path, base_path_);
  if (choices_.path_start == PathStart::one_slash) {
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    path_ = '/' + std::string(path);
    path = path_;
  }
  // No recorder decodes a query.
  if (!query || query_string != QueryString::kept) return path;
  std::string whole(path);
  whole.append(1, '?').append(*query);
  path_ = std::move(whole);
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
  RawRequest target = raw;
  if (raw.path && choices_.target_form == TargetForm::as_url) read_as_url(target);
  if (target.host && choices_.host_supply == FieldSupply::filled_in) {
    request.host = host_text(*target.host, target.port);
  }
  if (naming_) {
    if (const std::string_view name = naming_->name(request.host); !name.empty()) {
      request.service_name = name;
    }
  }
  if (target.path) {
    request.url_path = path_text(*target.path, target.query, choices_.query_string);
  } else if (raw.url) {
    request.url_path = path_of_url(*raw.url);
  }
  if (raw.trace_header) request.upstream = upstream_decision(*raw.trace_header, choices_);
  return request;
}

}  // namespace dosimeter
