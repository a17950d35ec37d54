#include "sim/log/csv_columns.h"
#include "sim/log/csv_format.h"
#include "sim/log/formats.h"
#include "sim/log/json_format.h"
#include "sim/log/wanted_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace dosimeter::sim {
namespace {

/// The names of the fields that are read, and where columns find them.
struct ChosenNames {
  std::vector<std::string> names;
  CsvColumns columns;
};

/// Of all names those that a column comes from.
ChosenNames chosen_names(const CsvColumns& columns, const std::vector<std::string>& observed,
                         bool reads_status) {
  ChosenNames chosen;
  chosen.columns.index.fill(kNoColumn);
  for (const LogColumnFacts& facts : log_columns()) {
    const bool is_read = facts.read || (facts.column == LogColumn::status && reads_status);
    if (!is_read || !columns.has(facts.column)) continue;
    const std::string& name = observed[columns[facts.column]];
    const auto known = std::find(chosen.names.begin(), chosen.names.end(), name);
    chosen.columns.index[static_cast<std::size_t>(facts.column)] =
        static_cast<std::size_t>(known - chosen.names.begin());
    if (known == chosen.names.end()) chosen.names.push_back(name);
  }
  chosen.columns.header_fields = chosen.names.size();
  chosen.columns.least_fields = chosen.names.size();
  return chosen;
}

/// JSON lines with any keys, which are columns as those of CSV are.
class JsonLinesFormat final : public LineFormat {
 public:
  JsonLinesFormat(LineSetup setup, ChosenNames chosen)
      : LineFormat(setup),
        chosen_(std::move(chosen)),
        paths_(std::vector<std::string_view>(chosen_.names.begin(), chosen_.names.end())),
        rows_(chosen_.columns, setup.reads_status, setup.zone) {
    for (const LogColumn column : {LogColumn::method, LogColumn::path, LogColumn::request}) {
      if (chosen_.columns.has(column)) request_.push_back(chosen_.columns[column]);
    }
  }

  [[nodiscard]] FormatMapping mapping() const override {
    FormatMapping mapping{setup().format->name, {}, setup().format->start};
    for (const LogColumnFacts& facts : log_columns()) {
      if (!chosen_.columns.has(facts.column)) continue;
      mapping.sources.push_back({facts.column, chosen_.names[chosen_.columns[facts.column]]});
    }
    return mapping;
  }

  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const override {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (line[begin] != '{' && line.find_last_not_of(" \t") != line.rfind('}')) {
      return read.skip(SkipReason::other_program);
    }
    const auto values = scratch.json.read(line, paths_, scratch.texts);
    if (!values) return read.reject(RejectReason::malformed_json, line);
    const bool has_request =
        request_.empty() || std::any_of(request_.begin(), request_.end(), [&](std::size_t field) {
          return (*values)[field].kind != JsonValue::Kind::absent;
        });
    if (!has_request) return read.skip(SkipReason::other_program);
    const JsonValue& time = (*values)[chosen_.columns[LogColumn::time]];
    if (time.kind == JsonValue::Kind::absent) return read.reject(RejectReason::no_time, line);
    scratch.fields.clear();
    for (const JsonValue& value : *values) scratch.fields.push_back(value.text);
    const RowKind kind = rows_.read(scratch.fields, read.row, read.rejected);
    return kind == RowKind::skipped ? read.skip(SkipReason::blank_line) : kind;
  }

 private:
  ChosenNames chosen_;
  JsonPaths paths_;
  CsvFormat rows_;
  /// Fields of which a request has one.
  std::vector<std::size_t> request_;
};

FormatResult make_json_lines(const FormatFront& front, const LogOptions& options) {
  const std::vector<std::string> observed = names_in_front(front);
  const std::string& place = front.front.name_in_place;
  if (observed.empty()) {
    return Failure{
        ExitCode::usage,
        fmt::format("{}: expected one JSON object a line, got none in the first lines", place)};
  }
  const std::vector<std::string_view> headers(observed.begin(), observed.end());
  auto choice = choose_csv_columns(headers, options.columns, place);
  if (!choice) return choice.error();
  const CsvColumns& columns = choice.value().columns;
  if (const auto lacks = lacks_wanted_column(
          options.wanted, [&](LogColumn column) { return columns.has(column); })) {
    return Failure{ExitCode::usage, fmt::format("{}: {}", place, *lacks)};
  }
  LineSetup setup;
  setup.format = &front.format;
  setup.prefix = front.prefix;
  setup.reads_status = options.reads_status;
  setup.zone = options.zone;
  return chosen_format(std::make_unique<JsonLinesFormat>(
                           std::move(setup), chosen_names(columns, observed, options.reads_status)),
                       std::move(choice.value().notices));
}

}  // namespace

// What no other format knows of JSON.
const FormatFacts kJson = {"json", "JSON lines", "the field of the time", nullptr, make_json_lines};

}  // namespace dosimeter::sim
