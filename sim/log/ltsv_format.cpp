#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/letters.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"

#include <algorithm>
#include <array>

namespace dosimeter::sim {
namespace {

/// Labels that are read. `host` is the client, as ltsv.org has it. Of fields that feed the same,
/// the first in a line counts.
constexpr std::array<LineField, 27> kFields = {{
    {"time", LogColumn::time},
    {"datetime", LogColumn::time},
    {"timestamp", LogColumn::time},
    {"time_local", LogColumn::time},
    {"time_iso8601", LogColumn::time},
    {"vhost", LogColumn::host},
    {"http_host", LogColumn::host},
    {"server_name", LogColumn::host},
    {"method", LogColumn::method},
    {"request_method", LogColumn::method},
    {"uri", LogColumn::path},
    {"path", LogColumn::path},
    {"url", LogColumn::path},
    {"request_uri", LogColumn::path},
    {"req", LogColumn::request},
    {"request", LogColumn::request},
    {"status", LogColumn::status},
    {"service", LogColumn::service},
    {"trace_header", LogColumn::trace_header},
    {"x_amzn_trace_id", LogColumn::trace_header},
    {"reqtime", LogColumn::latency},
    {"request_time", LogColumn::latency},
    {"reqtime_microsec", LogColumn::latency},
    {"host", LogColumn::client},
    {"remote_host", LogColumn::client},
    {"ua"},
    {"server"},
}};
constexpr std::size_t kMicroseconds = 22;
using Texts = std::array<std::string_view, kFields.size()>;

bool is_label_letter(char c) noexcept {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
}

/// Two labels at least, each with its colon.
bool knows_ltsv(std::string_view line) noexcept {
  std::size_t labels = 0;
  while (!line.empty()) {
    const std::string_view field = line.substr(0, line.find('\t'));
    const std::size_t colon = field.find(':');
    if (colon == field.npos || colon == 0 || !is_letter(field.front()) ||
        !std::all_of(field.begin(), field.begin() + static_cast<std::ptrdiff_t>(colon),
                     is_label_letter)) {
      return false;
    }
    ++labels;
    line.remove_prefix(std::min(field.size() + 1, line.size()));
  }
  return labels >= 2;
}

Texts texts_of(std::string_view line) noexcept {
  Texts texts{};
  while (!line.empty()) {
    const std::string_view field = line.substr(0, line.find('\t'));
    const std::size_t colon = std::min(field.find(':'), field.size());
    const std::string_view label = field.substr(0, colon);
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      if (kFields[i].name != label) continue;
      if (texts[i].empty()) texts[i] = field.substr(std::min(colon + 1, field.size()));
      break;
    }
    line.remove_prefix(std::min(field.size() + 1, line.size()));
  }
  return texts;
}

class LtsvFormat final : public LineFormat {
 public:
  explicit LtsvFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    if (line.find(':') == line.npos) return read.reject(RejectReason::wrong_format, line);
    const Texts texts = texts_of(line);
    const auto first = [&](LogColumn column) {
      for (std::size_t i = 0; i < kFields.size(); ++i) {
        if (kFields[i].feeds == column && present_text(texts[i])) return i;
      }
      return kFields.size();
    };
    const auto text_of = [&](LogColumn column) {
      const std::size_t i = first(column);
      return i == kFields.size() ? FieldText() : present_text(texts[i]);
    };
    const FieldText time = text_of(LogColumn::time);
    if (!time) return read.reject(RejectReason::no_time, line);
    std::string_view stamp_text = *time;
    if (stamp_text.starts_with('[') && stamp_text.ends_with(']')) {
      stamp_text = stamp_text.substr(1, stamp_text.size() - 2);
    }
    const auto end = scratch.stamps.read(stamp_text);
    if (!end) return read.reject(RejectReason::unreadable_time, *time);
    LogRow& row = read.row;
    row = LogRow{};
    if (const FieldText request = text_of(LogColumn::request)) {
      if (!set_request_line(*request, scratch, row)) return read.skip(SkipReason::no_request);
    }
    if (const FieldText host = text_of(LogColumn::host)) row.host = host;
    if (const FieldText method = text_of(LogColumn::method)) row.http_method = method;
    if (const FieldText path = text_of(LogColumn::path)) {
      set_row_target(without_escapes(*path, scratch.texts), row);
    }
    const std::size_t latency = first(LogColumn::latency);
    const auto elapsed = elapsed_time(
        latency == kFields.size() ? std::string_view() : texts[latency],
        latency == kMicroseconds ? std::chrono::microseconds{1} : std::chrono::seconds{1});
    if (!elapsed || !set_start(*end, *elapsed, EndStamp::whole_seconds, setup().zone, row)) {
      return read.reject(RejectReason::unreadable_time, texts[latency % kFields.size()]);
    }
    row.service_name = text_of(LogColumn::service);
    if (const FieldText status = text_of(LogColumn::status); status && setup().reads_status) {
      row.status = parse_status(*status);
    }
    const FieldText header = text_of(LogColumn::trace_header);
    if (header && header->find('=') != header->npos) row.trace_header = header;
    set_choices(setup(), row, [&](std::size_t field) { return texts[field]; });
    return RowKind::row;
  }
};

}  // namespace

const FormatFacts kLtsv = {"ltsv", "labelled fields between tabs (LTSV)",
                           "the time, less reqtime or response_time where there is one", knows_ltsv,
                           [](const FormatFront& front, const LogOptions& options) {
                             return choose_lines<LtsvFormat>(front, options, kFields,
                                                             "a log of labelled fields");
                           }};

}  // namespace dosimeter::sim
