#include "sim/log/log_formats.h"

#include "sim/log/format_list.h"
#include "sim/log/formats.h"
#include "sim/log/line_format.h"
#include "sim/log/log_block.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

/// Lines that are looked at for one that a format knows: in front of the first request other
/// programs may say that they have started.
constexpr std::size_t kLinesLookedAt = 64;

/// Goes through the lines of a front that are not blank, each cut at kMaxRecordBytes.
class FrontLines {
 public:
  explicit FrontLines(const LogFront& front) : front_(front) {}

  /// False where there is none, or the front may not hold all of it.
  bool next() {
    const std::string_view text = front_.text;
    begin_ = std::min(text.find_first_not_of("\r\n", end_), text.size());
    const std::size_t feed = text.find('\n', begin_);
    const bool ends = feed != text.npos || front_.whole || text.size() - begin_ > kMaxRecordBytes;
    if (!ends || begin_ == text.size()) return false;
    end_ = std::min({feed, begin_ + kMaxRecordBytes, text.size()});
    return true;
  }
  [[nodiscard]] std::string_view line() const { return front_.text.substr(begin_, end_ - begin_); }
  /// Whether no more bytes can bring more lines.
  [[nodiscard]] bool all_read() const {
    return front_.whole || front_.text.size() > kMaxRecordBytes;
  }

 private:
  const LogFront& front_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

struct KnownLine {
  const FormatFacts* format = nullptr;
  LinePrefix prefix = LinePrefix::none;
  std::string_view line;
};

/// Which format knows the line, behind which prefix; of `only`, where that is one.
std::optional<KnownLine> known(std::string_view line, const FormatFacts* only) {
  for (const LinePrefix prefix : kLinePrefixes) {
    const std::string_view bare = bare_line(line, LinePrefix::none);
    const std::string_view rest = without_prefix(bare, prefix);
    if (prefix != LinePrefix::none && rest.size() == bare.size()) continue;
    for (const FormatFacts* format : log_formats()) {
      if ((only != nullptr && format != only) || format->knows == nullptr) continue;
      if (format->knows(rest)) return KnownLine{format, prefix, rest};
    }
  }
  return std::nullopt;
}

/// By what the format was known.
std::string why(const KnownLine& line, const FormatFacts* only) {
  if (only != nullptr) return fmt::format("of --log-format {}", only->name);
  if (line.format->knows == nullptr) return "its first line is a header";
  return fmt::format("its lines look like those of {}{}", line.format->title,
                     line.prefix == LinePrefix::none ? "" : ", behind what a collector put there");
}

}  // namespace

Result<std::optional<ChosenFormat>, Failure> choose_format(const LogFront& front,
                                                           const LogOptions& options) {
  FrontLines lines(front);
  const bool has_line = lines.next();
  if (!has_line && !lines.all_read()) return std::optional<ChosenFormat>();
  const std::string_view first = has_line ? lines.line() : std::string_view();
  const FormatFacts* const only = options.format;
  const auto make = [&](const KnownLine& line) {
    auto made = line.format->make({front, *line.format, line.prefix, line.line}, options);
    if (made && made.value()) made.value()->why = why(line, only);
    return made;
  };
  if (const auto line = known(first, only)) return make(*line);
  // A header line decides before the lines below it.
  Result<std::optional<ChosenFormat>, Failure> otherwise = std::optional<ChosenFormat>();
  if (only == nullptr || only->knows == nullptr) {
    otherwise = make({only == nullptr ? &kCsv : only, LinePrefix::none, first});
    if (otherwise || only != nullptr) return otherwise;
  }
  for (std::size_t i = 1; i < kLinesLookedAt; ++i) {
    if (!lines.next()) {
      if (!lines.all_read()) return std::optional<ChosenFormat>();
      break;
    }
    if (const auto line = known(lines.line(), only)) return make(*line);
  }
  return only == nullptr ? std::move(otherwise)
                         : make({only, LinePrefix::none, bare_line(first, LinePrefix::none)});
}

}  // namespace dosimeter::sim
