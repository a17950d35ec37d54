#include "sim/log/csv_log.h"

#include "sim/log/byte_order_mark.h"
#include "sim/log/csv_record.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

namespace dosimeter::sim {
namespace {

constexpr char kQuote = '"';

/// A field as it stands between its delimiters, with quotes taken off and doubled ones made one.
std::string_view unquoted(std::string_view field, TextArena& texts) {
  if (field.empty() || field.front() != kQuote) return field;
  const std::string_view inner = field.substr(1);
  const std::size_t quote = inner.find(kQuote);
  if (quote == inner.npos || quote + 1 == inner.size()) return inner.substr(0, quote);
  // Not only quoted: as `split_csv_record` has it, in a copy.
  const std::span<char> room = texts.room(inner.size());
  std::size_t size = 0;
  std::size_t at = 0;
  while (at < inner.size()) {
    if (inner[at] == kQuote) {
      const bool doubled = at + 1 < inner.size() && inner[at + 1] == kQuote;
      ++at;
      if (!doubled) break;
    }
    room[size++] = inner[at++];
  }
  const std::string_view rest = inner.substr(at);
  if (!rest.empty()) std::memcpy(room.data() + size, rest.data(), rest.size());
  return texts.keep(size + rest.size());
}

/// Neither blank, nor quoted, nor `-`, and without blanks at its ends. False for some that are
/// that, too: what begins with a letter below `.`.
bool is_plain(std::string_view field) noexcept {
  return !field.empty() && static_cast<unsigned char>(field.front()) > '-' &&
         static_cast<unsigned char>(field.back()) > ' ';
}

/// Whether a record that begins with this field may be blank. True for some that are not.
bool may_be_blank(std::string_view first) noexcept {
  if (first.size() > 2 && first.front() == kQuote) first.remove_prefix(1);
  return first.empty() || static_cast<unsigned char>(first.front()) <= ' ' ||
         first.front() == kQuote;
}

/// What stands between the quotes of a field that has no others; else the field.
std::string_view without_quotes(std::string_view field) noexcept {
  if (field.size() < 2 || field.front() != kQuote || field.back() != kQuote) return field;
  const std::string_view inner = field.substr(1, field.size() - 2);
  return inner.find(kQuote) == inner.npos ? inner : field;
}

/// A count that is digits alone, not too many of them.
std::optional<std::uint64_t> plain_count(std::string_view field) noexcept {
  if (field.empty() || field.size() > 11) return std::nullopt;
  std::uint64_t count = 0;
  for (const char c : field) {
    if (c < '0' || c > '9') return std::nullopt;
    count = count * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return count;
}

/// What a RowKey stands for.
constexpr FieldText LogRow::*kKeyTexts[] = {&LogRow::service_name, &LogRow::service_type,
                                            &LogRow::host,         &LogRow::http_method,
                                            &LogRow::target,       &LogRow::resource_arn};

}  // namespace

/// Reads one block.
class CsvLog::Reading {
 public:
  Reading(const CsvLog& log, std::string_view text, RowScratch& scratch, RowSink& sink) noexcept
      : log_(log), text_(text), scratch_(scratch), sink_(sink) {}

  std::uint64_t read() {
    // In front of the first end stands one that ends before the text.
    std::uint32_t* ends = scratch_.ends.room(room_for_csv_ends(text_.size()) + 1) + 1;
    ends[-1] = ~std::uint32_t{0};
    std::uint32_t* records = scratch_.records.room(room_for_csv_ends(text_.size()));
    const CsvEnds found = find_csv_ends(text_, log_.delimiter_, ends, records, log_.scan_);
    std::size_t first = 0;
    for (std::size_t i = 0; i < found.records; ++i) {
      const std::size_t last = records[i];
      const std::size_t number = i % keys_.size();
      if (number == 0 && log_.key_layout_ != 0) {
        if (!put_known()) return found.lines;
        find_keys(ends, first, {records + i, std::min(keys_.size(), found.records - i)});
      }
      const std::uint32_t* const own = ends + first;
      const std::size_t count = last - first + 1;
      first = last + 1;
      needs_texts_ = (known_ >> number & 1) == 0;
      if (!needs_texts_ && log_.has_times_alone_ && add_known(own, keys_[number])) continue;
      if (!put_known()) return found.lines;
      row_.key = keys_[number];
      if (!record(own, count)) return found.lines;
    }
    static_cast<void>(put_known());
    return found.lines;
  }

  /// Quoted fields end with their line: line by line.
  std::uint64_t read_lines() {
    std::uint64_t lines = 0;
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t feed = std::min(text_.find('\n', begin), text_.size());
      if (feed < text_.size()) ++lines;
      if (!line(begin, feed)) break;
      begin = feed + 1;
    }
    return lines;
  }

 private:
  /// Where a field begins: behind the end before it.
  static std::uint32_t begin_of(const std::uint32_t* ends, std::size_t i) noexcept {
    return (ends + i)[-1] + 1;
  }

  /// Of the next records, whose last fields end at `records`; the first field of them is `first`.
  void find_keys(const std::uint32_t* ends, std::size_t first,
                 std::span<const std::uint32_t> records) {
    known_ = 0;
    if (!sink_.wants_keys()) {
      keys_ = {};
      return;
    }
    for (std::uint32_t i = 0; i < records.size(); ++i) {
      const std::uint32_t* const own = ends + first;
      const std::size_t count = records[i] - first + 1;
      first += count;
      keys_[i] = {};
      if (count != log_.columns_.header_fields) continue;
      const std::uint32_t begin = begin_of(own, log_.key_begin_);
      keys_[i] =
          RowKey::of({text_.data() + begin, own[log_.key_end_ - 1] - begin}, log_.key_layout_, i);
    }
    known_ = sink_.expect({keys_.data(), records.size()});
  }

  /// The record whose fields end at `ends`, and begins behind the end before.
  bool record(const std::uint32_t* ends, std::size_t count) {
    if (log_.plain_ && count == log_.columns_.header_fields && plain_row(ends, count)) {
      return sink_.row(row_, text_.data() + begin_of(ends, 0));
    }
    return slow_record(ends, count);
  }

  std::string_view field(const std::uint32_t* ends, std::size_t i) const noexcept {
    const std::uint32_t begin = begin_of(ends, i);
    return {text_.data() + begin, ends[i] - begin};
  }

  /// As `field`, without a carriage return at the record's end.
  std::string_view field_of(const std::uint32_t* ends, std::size_t count, std::size_t i) const {
    std::string_view text = field(ends, i);
    if (i + 1 == count && !text.empty() && text.back() == '\r') text.remove_suffix(1);
    return text;
  }

  /// Keeps a row of a known key for `put_known`, or returns false where something is out of the
  /// ordinary. REQUIRES: has_times_alone_.
  bool add_known(const std::uint32_t* ends, const RowKey& key) {
    if (begins_blank(ends)) return false;
    const std::string_view time = field(ends, log_.time_);
    if (!is_plain(time)) return false;
    const auto stamp = scratch_.stamps.read(time);
    if (!stamp) return false;
    known_rows_[known_rows_kept_++] = {log_.zone_.time_of(*stamp), stamp->fraction_digits, false,
                                       text_.data() + begin_of(ends, 0), &key};
    return true;
  }

  /// False where the sink has enough.
  bool put_known() {
    const std::span<KnownRow> rows(known_rows_.data(), known_rows_kept_);
    known_rows_kept_ = 0;
    return rows.empty() || sink_.known_rows(rows);
  }

  /// The record may be blank, as far as a column in front of the time says.
  bool begins_blank(const std::uint32_t* ends) const noexcept {
    if (log_.time_ == 0) return false;
    const std::string_view first = field(ends, 0);
    return !is_plain(first) && may_be_blank(first);
  }

  /// Sets all of row_, or returns false where something is out of the ordinary.
  bool plain_row(const std::uint32_t* ends, std::size_t count) {
    if (begins_blank(ends)) return false;
    std::string_view time = field(ends, log_.time_);
    if (!is_plain(time)) {
      time = without_quotes(time);
      if (!is_plain(time)) return false;
    }
    const auto stamp = scratch_.stamps.read(time);
    if (!stamp) return false;
    row_.time = log_.zone_.time_of(*stamp);
    row_.time_digits = stamp->fraction_digits;
    for (const std::size_t column : log_.headers_) {
      const std::string_view text = field(ends, column);
      if (text.find('=') != text.npos) return false;
    }
    if (log_.columns_.has(LogColumn::count)) {
      const auto requests = plain_count(field(ends, log_.columns_[LogColumn::count]));
      if (!requests) return false;
      row_.count = *requests;
    }
    if (log_.instance_ != kNoColumn) row_.instance = text_of(ends, count, log_.instance_);
    if (needs_texts_) read_texts(ends, count);
    if (log_.reads_status_) {
      row_.status = parse_status(
          unquoted(field_of(ends, count, log_.columns_[LogColumn::status]), scratch_.texts));
    }
    return true;
  }

  void read_texts(const std::uint32_t* ends, std::size_t count) {
    if (!log_.columns_.has(LogColumn::host)) row_.host.reset();
    for (const TextColumn& column : log_.texts_) {
      row_.*column.member = text_of(ends, count, column.index);
    }
    if (row_.target && !row_.target->starts_with('/')) set_row_target(*row_.target, row_);
  }

  FieldText text_of(const std::uint32_t* ends, std::size_t count, std::size_t column) {
    const std::string_view text = field(ends, column);
    if (is_plain(text)) return text;
    return present_text(unquoted(field_of(ends, count, column), scratch_.texts));
  }

  bool slow_record(const std::uint32_t* ends, std::size_t count) {
    scratch_.fields.clear();
    for (std::size_t i = 0; i < count; ++i) {
      scratch_.fields.push_back(unquoted(field_of(ends, count, i), scratch_.texts));
    }
    return put_fields(begin_of(ends, 0));
  }

  bool line(std::size_t begin, std::size_t feed) {
    const char* at = text_.data() + begin;
    CsvRecordScope scope{log_.delimiter_, false, true};
    // Closed by its line, or by the input.
    scope.last = true;
    const CsvRecordEnd found = find_csv_record_end(at, text_.data() + feed, scope);
    if (found.kind == CsvRecordEnd::Kind::open_quote) {
      return sink_.rejected({RejectReason::unterminated_quote, text_.substr(begin, feed - begin)},
                            at);
    }
    ends_of_line_.assign(1, static_cast<std::uint32_t>(begin) - 1);
    bool quoted = false;
    bool begins_field = true;
    for (std::size_t i = begin; i < feed; ++i) {
      const char c = text_[i];
      if (quoted) {
        if (c != kQuote) continue;
        if (i + 1 < feed && text_[i + 1] == kQuote) {
          ++i;
        } else {
          quoted = false;
        }
        begins_field = false;
        continue;
      }
      quoted = begins_field && c == kQuote;
      begins_field = c == log_.delimiter_;
      if (begins_field) ends_of_line_.push_back(static_cast<std::uint32_t>(i));
    }
    ends_of_line_.push_back(static_cast<std::uint32_t>(feed));
    return slow_record(ends_of_line_.data() + 1, ends_of_line_.size() - 1);
  }

  bool put_fields(std::size_t begin) {
    const char* at = text_.data() + begin;
    RejectedRow rejected;
    switch (log_.format_.read(scratch_.fields, slow_row_, rejected)) {
      case RowKind::row:
        return sink_.row(slow_row_, at);
      case RowKind::rejected:
        // Only here, so that rows do not pay for it: a header's time column is no stamp.
        if (!log_.repeats_header(scratch_.fields)) return sink_.rejected(rejected, at);
        sink_.skipped(SkipReason::repeated_header, at);
        break;
      case RowKind::skipped:
        sink_.skipped(SkipReason::blank_line, at);
        break;
    }
    return true;
  }

  const CsvLog& log_;
  std::string_view text_;
  RowScratch& scratch_;
  RowSink& sink_;
  LogRow row_;
  LogRow slow_row_;
  /// Of the next records; those that are not read as plain rows do without.
  std::array<RowKey, RowSink::kMostKeys> keys_;
  /// One bit for each whose texts nobody needs.
  std::uint32_t known_ = 0;
  bool needs_texts_ = true;
  /// Of the keys above, in their order.
  std::array<KnownRow, RowSink::kMostKeys> known_rows_;
  std::size_t known_rows_kept_ = 0;
  std::vector<std::uint32_t> ends_of_line_;
};

CsvLog::CsvLog(const CsvColumns& columns, std::span<const std::string_view> header, char delimiter,
               bool reads_status, ZoneOffset zone, CsvScan scan)
    : format_(columns, reads_status, zone),
      columns_(columns),
      header_(header.begin(), header.end()),
      delimiter_(delimiter),
      zone_(zone),
      scan_(scan) {
  constexpr std::pair<LogColumn, FieldText LogRow::*> kTexts[] = {
      {LogColumn::service, &LogRow::service_name},
      {LogColumn::service_type, &LogRow::service_type},
      {LogColumn::host, &LogRow::host},
      {LogColumn::method, &LogRow::http_method},
      {LogColumn::path, &LogRow::target},
      {LogColumn::resource_arn, &LogRow::resource_arn},
  };
  for (const auto& [column, member] : kTexts) {
    if (columns_.has(column)) texts_.push_back({columns_[column], member});
  }
  time_ = columns_[LogColumn::time];
  instance_ = columns_[LogColumn::instance];
  for (const LogColumn column : {LogColumn::trace, LogColumn::trace_header}) {
    if (columns_.has(column)) headers_.push_back(columns_[column]);
  }
  plain_ = !columns_.has(LogColumn::date) && !columns_.has(LogColumn::request);
  reads_status_ = reads_status && columns_.has(LogColumn::status);
  has_times_alone_ = plain_ && headers_.empty() && !columns_.has(LogColumn::count) &&
                     instance_ == kNoColumn && !reads_status_;
  find_key_columns();
}

/// A layout is the delimiter, which texts there are in which order, and whether a record ends
/// behind them.
void CsvLog::find_key_columns() {
  std::vector<TextColumn> keyed = texts_;
  std::sort(keyed.begin(), keyed.end(),
            [](const TextColumn& a, const TextColumn& b) { return a.index < b.index; });
  if (keyed.empty()) return;
  std::uint32_t layout = static_cast<unsigned char>(delimiter_);
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    if (keyed[i].index != keyed.front().index + i) return;
    const auto text = std::find(std::begin(kKeyTexts), std::end(kKeyTexts), keyed[i].member);
    layout = layout << 3 | static_cast<std::uint32_t>(text - std::begin(kKeyTexts) + 1);
  }
  key_begin_ = keyed.front().index;
  key_end_ = keyed.back().index + 1;
  key_layout_ = layout << 1 | std::uint32_t{key_end_ == columns_.header_fields};
}

std::uint64_t CsvLog::read(const LogBlock& block, RowScratch& scratch, RowSink& sink) const {
  scratch.texts.clear();
  Reading reading(*this, block.text, scratch, sink);
  const bool confined = block.one_line && block.text.find(kQuote) != block.text.npos;
  return confined ? reading.read_lines() : reading.read();
}

/// The record is the header line once more, as joined files have it, a byte order mark in front or
/// not.
bool CsvLog::repeats_header(std::span<const std::string_view> fields) const noexcept {
  if (fields.size() != header_.size()) return false;
  std::string_view first = fields.front();
  if (first.starts_with(kByteOrderMark)) first.remove_prefix(kByteOrderMark.size());
  return first == header_.front() &&
         std::equal(fields.begin() + 1, fields.end(), header_.begin() + 1);
}

FormatMapping CsvLog::mapping() const {
  FormatMapping mapping{"csv", {}, "the column of the time"};
  for (const LogColumnFacts& column : log_columns()) {
    const bool is_read = column.read || (column.column == LogColumn::status && reads_status_);
    if (is_read && columns_.has(column.column)) {
      mapping.sources.push_back({column.column, header_[columns_[column.column]]});
    }
  }
  return mapping;
}

}  // namespace dosimeter::sim
