#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/line_setup.h"
#include "sim/log/request_line.h"
#include "sim/log/w3c_fields.h"

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

namespace dosimeter::sim {
namespace {

constexpr std::string_view kFieldsDirective = "#Fields:";
constexpr std::string_view kFeedAndFields = "\n#Fields:";

/// `/a?b` from a stem and a query of which either may be `-`.
FieldText target_of(std::string_view stem, std::string_view query, TextArena& texts) {
  if (stem.empty() || stem == "-") return std::nullopt;
  if (query.empty() || query == "-") return stem;
  const std::span<char> room = texts.room(stem.size() + query.size() + 1);
  std::memcpy(room.data(), stem.data(), stem.size());
  room[stem.size()] = '?';
  std::memcpy(room.data() + stem.size() + 1, query.data(), query.size());
  return texts.keep(room.size());
}

/// W3C extended logs: IIS and CloudFront. The time is the end, in whole seconds of UTC.
class W3cFormat final : public LogFormat {
 public:
  W3cFormat(LineSetup setup, W3cKind kind, std::string_view fields)
      : setup_(std::move(setup)), kind_(kind), fields_(fields) {}

  [[nodiscard]] RecordGrammar grammar() const noexcept override { return {}; }
  [[nodiscard]] FormatMapping mapping() const override { return mapping_of(setup_); }

  std::uint64_t read(const LogBlock& block, RowScratch& scratch, RowSink& sink) const override {
    scratch.texts.clear();
    W3cFields fields(fields_);
    return read_lines(block, setup_.prefix, scratch.texts, sink,
                      [&](std::string_view line, LineRead& read) {
                        if (line.starts_with('#')) {
                          if (line.starts_with(kFieldsDirective)) fields = W3cFields(line);
                          return read.skip(SkipReason::comment);
                        }
                        return read_row(line, fields, scratch, read);
                      });
  }

  std::shared_ptr<const LogFormat> after(std::string_view text) const override {
    // The last that begins a line.
    std::size_t found = text.starts_with(kFieldsDirective) ? 0 : text.npos;
    for (std::size_t at = text.find(kFeedAndFields); at != text.npos;
         at = text.find(kFeedAndFields, at + 1)) {
      found = at + 1;
    }
    if (found == text.npos) return nullptr;
    std::string_view last = text.substr(found, text.find('\n', found) - found);
    last = bare_line(last, LinePrefix::none);
    if (last == fields_) return nullptr;
    return std::make_shared<W3cFormat>(setup_, kind_, last);
  }

 private:
  RowKind read_row(std::string_view line, const W3cFields& fields, RowScratch& scratch,
                   LineRead& read) const {
    const W3cTexts texts = fields.split(line, kind_ == W3cKind::cloudfront ? '\t' : ' ');
    if (!fields.has_time()) return read.reject(RejectReason::wrong_format, line);
    const auto at = [&](W3cField field) { return texts[static_cast<std::size_t>(field)]; };
    const std::string_view time = at(W3cField::time);
    const std::string_view date = at(W3cField::date);
    if (time.empty() || time == "-") return read.reject(RejectReason::no_time, line);
    // `2026-05-04 10:15:02`, which stand side by side: one stamp.
    const bool adjacent = date.size() == 10 && date.data() + 11 == time.data();
    const auto end = adjacent && date.data()[10] == ' '
                         ? scratch.stamps.read({date.data(), 11 + time.size()})
                         : parse_timestamp(date, time);
    if (!end) return read.reject(RejectReason::unreadable_time, time);
    const auto unit = kind_ == W3cKind::cloudfront
                          ? std::chrono::nanoseconds(std::chrono::seconds{1})
                          : std::chrono::nanoseconds(std::chrono::milliseconds{1});
    const auto elapsed = elapsed_time(at(W3cField::time_taken), unit);
    LogRow& row = read.row;
    row = LogRow{};
    if (!elapsed || !set_start(*end, *elapsed, EndStamp::whole_seconds, ZoneOffset(), row)) {
      return read.reject(RejectReason::unreadable_time, at(W3cField::time_taken));
    }
    row.http_method = present_text(at(W3cField::method));
    std::string_view stem = at(W3cField::stem);
    std::string_view query = at(W3cField::query);
    if (kind_ == W3cKind::cloudfront) {
      stem = encoded_once(stem, scratch.texts);
      query = encoded_once(query, scratch.texts);
    } else {
      stem = with_spaces(stem, scratch.texts);
    }
    row.target = target_of(stem, query, scratch.texts);
    row.host = present_text(at(W3cField::host));
    if (!row.host) row.host = present_text(at(W3cField::other_host));
    if (setup_.reads_status) row.status = parse_status(at(W3cField::status));
    set_choices(setup_, row, [&](std::size_t field) { return texts[field]; });
    return RowKind::row;
  }

  LineSetup setup_;
  W3cKind kind_;
  std::string fields_;
};

FormatResult make_w3c(const FormatFront& front, const LogOptions& options, W3cKind kind) {
  const auto& table = kind == W3cKind::cloudfront ? kCloudfrontFields : kIisFields;
  auto setup = make_line_setup(front, options, table,
                               kind == W3cKind::cloudfront ? "CloudFront's log" : "IIS's log");
  if (!setup) return setup.error();
  std::vector<LogNotice> notices;
  if (front.line.find("time-taken") == std::string_view::npos) {
    notices.push_back(
        {"assumed_start",
         "the log has no time-taken: requests are taken to start at the logged times, "
         "which are their ends"});
  }
  // Rows count from the first line on, so that directives are told of as skipped.
  return chosen_format(std::make_unique<W3cFormat>(std::move(setup).value(), kind, ""),
                       std::move(notices));
}

bool knows_cloudfront(std::string_view line) noexcept {
  return line.starts_with(kFieldsDirective) && line.find(" x-edge-") != line.npos;
}

bool knows_iis(std::string_view line) noexcept {
  return line.starts_with(kFieldsDirective) && line.find(" x-edge-") == line.npos;
}

}  // namespace

const FormatFacts kCloudfront = {"cloudfront", "CloudFront standard logs",
                                 "date and time less time-taken", knows_cloudfront,
                                 [](const FormatFront& front, const LogOptions& options) {
                                   return make_w3c(front, options, W3cKind::cloudfront);
                                 }};
const FormatFacts kIis = {"iis", "IIS and other W3C extended logs", "date and time less time-taken",
                          knows_iis, [](const FormatFront& front, const LogOptions& options) {
                            return make_w3c(front, options, W3cKind::iis);
                          }};

}  // namespace dosimeter::sim
