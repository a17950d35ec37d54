#include "sim/log/log_formats.h"

#include "sim/log/alb_format.h"
#include "sim/log/blanks.h"
#include "sim/log/csv_columns.h"
#include "sim/log/csv_log.h"
#include "sim/log/csv_record.h"
#include "sim/log/log_block.h"
#include "sim/log/log_content.h"
#include "sim/log/wanted_columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

Failure usage(std::string message) {
  return {ExitCode::usage, std::move(message)};
}

/// The first line that is not empty, cut at kMaxRecordBytes; nothing where the front may not hold
/// all of it.
std::optional<std::string_view> first_line(const LogFront& front) {
  const std::size_t start = std::min(front.text.find_first_not_of("\r\n"), front.text.size());
  const std::size_t feed = front.text.find('\n', start);
  const bool ends = feed != front.text.npos || front.whole || front.text.size() > kMaxRecordBytes;
  if (!ends) return std::nullopt;
  return front.text.substr(start, std::min(feed - start, kMaxRecordBytes));
}

bool is_blank_record(const std::vector<std::string_view>& fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](std::string_view field) { return without_blanks(field).empty(); });
}

/// CSV, from its first record that is not blank: the header.
Result<std::optional<ChosenFormat>, Failure> choose_csv(const LogFront& front, char delimiter,
                                                        const LogOptions& options) {
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
    chosen.format =
        std::make_unique<CsvLog>(choice.value().columns, fields, delimiter, options.reads_status);
    chosen.notices = std::move(choice.value().notices);
    chosen.why = options.format == LogFormatChoice::csv
                     ? "of --log-format csv"
                     : "its first line is a header with a column for the time";
    return std::optional(std::move(chosen));
  }
}

/// Lines of AWS application load balancers, from the first byte.
Result<std::optional<ChosenFormat>, Failure> choose_alb(const LogFront& front,
                                                        const LogOptions& options) {
  auto format = AlbFormat::make(options, front.name_in_place);
  if (!format) return format.error();
  const auto has = [&](LogColumn column) { return alb_has(column, options.columns); };
  if (const auto lack = lacks_wanted_column(options.wanted, has)) {
    return usage(fmt::format("{}: {}", front.name_in_place, *lack));
  }
  ChosenFormat chosen;
  chosen.format = std::move(format).value();
  chosen.why = options.format == LogFormatChoice::alb
                   ? "of --log-format alb"
                   : "its first line is one of an application load balancer";
  return std::optional(std::move(chosen));
}

}  // namespace

Result<std::optional<ChosenFormat>, Failure> choose_format(const LogFront& front,
                                                           const LogOptions& options) {
  const auto line = first_line(front);
  if (!line) return std::optional<ChosenFormat>();
  const bool by_content = options.format == LogFormatChoice::by_content;
  if (options.format == LogFormatChoice::alb || (by_content && is_alb_line(*line))) {
    return choose_alb(front, options);
  }
  if (const auto why = why_not_csv(*line)) {
    return usage(fmt::format("{} {}", front.name_in_sentence, *why));
  }
  return choose_csv(front, delimiter_of(*line), options);
}

}  // namespace dosimeter::sim
