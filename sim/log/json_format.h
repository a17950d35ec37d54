#pragma once

#include "sim/log/format_list.h"
#include "sim/log/json_paths.h"
#include "sim/log/json_reader.h"
#include "sim/log/line_format.h"
#include "sim/log/line_setup.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dosimeter::sim {

/// The names of a format's fields as one input spells them, where these are free.
struct JsonNames {
  std::vector<std::string> texts;
  std::vector<LineField> fields;
};

/// What a JSON format is made from.
struct JsonSetup {
  LineSetup line;
  /// What `line.fields` points to.
  std::unique_ptr<const JsonNames> names;
};

/// The values of a line by the places of their fields in the format's table.
class JsonValues {
 public:
  using Columns = std::array<std::vector<std::uint16_t>, kLogColumnCount>;

  JsonValues(std::span<const JsonValue> values, const Columns& columns) noexcept
      : values_(values), columns_(&columns) {}

  [[nodiscard]] const JsonValue& operator[](std::size_t field) const noexcept {
    return values_[field];
  }
  /// The text of a field; an empty one or `-` is absent.
  [[nodiscard]] FieldText text(std::size_t field) const noexcept;
  /// The first of the fields that feed the column and have a text; nothing where none does.
  [[nodiscard]] std::optional<std::size_t> first(LogColumn column) const noexcept;
  [[nodiscard]] FieldText text(LogColumn column) const noexcept;

 private:
  std::span<const JsonValue> values_;
  const Columns* columns_;
};

/// A format of which every line is a JSON object. To add one: a file with a table of its fields,
/// those with the same column in the order of preference, a `read_values` and its facts.
class JsonFormat : public LineFormat {
 public:
  /// A line that begins with no `{` is another program's, unless it ends with `}`.
  RowKind read_line(std::string_view line, RowScratch& scratch, LineRead& read) const final;

 protected:
  explicit JsonFormat(JsonSetup setup);

  /// As `read_line`, of a line that is an object.
  [[nodiscard]] virtual RowKind read_values(const JsonValues& values, std::string_view line,
                                            RowScratch& scratch, LineRead& read) const = 0;

  enum class RequestLines : unsigned char { read, left_out };
  /// Sets what values say of the row but for its time: a request line first, then the fields of its
  /// parts. `skipped` where there is a request line that is none.
  [[nodiscard]] RowKind set_parts(const JsonValues& values, RowScratch& scratch, LineRead& read,
                                  RequestLines lines = RequestLines::read) const;
  /// Sets the time to that of the first stamp, less `elapsed` of it.
  [[nodiscard]] RowKind set_row_time(const JsonValues& values, std::string_view line,
                                     std::chrono::nanoseconds elapsed, RowScratch& scratch,
                                     LineRead& read) const;

 private:
  std::unique_ptr<const JsonNames> names_;
  JsonPaths paths_;
  JsonValues::Columns columns_;
};

/// A duration in a text or a number: `0.049` of `unit`, or with units of its own as Go writes them,
/// `48.9ms`, `1m2.5s`. 0 for `-`, -1 and nothing, which stand for an unknown time. Nothing where it
/// is neither, or more than 115 days.
[[nodiscard]] std::optional<std::chrono::nanoseconds> json_duration(std::string_view text,
                                                                    std::chrono::nanoseconds unit);

/// What the options say of a format of these fields, whose keys are spelled as in the front's first
/// lines, letter case, `_` and `-` apart. `--map` may name any other key of these lines.
[[nodiscard]] Result<JsonSetup, Failure> make_json_setup(const FormatFront& front,
                                                         const LogOptions& options,
                                                         std::span<const LineField> fields,
                                                         std::string_view whose);

/// The names that objects have among the front's first lines, each once, at most
/// kMaxHeaderColumns.
[[nodiscard]] std::vector<std::string> names_in_front(const FormatFront& front);

/// The format that needs to know nothing else.
template <typename Format>
[[nodiscard]] FormatResult choose_json(const FormatFront& front, const LogOptions& options,
                                       std::span<const LineField> fields, std::string_view whose) {
  auto setup = make_json_setup(front, options, fields, whose);
  if (!setup) return setup.error();
  return chosen_format(std::make_unique<Format>(std::move(setup).value()));
}

}  // namespace dosimeter::sim
