#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/line_prefix.h"
#include "sim/log/log_formats.h"
#include "sim/log/log_options.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter::sim {

struct FormatFacts;

/// What a format is made from.
struct FormatFront {
  const LogFront& front;
  const FormatFacts& format;
  LinePrefix prefix = LinePrefix::none;
  /// The line by which the format was known, bare and without its prefix; the first that is not
  /// blank where the user named the format and no line is its own. Followed by as many readable
  /// bytes as the front is.
  std::string_view line;
  /// The rows are of one document over lines, or of several: the format is one of documents.
  bool whole = false;
};

/// Nothing where more bytes are needed, as `choose_format` has it.
using FormatResult = Result<std::optional<ChosenFormat>, Failure>;

/// What is known of a format, in its own file.
struct FormatFacts {
  /// As in `--log-format NAME`.
  std::string_view name;
  /// In sentences, behind "those of": `AWS application load balancers`.
  std::string_view title;
  /// What is taken for the start of a request, behind "starts at": `the time, less the duration`.
  std::string_view start;
  /// Whether a line is this format's and no other's. Null: never known by a line.
  bool (*knows)(std::string_view line) noexcept;
  FormatResult (*make)(const FormatFront& front, const LogOptions& options);
  /// Where a record may be a document that goes over lines, as RecordGrammar has it. `knows` is
  /// then asked of a whole front as well, which may be cut off.
  std::string_view documents = {};
};

/// Every format, in the order in which they are asked whether they know a line.
[[nodiscard]] std::span<const FormatFacts* const> log_formats() noexcept;

/// `auto, csv, tsv, ...`, for messages and help.
[[nodiscard]] std::string format_names();

/// The format of that name; null for `auto`, by content. Fails with ExitCode::usage.
[[nodiscard]] Result<const FormatFacts*, Failure> format_named(std::string_view name);

}  // namespace dosimeter::sim
