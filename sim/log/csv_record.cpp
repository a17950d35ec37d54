#include "sim/log/csv_record.h"

#include <algorithm>
#include <cstring>

namespace dosimeter::sim {
namespace {

constexpr char kQuote = '"';

std::size_t distance(const char* from, const char* to) {
  return static_cast<std::size_t>(to - from);
}

/// The first `wanted` in [begin, end), or nullptr.
const char* find(const char* begin, const char* end, char wanted) {
  return static_cast<const char*>(std::memchr(begin, wanted, distance(begin, end)));
}
char* find(char* begin, char* end, char wanted) {
  return static_cast<char*>(std::memchr(begin, wanted, distance(begin, end)));
}

struct QuotedEnd {
  /// The line feed that ends the record, or nullptr.
  const char* feed = nullptr;
  /// Where [begin, end) stops, where it has no such line feed.
  CsvRecordScan scan;
};

/// REQUIRES: `from` is not within the first line.
QuotedEnd find_quoted_record_end(const char* begin, const char* end, char delimiter,
                                 CsvRecordScan from) {
  using Inside = CsvRecordScan::Inside;
  const char* at = begin + from.at;
  Inside inside = from.inside;
  for (;;) {
    if (inside == Inside::field_start) {
      if (at == end) return {nullptr, {inside, distance(begin, at)}};
      inside = *at == kQuote ? Inside::quoted_field : Inside::open_field;
      if (inside == Inside::quoted_field) ++at;
    }
    while (inside == Inside::quoted_field) {
      const char* quote = find(at, end, kQuote);
      if (quote == nullptr) return {nullptr, {inside, distance(begin, end)}};
      // At the end of the bytes it may yet be the first of a doubled one.
      if (quote + 1 == end) return {nullptr, {inside, distance(begin, quote)}};
      at = quote + 1;
      if (*at == kQuote) {
        ++at;
      } else {
        inside = Inside::open_field;
      }
    }
    while (at != end && *at != delimiter && *at != '\n') ++at;
    if (at == end) return {nullptr, {inside, distance(begin, at)}};
    if (*at == '\n') return {at, {}};
    ++at;
    inside = Inside::field_start;
  }
}

/// The bytes end within a quoted field, not at its closing quote.
bool is_open(const char* begin, const char* end, CsvRecordScan scan) {
  return scan.inside == CsvRecordScan::Inside::quoted_field && begin + scan.at == end;
}

}  // namespace

CsvRecordEnd find_csv_record_end(const char* begin, const char* end, CsvRecordScope scope,
                                 CsvRecordScan from) noexcept {
  using Kind = CsvRecordEnd::Kind;
  using Inside = CsvRecordScan::Inside;
  const auto up_to = [begin](Kind kind, const char* record_end, bool quotes) {
    const auto lines = static_cast<std::uint64_t>(std::count(begin, record_end, '\n'));
    return CsvRecordEnd{kind, distance(begin, record_end), lines, quotes, {}};
  };
  const auto incomplete = [](CsvRecordScan scan) {
    return CsvRecordEnd{Kind::incomplete, 0, 0, false, scan};
  };
  const char* line_end = end;
  if (from.inside == Inside::first_line) {
    const char* feed = find(begin + from.at, end, '\n');
    if (feed == nullptr && !scope.last) {
      return incomplete({Inside::first_line, distance(begin, end)});
    }
    if (feed != nullptr) line_end = feed + 1;
    if (find(begin, line_end, kQuote) == nullptr) {
      return {Kind::record, distance(begin, line_end), feed == nullptr ? 0U : 1U, false, {}};
    }
    from = {Inside::field_start, 0};
  }

  const char* stop = scope.one_line ? line_end : end;
  const QuotedEnd found = find_quoted_record_end(begin, stop, scope.delimiter, from);
  if (found.feed != nullptr) return up_to(Kind::record, found.feed + 1, true);
  if (!scope.last && !scope.one_line) return incomplete(found.scan);
  if (!is_open(begin, stop, found.scan)) return up_to(Kind::record, stop, true);
  const char* feed = find(begin, stop, '\n');
  return up_to(Kind::open_quote, feed == nullptr ? stop : feed + 1, true);
}

void split_csv_record(char* begin, const CsvRecordEnd& found, char delimiter,
                      std::vector<std::string_view>& fields) {
  fields.clear();
  char* end = begin + found.length;
  if (end != begin && end[-1] == '\n') --end;
  if (end != begin && end[-1] == '\r') --end;
  char* at = begin;
  for (;;) {
    char* field = at;
    char* field_end = at;
    if (found.quotes && at != end && *at == kQuote) {
      ++at;
      field = at;
      field_end = at;
      bool closed = false;
      while (!closed) {
        char* quote = find(at, end, kQuote);
        if (quote == nullptr) quote = end;
        const std::size_t length = distance(at, quote);
        if (field_end != at) std::memmove(field_end, at, length);
        field_end += length;
        at = quote == end ? end : quote + 1;
        closed = at == end || *at != kQuote;
        if (!closed) {
          *field_end++ = kQuote;
          ++at;
        }
      }
    }
    char* next = find(at, end, delimiter);
    char* rest_end = next == nullptr ? end : next;
    const std::size_t length = distance(at, rest_end);
    if (field_end != at) std::memmove(field_end, at, length);
    field_end += length;
    fields.emplace_back(field, distance(field, field_end));
    if (next == nullptr) return;
    at = next + 1;
  }
}

}  // namespace dosimeter::sim
