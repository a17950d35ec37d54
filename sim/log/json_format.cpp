#include "sim/log/json_format.h"

#include "sim/log/csv_format.h"
#include "sim/log/letters.h"
#include "sim/log/request_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

namespace dosimeter::sim {
namespace {

/// Lines of the front that are looked at for the names of fields.
constexpr std::size_t kLinesOfNames = 64;

/// The names by which values are found; none where nobody asks for the field.
std::vector<std::string_view> names_of(const LineSetup& setup) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < setup.fields.size(); ++i) {
    const auto feeds = setup.fields[i].feeds;
    const bool is_chosen =
        std::any_of(setup.choices.begin(), setup.choices.end(),
                    [&](const FieldChoice& choice) { return choice.field == i; });
    const bool is_read = feeds != LogColumn::client &&
                         (feeds != LogColumn::status || setup.reads_status) &&
                         (feeds != LogColumn::service || setup.reads_service);
    names.push_back(is_chosen || is_read ? setup.fields[i].name : std::string_view());
  }
  return names;
}

/// Nothing in it needs an escape where it is shown.
bool is_plain(std::string_view name) noexcept {
  return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

/// `7.3e-05`.
std::optional<std::chrono::nanoseconds> exponent_duration(std::string_view text,
                                                          std::chrono::nanoseconds unit) {
  constexpr double kMost = 1e16;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const double nanoseconds = number * static_cast<double>(unit.count());
  if (error != std::errc() || end != text.data() + text.size() || !(nanoseconds >= 0) ||
      nanoseconds >= kMost) {
    return std::nullopt;
  }
  return std::chrono::nanoseconds{std::llround(nanoseconds)};
}

struct DurationUnit {
  std::string_view name;
  std::chrono::nanoseconds length;
};
constexpr std::array<DurationUnit, 8> kUnits = {{
    {"h", std::chrono::hours{1}},
    {"m", std::chrono::minutes{1}},
    {"s", std::chrono::seconds{1}},
    {"ms", std::chrono::milliseconds{1}},
    {"us", std::chrono::microseconds{1}},
    {"\xC2\xB5s", std::chrono::microseconds{1}},
    {"\xCE\xBCs", std::chrono::microseconds{1}},
    {"ns", std::chrono::nanoseconds{1}},
}};

}  // namespace

FieldText JsonValues::text(std::size_t field) const noexcept {
  const JsonValue& value = values_[field];
  return value.kind == JsonValue::Kind::absent ? FieldText() : present_text(value.text);
}

std::optional<std::size_t> JsonValues::first(LogColumn column) const noexcept {
  for (const std::uint16_t field : (*columns_)[static_cast<std::size_t>(column)]) {
    if (text(std::size_t{field})) return field;
  }
  return std::nullopt;
}

FieldText JsonValues::text(LogColumn column) const noexcept {
  for (const std::uint16_t field : (*columns_)[static_cast<std::size_t>(column)]) {
    if (const FieldText found = text(std::size_t{field})) return found;
  }
  return std::nullopt;
}

JsonFormat::JsonFormat(JsonSetup setup)
    : LineFormat(std::move(setup.line)),
      names_(std::move(setup.names)),
      paths_(names_of(LineFormat::setup())) {
  for (std::size_t i = 0; i < names_->fields.size(); ++i) {
    const auto column = names_->fields[i].feeds;
    if (!column) continue;
    columns_[static_cast<std::size_t>(*column)].push_back(static_cast<std::uint16_t>(i));
  }
}

RowKind JsonFormat::read_line(std::string_view line, RowScratch& scratch, LineRead& read) const {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (line[begin] != '{' && line.find_last_not_of(" \t") != line.rfind('}')) {
    return read.skip(SkipReason::other_program);
  }
  const auto values = scratch.json.read(line, paths_, scratch.texts);
  if (!values) return read.reject(RejectReason::malformed_json, line);
  read.row = LogRow{};
  return read_values(JsonValues(*values, columns_), line, scratch, read);
}

RowKind JsonFormat::set_parts(const JsonValues& values, RowScratch& scratch, LineRead& read,
                              RequestLines lines) const {
  LogRow& row = read.row;
  const FieldText request =
      lines == RequestLines::read ? values.text(LogColumn::request) : FieldText();
  if (request) {
    if (!set_request_line(*request, scratch, row, Escapes::none)) {
      return read.skip(SkipReason::no_request);
    }
  }
  if (const FieldText host = values.text(LogColumn::host)) row.host = host;
  if (const FieldText method = values.text(LogColumn::method)) row.http_method = method;
  if (const FieldText path = values.text(LogColumn::path)) set_row_target(*path, row);
  if (setup().reads_service) row.service_name = values.text(LogColumn::service);
  row.service_type = values.text(LogColumn::service_type);
  if (setup().reads_status) {
    if (const FieldText status = values.text(LogColumn::status)) row.status = parse_status(*status);
  }
  const FieldText header = values.text(LogColumn::trace_header);
  if (header && header->find('=') != header->npos) row.trace_header = header;
  set_choices(setup(), row, [&](std::size_t field) { return values[field].text; });
  return RowKind::row;
}

RowKind JsonFormat::set_row_time(const JsonValues& values, std::string_view line,
                                 std::chrono::nanoseconds elapsed, RowScratch& scratch,
                                 LineRead& read) const {
  const FieldText text = values.text(LogColumn::time);
  if (!text) return read.reject(RejectReason::no_time, line);
  const auto stamp = scratch.stamps.read(*text);
  if (!stamp || !set_start(*stamp, elapsed, EndStamp::whole_seconds, setup().zone, read.row)) {
    return read.reject(RejectReason::unreadable_time, *text);
  }
  return RowKind::row;
}

std::optional<std::chrono::nanoseconds> json_duration(std::string_view text,
                                                      std::chrono::nanoseconds unit) {
  constexpr std::chrono::nanoseconds kMost = std::chrono::seconds{10'000'000};
  if (text.empty() || text == "-" || text == "-1") return std::chrono::nanoseconds{0};
  if (is_digit(text.back())) {
    return text.find_first_of("eE") == text.npos ? elapsed_time(text, unit)
                                                 : exponent_duration(text, unit);
  }
  std::chrono::nanoseconds total{0};
  while (!text.empty()) {
    const std::size_t number = std::min(text.find_first_not_of("0123456789."), text.size());
    const std::string_view rest = text.substr(number);
    const std::string_view name =
        rest.substr(0, std::min(rest.find_first_of("0123456789"), rest.size()));
    const auto known = std::find_if(kUnits.begin(), kUnits.end(),
                                    [&](const DurationUnit& one) { return one.name == name; });
    if (number == 0 || known == kUnits.end()) return std::nullopt;
    const auto part = elapsed_time(text.substr(0, number), known->length);
    if (!part || (total += *part) >= kMost) return std::nullopt;
    text = rest.substr(name.size());
  }
  return total;
}

std::vector<std::string> names_in_front(const FormatFront& front) {
  std::vector<std::string> names;
  std::unordered_set<std::string> known;
  JsonReader reader;
  TextArena texts;
  const auto add = [&](std::string_view line) {
    for (std::string& name : reader.names(line)) {
      if (names.size() == kMaxHeaderColumns) return;
      if (known.insert(name).second) names.push_back(std::move(name));
    }
  };
  std::string_view text = front.front.text;
  for (std::size_t i = 0; i < kLinesOfNames && !text.empty(); ++i) {
    const std::size_t feed = text.find('\n');
    // What is not there as a whole is no object.
    add(bare_line(text.substr(0, feed), front.prefix, texts));
    text.remove_prefix(feed == text.npos ? text.size() : feed + 1);
  }
  // It may be behind all of these.
  add(front.line);
  return names;
}

Result<JsonSetup, Failure> make_json_setup(const FormatFront& front, const LogOptions& options,
                                           std::span<const LineField> fields,
                                           std::string_view whose) {
  auto names = std::make_unique<JsonNames>();
  std::vector<std::string> observed = names_in_front(front);
  std::erase_if(observed, [](const std::string& name) { return !is_plain(name); });
  const auto is_of_table = [&](const std::string& name) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const LineField& field) { return field.name == name; });
  };
  std::vector<bool> taken(observed.size(), false);
  std::vector<std::optional<LogColumn>> feeds;
  for (const LineField& field : fields) {
    std::string name(field.name);
    const std::string normalized = normalized_header(name);
    const bool as_it_is = std::find(observed.begin(), observed.end(), name) != observed.end();
    for (std::size_t i = 0; i < observed.size() && !as_it_is; ++i) {
      if (taken[i] || is_of_table(observed[i]) || normalized_header(observed[i]) != normalized) {
        continue;
      }
      name = observed[i];
      taken[i] = true;
      break;
    }
    names->texts.push_back(std::move(name));
    feeds.push_back(field.feeds);
  }
  for (std::size_t i = 0; i < observed.size(); ++i) {
    if (taken[i] || is_of_table(observed[i])) continue;
    names->texts.push_back(observed[i]);
    feeds.push_back(std::nullopt);
  }
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    names->fields.push_back({names->texts[i], feeds[i]});
  }
  auto line = make_line_setup(front, options, names->fields, whose);
  if (!line) return line.error();
  // Of what the table does not have, only what was chosen is read.
  const auto table = names->fields.begin() + static_cast<std::ptrdiff_t>(fields.size());
  std::vector<LineField> kept(names->fields.begin(), table);
  for (FieldChoice& choice : line.value().choices) {
    if (choice.field < fields.size()) continue;
    const LineField& chosen = names->fields[choice.field];
    choice.field = static_cast<std::size_t>(
        std::find_if(kept.begin(), kept.end(),
                     [&](const LineField& field) { return field.name == chosen.name; }) -
        kept.begin());
    if (choice.field == kept.size()) kept.push_back(chosen);
  }
  names->fields = std::move(kept);
  line.value().fields = names->fields;
  return JsonSetup{std::move(line).value(), std::move(names)};
}

}  // namespace dosimeter::sim
