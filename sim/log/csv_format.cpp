#include "sim/log/csv_format.h"

#include "sim/log/blanks.h"
#include "sim/log/timestamp.h"

#include <algorithm>
#include <optional>

namespace dosimeter::sim {
namespace {

using Fields = std::span<const std::string_view>;

bool all_empty(Fields fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](std::string_view field) { return without_blanks(field).empty(); });
}

/// A whole number from 0 to kMaxRowCount, `.0` behind it or not.
std::optional<std::uint64_t> parse_count(std::string_view text) {
  const std::size_t mark = text.find('.');
  if (mark != text.npos) {
    const std::string_view fraction = text.substr(mark + 1);
    if (fraction.empty() || fraction.find_first_not_of('0') != fraction.npos) return std::nullopt;
    text = text.substr(0, mark);
  }
  if (text.empty()) return std::nullopt;
  std::uint64_t count = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    count = count * 10 + static_cast<std::uint64_t>(c - '0');
    if (count > kMaxRowCount) return std::nullopt;
  }
  return count;
}

/// The length of `https://` at the front of `text`, 0 where it has no scheme.
std::size_t scheme_length(std::string_view text) {
  const auto is_scheme = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '-' || c == '.';
  };
  std::size_t length = 0;
  while (length < text.size() && is_scheme(text[length])) ++length;
  return length > 0 && text.substr(length).starts_with("://") ? length + 3 : 0;
}

struct RequestLine {
  FieldText method;
  FieldText target;
};

/// `GET /a b HTTP/1.1`: the method ends at the first space, the protocol begins at the last, as
/// URLs may hold spaces.
RequestLine split_request_line(std::string_view text) {
  RequestLine line;
  const std::size_t first = text.find(' ');
  if (first == text.npos) {
    if (text.starts_with('/') || scheme_length(text) > 0) line.target = text;
    return line;
  }
  line.method = present_text(text.substr(0, first));
  std::string_view rest = without_blanks(text.substr(first));
  const std::size_t last = rest.rfind(' ');
  const std::string_view protocol = last == rest.npos ? rest : rest.substr(last + 1);
  if (last == rest.npos) {
    line.target = present_text(rest);
  } else if (protocol.starts_with("HTTP/") || protocol == "-") {
    line.target = present_text(rest.substr(0, last));
  } else {
    line.target = rest;
  }
  return line;
}

bool contains_ignoring_case(std::string_view text, std::string_view lower_word) {
  return std::search(text.begin(), text.end(), lower_word.begin(), lower_word.end(),
                     [](char left, char right) {
                       return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
                     }) != text.end();
}

/// A trace id column holds a header where it names a part of one; base64 ids end in `=` as well.
bool names_header_part(std::string_view text) {
  return text.find('=') != text.npos &&
         (contains_ignoring_case(text, "root=") || contains_ignoring_case(text, "sampled="));
}

}  // namespace

FieldText present_text(std::string_view field) noexcept {
  const std::string_view text = without_blanks(field);
  if (text.empty() || text == "-") return std::nullopt;
  return text;
}

std::uint16_t parse_status(std::string_view field) noexcept {
  const std::string_view text = without_blanks(field);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 3 || text[0] == '0' || !std::all_of(text.begin(), text.end(), is_digit)) {
    return 0;
  }
  return static_cast<std::uint16_t>((text[0] - '0') * 100 + (text[1] - '0') * 10 + text[2] - '0');
}

void set_row_target(std::string_view text, LogRow& row) noexcept {
  const std::size_t scheme = text.starts_with('/') ? 0 : scheme_length(text);
  if (scheme == 0) {
    row.target = text;
    return;
  }
  text.remove_prefix(scheme);
  const std::size_t length = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, length);
  // RFC 3986, 3.2.1: user information is in front of the host.
  if (const std::size_t at = authority.rfind('@'); at != authority.npos) {
    authority.remove_prefix(at + 1);
  }
  if (!row.host) row.host = present_text(authority);
  const std::string_view rest = text.substr(length);
  row.target = rest.starts_with('/') ? rest : std::string_view("/");
}

RowKind CsvFormat::read(Fields fields, LogRow& row, RejectedRow& rejected) const noexcept {
  const auto reject = [&](RejectReason reason, std::string_view text) {
    rejected = {reason, text};
    return RowKind::rejected;
  };
  const auto reject_size = [&](RejectReason reason) {
    rejected = {reason, fields.front(), fields.size(), columns_.header_fields};
    return RowKind::rejected;
  };
  const auto text_of = [&](LogColumn column) -> FieldText {
    const std::size_t index = columns_[column];
    return index == kNoColumn ? std::nullopt : present_text(fields[index]);
  };
  if (without_blanks(fields.front()).empty() && all_empty(fields)) return RowKind::skipped;
  if (fields.size() < columns_.least_fields) {
    return reject_size(RejectReason::too_few_fields);
  }
  if (fields.size() > columns_.header_fields &&
      !all_empty(fields.subspan(columns_.header_fields))) {
    return reject_size(RejectReason::too_many_fields);
  }

  const FieldText time = text_of(LogColumn::time);
  if (!time) return reject(RejectReason::no_time, fields[columns_[LogColumn::time]]);
  std::optional<Timestamp> stamp;
  if (columns_.has(LogColumn::date)) {
    stamp = parse_timestamp(fields[columns_[LogColumn::date]], *time);
  } else {
    stamp = parse_timestamp(*time);
  }
  if (!stamp) return reject(RejectReason::unreadable_time, *time);

  row = LogRow{};
  row.time = zone_.time_of(*stamp);
  row.time_digits = stamp->fraction_digits;
  if (columns_.has(LogColumn::count)) {
    const std::string_view text = without_blanks(fields[columns_[LogColumn::count]]);
    const std::optional<std::uint64_t> count = parse_count(text);
    if (!count) return reject(RejectReason::unreadable_count, text);
    row.count = *count;
  }
  if (reads_status_ && columns_[LogColumn::status] < fields.size()) {
    row.status = parse_status(fields[columns_[LogColumn::status]]);
  }
  row.service_name = text_of(LogColumn::service);
  row.service_type = text_of(LogColumn::service_type);
  row.host = text_of(LogColumn::host);
  row.http_method = text_of(LogColumn::method);
  row.resource_arn = text_of(LogColumn::resource_arn);
  row.instance = text_of(LogColumn::instance);
  FieldText path = text_of(LogColumn::path);
  if (const FieldText line = text_of(LogColumn::request)) {
    const RequestLine parts = split_request_line(*line);
    if (!columns_.has(LogColumn::method)) row.http_method = parts.method;
    if (!columns_.has(LogColumn::path)) path = parts.target;
  }
  if (path) set_row_target(*path, row);

  const FieldText header = text_of(LogColumn::trace_header);
  const FieldText trace = text_of(LogColumn::trace);
  if (header && header->find('=') != header->npos) {
    row.trace_header = header;
  } else if (trace && names_header_part(*trace)) {
    row.trace_header = trace;
  }
  return RowKind::row;
}

}  // namespace dosimeter::sim
