#pragma once

#include "sim/log/docker_line.h"
#include "sim/log/line_field.h"
#include "sim/log/line_prefix.h"
#include "sim/log/log_format.h"
#include "sim/log/log_options.h"
#include "sim/log/row_kind.h"
#include "sim/log/zone_offset.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace dosimeter::sim {

struct FormatFacts;

/// What a line turned out to be: the part that its RowKind says is set.
struct LineRead {
  LogRow row;
  RejectedRow rejected;
  SkipReason skipped = SkipReason::blank_line;

  RowKind reject(RejectReason reason, std::string_view text) noexcept {
    rejected = {reason, text};
    return RowKind::rejected;
  }
  RowKind skip(SkipReason reason) noexcept {
    skipped = reason;
    return RowKind::skipped;
  }
};

/// How one input's lines are read: what is the same for every format.
struct LineSetup {
  /// The format's own, which live as long as the program.
  const FormatFacts* format = nullptr;
  std::span<const LineField> fields = {};
  LinePrefix prefix = LinePrefix::none;
  bool reads_status = false;
  bool reads_service = true;
  ZoneOffset zone;
  std::vector<FieldChoice> choices = {};
};

/// A line as formats are given it: without prefix, carriage return and the NULs that rotation may
/// leave in front.
[[nodiscard]] inline std::string_view bare_line(std::string_view line, LinePrefix prefix) noexcept {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.starts_with('\0')) line.remove_prefix(1);
  return prefix == LinePrefix::none ? line : without_prefix(line, prefix);
}

/// The same, of docker's lines as well: those are written to `texts`, with kBlockPadding readable
/// bytes behind them.
[[nodiscard]] inline std::string_view bare_line(std::string_view line, LinePrefix prefix,
                                                TextArena& texts) {
  if (prefix != LinePrefix::docker) [[likely]] {
    return bare_line(line, prefix);
  }
  return docker_log_line(bare_line(line, LinePrefix::none), texts);
}

/// Puts every line of the block to the sink as `reader(line, read)` has it; blank ones are skipped
/// without asking. Returns what `LogFormat::read` does.
template <typename Reader>
std::uint64_t read_lines(const LogBlock& block, LinePrefix prefix, TextArena& texts, RowSink& sink,
                         Reader&& reader) {
  std::uint64_t feeds = 0;
  LineRead read;
  const char* begin = block.text.data();
  const char* const end = begin + block.text.size();
  while (begin != end) {
    const auto size = static_cast<std::size_t>(end - begin);
    const auto* feed = static_cast<const char*>(std::memchr(begin, '\n', size));
    const char* const stop = feed != nullptr ? feed : end;
    const std::string_view line =
        bare_line({begin, static_cast<std::size_t>(stop - begin)}, prefix, texts);
    const bool blank = line.find_first_not_of(" \t") == line.npos;
    switch (blank ? read.skip(SkipReason::blank_line) : reader(line, read)) {
      case RowKind::row:
        if (!sink.row(read.row, begin)) return feeds;
        break;
      case RowKind::rejected:
        if (!sink.rejected(read.rejected, begin)) return feeds;
        break;
      case RowKind::skipped:
        sink.skipped(read.skipped, begin);
        break;
    }
    feeds += feed != nullptr ? 1 : 0;
    begin = feed != nullptr ? feed + 1 : end;
  }
  return feeds;
}

/// A format of which every line is a record, whatever stands before it. To add one: a file with a
/// table of its fields, a `read_line` and its facts, and a place in `log_formats`.
class LineFormat : public LogFormat {
 public:
  [[nodiscard]] RecordGrammar grammar() const noexcept final { return {}; }
  [[nodiscard]] FormatMapping mapping() const override;

  std::uint64_t read(const LogBlock& block, RowScratch& scratch, RowSink& sink) const final {
    scratch.texts.clear();
    return read_lines(
        block, setup_.prefix, scratch.texts, sink,
        [&](std::string_view line, LineRead& read) { return read_line(line, scratch, read); });
  }

  /// Sets all of the part of `read` that the result says; its views point into the line or into
  /// `scratch.texts`. Allocates nothing but there. REQUIRES: a line as `bare_line` gives it that is
  /// not blank, with kBlockPadding readable bytes behind it.
  [[nodiscard]] virtual RowKind read_line(std::string_view line, RowScratch& scratch,
                                          LineRead& read) const = 0;

 protected:
  explicit LineFormat(LineSetup setup) : setup_(std::move(setup)) {}

  [[nodiscard]] const LineSetup& setup() const noexcept { return setup_; }

 private:
  LineSetup setup_;
};

}  // namespace dosimeter::sim
