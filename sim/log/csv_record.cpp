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
  /// [begin, end) stops within a quoted field.
  bool open = false;
};

QuotedEnd find_quoted_record_end(const char* at, const char* end, char delimiter) {
  for (;;) {
    if (at != end && *at == kQuote) {
      ++at;
      for (;;) {
        at = find(at, end, kQuote);
        if (at == nullptr) return {nullptr, true};
        ++at;
        if (at == end || *at != kQuote) break;
        ++at;
      }
    }
    while (at != end && *at != delimiter && *at != '\n') ++at;
    if (at == end) return {};
    if (*at == '\n') return {at, false};
    ++at;
  }
}

}  // namespace

CsvRecordEnd find_csv_record_end(const char* begin, const char* end,
                                 CsvRecordScope scope) noexcept {
  using Kind = CsvRecordEnd::Kind;
  const char* feed = find(begin, end, '\n');
  if (feed == nullptr && !scope.last) return {};
  const char* line_end = feed == nullptr ? end : feed + 1;
  const CsvRecordEnd line{Kind::record, distance(begin, line_end), feed == nullptr ? 0U : 1U};
  if (find(begin, line_end, kQuote) == nullptr) return line;

  const char* stop = scope.one_line ? line_end : end;
  const QuotedEnd found = find_quoted_record_end(begin, stop, scope.delimiter);
  CsvRecordEnd result = line;
  result.quotes = true;
  if (found.feed != nullptr) {
    result.length = distance(begin, found.feed + 1);
    result.lines = static_cast<std::uint64_t>(std::count(begin, found.feed + 1, '\n'));
  } else if (found.open) {
    if (!scope.last && !scope.one_line) return {};
    result.kind = Kind::open_quote;
  } else {
    if (!scope.last) return {};
    result.length = distance(begin, end);
    result.lines = static_cast<std::uint64_t>(std::count(begin, end, '\n'));
  }
  return result;
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
