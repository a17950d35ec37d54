#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/log_format.h"
#include "sim/log/log_notice.h"
#include "sim/log/log_options.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// The front of an input, by which its format is known.
struct LogFront {
  /// The input's first bytes without a byte order mark.
  std::string_view text;
  /// `text` is all of the input.
  bool whole = false;
  /// For messages: `"x.csv"` and, in front of a line number, `x.csv`.
  std::string name_in_sentence;
  std::string name_in_place;
};

/// A format, and where in the front its rows begin.
struct ChosenFormat {
  std::unique_ptr<const LogFormat> format;
  /// Bytes of the front that are no rows (a header and blank lines before it), and line feeds among
  /// them.
  std::size_t header_bytes = 0;
  std::uint64_t header_lines = 0;
  std::vector<LogNotice> notices;
  /// By what the format was known, to stand behind "because": `of --log-format csv`.
  std::string why;
};

/// Knows the format by the first line that is any format's (format_list.h), with what a collector
/// put in front of lines or without; where none is, it is CSV with a header line. Nothing where
/// more bytes are needed, which they never are of all of an input or of more than kMaxRecordBytes.
/// Fails with ExitCode::usage where it is neither, or a header will not do.
[[nodiscard]] Result<std::optional<ChosenFormat>, Failure> choose_format(const LogFront& front,
                                                                         const LogOptions& options);

}  // namespace dosimeter::sim
