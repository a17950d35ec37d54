#include "sim/quality/request_traits.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_hex_digit(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The text without `:8080`.
std::string_view without_port(std::string_view host) noexcept {
  std::size_t end = host.size();
  while (end > 0 && is_digit(host[end - 1])) --end;
  return end > 0 && end < host.size() && host[end - 1] == ':' ? host.substr(0, end - 1) : host;
}

bool is_ipv4(std::string_view text) noexcept {
  constexpr std::ptrdiff_t kDots = 3;
  return std::count(text.begin(), text.end(), '.') == kDots && is_digit(text.front()) &&
         is_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

/// Whether it has no letter that is in no address. Names end it early.
bool may_be_address(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_hex_digit(c) || c == ':' || c == '.'; });
}

bool is_ipv6(std::string_view text) noexcept {
  return may_be_address(text) && std::count(text.begin(), text.end(), ':') >= 2;
}

}  // namespace

bool is_address(std::string_view host) noexcept {
  if (host.empty()) return false;
  if (host.front() == '[') {
    const std::size_t end = host.find(']');
    return end != host.npos && is_ipv6(host.substr(1, end - 1));
  }
  if (!may_be_address(host)) return false;
  if (is_ipv6(host)) return true;
  const std::string_view name = without_port(host);
  return !name.empty() && is_ipv4(name);
}

RequestTraits::RequestTraits(const Request& request, FieldBits undecided) noexcept {
  unsigned bits = fields_of(request) | undecided << kFieldCount;
  if (request.host && is_address(*request.host)) bits |= 1U << 2 * kFieldCount;
  bits_ = static_cast<std::uint16_t>(bits);
}

}  // namespace dosimeter::sim
