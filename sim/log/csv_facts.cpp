#include "sim/log/blanks.h"
#include "sim/log/csv_columns.h"
#include "sim/log/csv_log.h"
#include "sim/log/csv_record.h"
#include "sim/log/formats.h"
#include "sim/log/log_block.h"
#include "sim/log/log_content.h"
#include "sim/log/timestamp.h"
#include "sim/log/wanted_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace dosimeter::sim {
namespace {

Failure usage(std::string message) {
  return {ExitCode::usage, std::move(message)};
}

bool is_blank_record(const std::vector<std::string_view>& fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](std::string_view field) { return without_blanks(field).empty(); });
}

/// Whether the first row's time says its zone. Nothing where the front does not hold the row and
/// more bytes may; true where there is no such row, or its time is none.
std::optional<bool> names_zone(const LogFront& front, std::size_t header_bytes,
                               const CsvColumns& columns, char delimiter) {
  std::string_view rows = front.text.substr(header_bytes);
  std::vector<std::string_view> fields;
  while (!rows.empty()) {
    const CsvRecordEnd found = find_csv_record_end(rows.data(), rows.data() + rows.size(),
                                                   {delimiter, front.whole, false});
    if (found.kind == CsvRecordEnd::Kind::incomplete) break;
    if (found.kind == CsvRecordEnd::Kind::open_quote) return true;
    std::string record(rows.substr(0, found.length));
    split_csv_record(record.data(), found, delimiter, fields);
    rows.remove_prefix(found.length);
    if (is_blank_record(fields)) continue;
    const auto text_of = [&](LogColumn column) {
      const std::size_t index = columns[column];
      return index < fields.size() ? without_blanks(fields[index]) : std::string_view();
    };
    const auto stamp = columns.has(LogColumn::date)
                           ? parse_timestamp(text_of(LogColumn::date), text_of(LogColumn::time))
                           : parse_timestamp(text_of(LogColumn::time));
    return !stamp || stamp->zoned;
  }
  if (front.whole || front.text.size() > kMaxRecordBytes) return true;
  return std::nullopt;
}

/// CSV, from its first record that is not blank: the header.
FormatResult choose_csv(const LogFront& front, char delimiter, const LogOptions& options) {
  ChosenFormat chosen;
  std::vector<std::string_view> fields;
  for (;;) {
    const std::string_view rest = front.text.substr(chosen.header_bytes);
    const std::string place = fmt::format("{}:{}", front.name_in_place, chosen.header_lines + 1);
    if (rest.empty() && front.whole) {
      return usage(fmt::format("{} is empty: expected a header line", front.name_in_sentence));
    }
    if (rest.empty()) return std::optional<ChosenFormat>();
    const CsvRecordEnd found = find_csv_record_end(rest.data(), rest.data() + rest.size(),
                                                   {delimiter, front.whole, false});
    const bool ends = found.kind == CsvRecordEnd::Kind::record;
    const std::size_t feed = ends && rest[found.length - 1] == '\n' ? 1 : 0;
    if ((ends ? found.length - feed : rest.size()) > kMaxRecordBytes) {
      return usage(fmt::format("{}: the header line is longer than 1 MiB", place));
    }
    if (found.kind == CsvRecordEnd::Kind::incomplete) return std::optional<ChosenFormat>();
    if (found.kind == CsvRecordEnd::Kind::open_quote) {
      return usage(fmt::format("{}: a quoted name in the header line has no end", place));
    }
    // Undoing doubled quotes writes.
    std::string record(rest.substr(0, found.length));
    split_csv_record(record.data(), found, delimiter, fields);
    chosen.header_bytes += found.length;
    chosen.header_lines += found.lines;
    if (is_blank_record(fields)) continue;
    auto choice = choose_csv_columns(fields, options.columns, place);
    if (!choice) return choice.error();
    const CsvColumns& columns = choice.value().columns;
    if (const auto lacks = lacks_wanted_column(
            options.wanted, [&](LogColumn column) { return columns.has(column); })) {
      return usage(fmt::format("{}: {}", place, *lacks));
    }
    chosen.format = std::make_unique<CsvLog>(choice.value().columns, fields, delimiter,
                                             options.reads_status, options.zone);
    chosen.notices = std::move(choice.value().notices);
    if (options.zone_is_named) return std::optional(std::move(chosen));
    const auto zoned = names_zone(front, chosen.header_bytes, columns, delimiter);
    if (!zoned) return std::optional<ChosenFormat>();
    if (!*zoned) {
      chosen.notices.push_back({"assumed_zone",
                                "times of the log name no zone: they are taken for UTC, which --tz "
                                "changes"});
    }
    return std::optional(std::move(chosen));
  }
}

FormatResult make_csv(const FormatFront& front, const LogOptions& options) {
  if (const auto why = why_not_csv(front.line)) {
    return usage(fmt::format("{} {}", front.front.name_in_sentence, *why));
  }
  return choose_csv(front.front, delimiter_of(front.line), options);
}

FormatResult make_tsv(const FormatFront& front, const LogOptions& options) {
  return choose_csv(front.front, '\t', options);
}

}  // namespace

// What no other format knows is CSV, whatever its delimiter.
const FormatFacts kCsv = {"csv", "CSV with a header line", "the column of the time", nullptr,
                          make_csv};
const FormatFacts kTsv = {"tsv", "columns between tabs with a header line",
                          "the column of the time", nullptr, make_tsv};

}  // namespace dosimeter::sim
