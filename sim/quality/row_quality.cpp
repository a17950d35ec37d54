#include "sim/quality/row_quality.h"

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

bool is_ipv6(std::string_view text) noexcept {
  return std::count(text.begin(), text.end(), ':') >= 2 &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_hex_digit(c) || c == ':' || c == '.'; });
}

}  // namespace

bool is_address(std::string_view host) noexcept {
  if (host.empty()) return false;
  if (host.front() == '[') {
    const std::size_t end = host.find(']');
    return end != host.npos && is_ipv6(host.substr(1, end - 1));
  }
  if (is_ipv6(host)) return true;
  const std::string_view name = without_port(host);
  return !name.empty() && is_ipv4(name);
}

void RowQuality::add(const LogRow& row, const Request& request, FieldBits undecided_fields) {
  if (row.count == 0) return;
  requests += row.count;
  minutes.add(row.time);
  for (const Field field : kFields) {
    const auto i = static_cast<std::size_t>(field);
    if (!request.field(field)) absent[i] += row.count;
    if ((undecided_fields & bit_of(field)) != 0) undecided[i] += row.count;
  }
  if (undecided_fields != 0) undecided_requests += row.count;
  if (request.host && is_address(*request.host)) address_hosts += row.count;
}

void RowQuality::add(const RowQuality& other) {
  requests += other.requests;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    absent[i] += other.absent[i];
    undecided[i] += other.undecided[i];
  }
  undecided_requests += other.undecided_requests;
  address_hosts += other.address_hosts;
  minutes.add(other.minutes);
}

void RowQuality::clear() noexcept {
  requests = 0;
  absent = {};
  undecided = {};
  undecided_requests = 0;
  address_hosts = 0;
  minutes.clear();
}

}  // namespace dosimeter::sim
