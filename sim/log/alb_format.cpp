#include "sim/log/alb_format.h"

#include "sim/log/formats.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/spaced_fields.h"
#include "sim/log/timestamp.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

namespace dosimeter::sim {
namespace {

static_assert(kSpacedFieldsPadding <= kBlockPadding);

using std::string_view_literals::operator""sv;

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::array<std::string_view, 6> kTypes = {"https", "h2", "http", "wss", "ws", "grpcs"};

FieldText present(std::string_view text) noexcept {
  if (text.empty() || text == "-") return std::nullopt;
  return text;
}

/// Up to the first space, without it, which is taken from `rest`.
std::string_view take_word(std::string_view& rest) noexcept {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

bool starts_with_year(std::string_view text) noexcept {
  return text.size() >= 5 && std::all_of(text.begin(), text.begin() + 4, is_digit) &&
         text[4] == '-';
}

/// `2026-05-04T10:15:02.186641Z 203.0.113.7 41872 443 TLSv1.3 ...`: the second word is an address,
/// the third a port. (A classic load balancer has its name there.)
bool is_connection_line(std::string_view line) noexcept {
  if (!starts_with_year(line)) return false;
  take_word(line);
  const std::string_view address = take_word(line);
  const std::string_view port = take_word(line);
  const auto of_an_address = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || c == '.' || c == ':' || c == '[' || c == ']';
  };
  return address.find_first_of(".:") != address.npos &&
         std::all_of(address.begin(), address.end(), of_an_address) && !port.empty() &&
         std::all_of(port.begin(), port.end(), is_digit);
}

/// What a line of a load balancer's that holds no request is.
std::optional<SkipReason> other_line(std::string_view line) noexcept {
  if (line.starts_with("tls ") || is_connection_line(line)) return SkipReason::connection;
  if (line.starts_with("Enable AccessLog for ELB") ||
      line.starts_with("Enable ConnectionLog for ELB")) {
    return SkipReason::comment;
  }
  return std::nullopt;
}

struct RequestLine {
  FieldText method;
  std::string_view url;
};

/// `GET https://shop.example:443/a b HTTP/1.1`: the method ends at the first space, the protocol
/// begins at the last, as URLs may hold spaces. What could not be read is `- - - `.
RequestLine split_request_line(std::string_view text) noexcept {
  while (text.ends_with(' ')) text.remove_suffix(1);
  const std::size_t first = text.find(' ');
  if (first == text.npos) return {std::nullopt, text};
  RequestLine line{present(text.substr(0, first)), text.substr(first + 1)};
  const std::size_t last = line.url.rfind(' ');
  if (last == line.url.npos) return line;
  const std::string_view protocol = line.url.substr(last + 1);
  if (protocol.starts_with("HTTP/") || protocol == "-") line.url = line.url.substr(0, last);
  return line;
}

/// The port that a client leaves out of the Host header (RFC 9110, 4.2), where the load balancer
/// writes it into every URL.
std::string_view implied_port(std::string_view scheme) noexcept {
  if (scheme == "https" || scheme == "wss") return ":443"sv;
  if (scheme == "http" || scheme == "ws") return ":80"sv;
  return {};
}

/// Whether `authority` is `host:80-`: the load balancer writes `-` for a path that it could not
/// read, and nothing in front of it.
bool has_no_path(std::string_view authority) noexcept {
  if (!authority.ends_with('-')) return false;
  std::string_view rest = authority.substr(0, authority.size() - 1);
  while (!rest.empty() && is_digit(rest.back())) rest.remove_suffix(1);
  return rest.size() + 1 < authority.size() && rest.ends_with(':');
}

/// Up to the path, the query or the fragment.
std::size_t authority_length(std::string_view text) noexcept {
  std::size_t length = 0;
  while (length < text.size() && text[length] != '/' && text[length] != '?' &&
         text[length] != '#') {
    ++length;
  }
  return length;
}

void set_url(std::string_view url, LogRow& row) noexcept {
  const std::size_t colon = url.find(':');
  const bool absolute =
      !url.starts_with('/') && colon != url.npos && url.substr(colon).starts_with("://");
  if (!absolute) {
    row.target = present(url);
    return;
  }
  const std::string_view scheme = url.substr(0, colon);
  url.remove_prefix(colon + 3);
  const std::size_t length = authority_length(url);
  std::string_view authority = url.substr(0, length);
  const std::string_view rest = url.substr(length);
  if (rest.empty() && has_no_path(authority)) {
    authority.remove_suffix(1);
  } else {
    row.target = rest.starts_with('/') ? rest : "/"sv;
  }
  // RFC 3986, 3.2.1: user information is in front of the host.
  if (const std::size_t at = authority.rfind('@'); at != authority.npos) {
    authority.remove_prefix(at + 1);
  }
  const std::string_view port = implied_port(scheme);
  if (!port.empty() && authority.ends_with(port)) authority.remove_suffix(port.size());
  row.host = present(authority);
}

/// `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/backend-flask/73e2d6bc24d8a067`
/// is of the group `backend-flask`, `app/shop/50dc6c495c0c9188` of the load balancer `shop`.
FieldText name_between_slashes(std::string_view text) noexcept {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return present(text);
  const std::string_view rest = text.substr(slash + 1);
  return present(rest.substr(0, rest.find('/')));
}

/// `200`; 0 where it is none.
std::uint16_t status_of(std::string_view text) noexcept {
  if (text.size() != 3 || text[0] == '0' || !std::all_of(text.begin(), text.end(), is_digit)) {
    return 0;
  }
  return static_cast<std::uint16_t>((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
}

/// Seconds with a fraction, in nanoseconds; 0 for `-1` and `-`, which stand for an unknown time.
/// Nothing where it is neither, or more than 115 days.
std::optional<std::int64_t> duration_of(std::string_view text) noexcept {
  if (text == "-" || text == "-1") return 0;
  constexpr std::size_t kMostDigits = 7;
  const std::size_t mark = std::min(text.find('.'), text.size());
  if (mark == 0 || mark > kMostDigits) return std::nullopt;
  std::int64_t nanoseconds = 0;
  std::int64_t unit = kNanosecondsPerSecond;
  for (std::size_t i = mark; i-- > 0; unit *= 10) {
    if (!is_digit(text[i])) return std::nullopt;
    nanoseconds += (text[i] - '0') * unit;
  }
  unit = kNanosecondsPerSecond / 10;
  for (std::size_t i = mark + 1; i < text.size(); ++i, unit /= 10) {
    if (!is_digit(text[i])) return std::nullopt;
    nanoseconds += (text[i] - '0') * unit;
  }
  return nanoseconds;
}

int significant_digits(std::int64_t nanoseconds) noexcept {
  if (nanoseconds == 0) return 0;
  int digits = 9;
  for (; nanoseconds % 10 == 0; nanoseconds /= 10) --digits;
  return digits;
}

std::string_view at(const SpacedFields& fields, AlbField field) noexcept {
  return fields[static_cast<std::size_t>(field)];
}

/// Sets the start of the request. Where it cannot be told, the text that is to blame.
std::optional<std::string_view> set_time(const SpacedFields& fields, StampReader& stamps,
                                         ZoneOffset zone, LogRow& row) noexcept {
  if (const FieldText created = present(at(fields, AlbField::request_creation_time))) {
    const auto stamp = stamps.read(*created);
    if (!stamp) return created;
    row.time = zone.time_of(*stamp);
    row.time_digits = stamp->fraction_digits;
    return std::nullopt;
  }
  const std::string_view text = at(fields, AlbField::time);
  const auto end = stamps.read(text);
  if (!end) return text;
  std::int64_t elapsed = 0;
  for (const AlbField part : {AlbField::request_processing_time, AlbField::target_processing_time,
                              AlbField::response_processing_time}) {
    const auto duration = duration_of(at(fields, part));
    if (!duration) return at(fields, part);
    elapsed += *duration;
  }
  const std::int64_t since = zone.time_of(*end).time_since_epoch().count();
  if (since < std::numeric_limits<std::int64_t>::min() + elapsed) return text;
  row.time = TimePoint{std::chrono::nanoseconds{since - elapsed}};
  row.time_digits = significant_digits(since_calendar_second(row.time).count());
  return std::nullopt;
}

}  // namespace

bool is_alb_line(std::string_view line) noexcept {
  if (other_line(line)) return true;
  const std::string_view type = take_word(line);
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end() && starts_with_year(line);
}

RowKind AlbFormat::read_line(std::string_view line, RowScratch& scratch, LineRead& read) const {
  const SpacedFields fields = split_spaced_fields(line, kAlbFieldCount);
  const std::string_view type = at(fields, AlbField::type);
  if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end()) {
    if (const auto why = other_line(line)) return read.skip(*why);
    return read.reject(RejectReason::wrong_format, line);
  }
  if (fields.open_quote()) return read.reject(RejectReason::unterminated_quote, line);
  if (fields.count() < kLeastAlbFields) return read.reject(RejectReason::wrong_format, line);

  LogRow& row = read.row;
  row = LogRow{};
  if (const auto unreadable = set_time(fields, scratch.stamps, setup().zone, row)) {
    return read.reject(RejectReason::unreadable_time, *unreadable);
  }
  if (setup().reads_status) row.status = status_of(at(fields, AlbField::elb_status_code));
  const RequestLine request = split_request_line(at(fields, AlbField::request));
  row.http_method = request.method;
  set_url(request.url, row);
  if (!row.host) row.host = present(at(fields, AlbField::domain_name));
  if (setup().reads_service) {
    const FieldText group = present(at(fields, AlbField::target_group_arn));
    row.service_name = name_between_slashes(group ? *group : at(fields, AlbField::elb));
  }
  const FieldText header = present(at(fields, AlbField::trace_id));
  if (header && header->find('=') != header->npos) row.trace_header = header;
  for (const FieldChoice& choice : setup().choices) {
    row.*choice.part = present(fields[choice.field]);
  }
  return RowKind::row;
}

const FormatFacts kAlb = {"alb", "AWS application load balancers",
                          "request_creation_time; without it, time less the processing times",
                          is_alb_line, [](const FormatFront& front, const LogOptions& options) {
                            return choose_lines<AlbFormat>(front, options, kAlbFields,
                                                           "a load balancer's log");
                          }};

}  // namespace dosimeter::sim
