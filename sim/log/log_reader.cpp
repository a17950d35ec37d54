#include "sim/log/log_reader.h"

#include "sim/log/blanks.h"
#include "sim/log/csv_columns.h"
#include "sim/log/log_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dosimeter::sim {
namespace {

/// An input that stands behind its header line.
struct OpenedCsv {
  CsvSplitter splitter;
  CsvFormat format;
  std::vector<std::string> header;
  std::vector<LogNotice> notices;
};

bool is_blank_record(const std::vector<std::string_view>& fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](std::string_view field) { return without_blanks(field).empty(); });
}

/// Goes to the first record that is not blank: the header.
std::optional<Failure> read_header(CsvSplitter& splitter, const std::string& path) {
  const auto usage = [](std::string message) {
    return Failure{ExitCode::usage, std::move(message)};
  };
  for (;;) {
    switch (splitter.next()) {
      case CsvEvent::record:
        if (is_blank_record(splitter.fields())) continue;
        return std::nullopt;
      case CsvEvent::too_long:
        return usage(fmt::format("{}:{}: the header line is longer than 1 MiB", name_in_place(path),
                                 splitter.line()));
      case CsvEvent::unterminated_quote:
        return usage(fmt::format("{}:{}: a quoted name in the header line has no end",
                                 name_in_place(path), splitter.line()));
      case CsvEvent::failed:
        return splitter.failure();
      case CsvEvent::end:
        return usage(fmt::format("{} is empty: expected a header line", name_in_sentence(path)));
    }
  }
}

Result<OpenedCsv, Failure> open_csv(const std::string& path, const LogOptions& options) {
  auto source = open_bytes(path);
  if (!source) return source.error();
  CsvSplitter splitter(std::move(source).value());
  const auto first_line = splitter.peek_line();
  if (!first_line) return first_line.error();
  if (const auto why = why_not_csv(first_line.value())) {
    return Failure{ExitCode::usage, fmt::format("{} {}", name_in_sentence(path), *why)};
  }
  splitter.set_delimiter(delimiter_of(first_line.value()));
  if (auto failure = read_header(splitter, path)) return std::move(*failure);
  const std::string place = fmt::format("{}:{}", name_in_place(path), splitter.line());
  auto choice = choose_csv_columns(splitter.fields(), options.columns, place);
  if (!choice) return choice.error();
  const CsvFormat format(choice.value().columns);
  std::vector<std::string> header(splitter.fields().begin(), splitter.fields().end());
  return OpenedCsv{std::move(splitter), format, std::move(header),
                   std::move(choice.value().notices)};
}

}  // namespace

Result<LogReader, Failure> LogReader::open(std::vector<std::string> paths, LogOptions options) {
  LogReader reader(std::move(paths), std::move(options));
  if (auto failure = reader.examine_all()) return std::move(*failure);
  if (auto failure = reader.start_file()) return std::move(*failure);
  return reader;
}

std::optional<Failure> LogReader::examine_all() {
  if (paths_.empty()) return Failure{ExitCode::usage, "no log is given"};
  if (std::count(paths_.begin(), paths_.end(), kStandardInput) > 1) {
    return Failure{ExitCode::usage, "standard input (-) can be read once, but is given twice"};
  }
  bytes_total_ = 0;
  for (const std::string& path : paths_) {
    const auto facts = examine_input(path);
    if (!facts) return facts.error();
    if (facts.value().size && bytes_total_) {
      *bytes_total_ += *facts.value().size;
    } else {
      bytes_total_.reset();
    }
    if (!facts.value().repeatable) continue;
    if (const auto opened = open_csv(path, options_); !opened) return opened.error();
  }
  return std::nullopt;
}

std::optional<Failure> LogReader::start_file() {
  auto opened = open_csv(paths_[file_], options_);
  if (!opened) return opened.error();
  splitter_.emplace(std::move(opened.value().splitter));
  format_.emplace(opened.value().format);
  header_ = std::move(opened.value().header);
  for (LogNotice& notice : opened.value().notices) {
    if (std::find(notices_.begin(), notices_.end(), notice) == notices_.end()) {
      notices_.push_back(std::move(notice));
    }
  }
  return std::nullopt;
}

/// The record is the header line once more, as joined files have it, a byte order mark in front or
/// not.
bool LogReader::repeats_header() const noexcept {
  const std::vector<std::string_view>& fields = splitter_->fields();
  if (fields.size() != header_.size()) return false;
  std::string_view first = fields.front();
  if (first.starts_with(kByteOrderMark)) first.remove_prefix(kByteOrderMark.size());
  return first == header_.front() &&
         std::equal(fields.begin() + 1, fields.end(), header_.begin() + 1);
}

LogEvent LogReader::next() {
  if (failure_) return LogEvent::failed;
  for (;;) {
    switch (splitter_->next()) {
      case CsvEvent::record:
        switch (format_->read(splitter_->fields(), row_, rejected_)) {
          case RowKind::row:
            return LogEvent::row;
          case RowKind::rejected:
            // Only here, so that rows do not pay for it: a header's time column is no stamp.
            return repeats_header() ? LogEvent::skipped : LogEvent::rejected;
          case RowKind::skipped:
            return LogEvent::skipped;
        }
        break;
      case CsvEvent::too_long:
        rejected_ = {RejectReason::record_too_long, splitter_->rejected_text()};
        return LogEvent::rejected;
      case CsvEvent::unterminated_quote:
        rejected_ = {RejectReason::unterminated_quote, splitter_->rejected_text()};
        return LogEvent::rejected;
      case CsvEvent::failed:
        failure_ = splitter_->failure();
        return LogEvent::failed;
      case CsvEvent::end:
        if (file_ + 1 == paths_.size()) return LogEvent::end;
        bytes_of_finished_files_ += splitter_->bytes_read();
        splitter_.reset();
        ++file_;
        failure_ = start_file();
        if (failure_) return LogEvent::failed;
        break;
    }
  }
}

std::uint64_t LogReader::bytes_read() const noexcept {
  return bytes_of_finished_files_ + (splitter_ ? splitter_->bytes_read() : 0);
}

}  // namespace dosimeter::sim
