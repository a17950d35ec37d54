#include "sim/log/log_formats.h"

#include "sim/log/format_list.h"
#include "sim/log/formats.h"
#include "sim/log/json_keys.h"
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

/// What `knows` makes of the line behind the first prefix that something is behind. What was
/// written anew is in `texts`.
template <typename Knows>
std::optional<KnownLine> known_behind_prefix(std::string_view line, TextArena& texts,
                                             Knows&& knows) {
  const std::string_view bare = bare_line(line, LinePrefix::none);
  for (const LinePrefix prefix : kLinePrefixes) {
    const std::string_view rest = bare_line(line, prefix, texts);
    if (prefix != LinePrefix::none && rest.data() == bare.data()) continue;
    if (const FormatFacts* const format = knows(rest)) return KnownLine{format, prefix, rest};
  }
  return std::nullopt;
}

/// Which format knows the line; of `only`, where that is one.
std::optional<KnownLine> known(std::string_view line, const FormatFacts* only, TextArena& texts) {
  return known_behind_prefix(line, texts, [&](std::string_view rest) -> const FormatFacts* {
    for (const FormatFacts* format : log_formats()) {
      if ((only != nullptr && format != only) || format->knows == nullptr) continue;
      if (format->knows(rest)) return format;
    }
    return nullptr;
  });
}

/// Whether the line is a JSON object, of whatever keys.
std::optional<KnownLine> known_as_json(std::string_view line, TextArena& texts) {
  return known_behind_prefix(line, texts, [](std::string_view rest) -> const FormatFacts* {
    const JsonKeys keys(rest);
    return keys.closed() && !keys.empty() ? &kJson : nullptr;
  });
}

/// How a front begins that may be one document over lines.
enum class DocumentFront : unsigned char { none, maybe, yes };

/// An array, or an object that is not closed in its first line. Objects that are longer than a
/// front are one a line, most likely.
DocumentFront begins_document(const LogFront& front) {
  const std::size_t begin = front.text.find_first_not_of(" \t\r\n");
  if (begin == front.text.npos || (front.text[begin] != '{' && front.text[begin] != '[')) {
    return DocumentFront::none;
  }
  if (front.text[begin] == '[') {
    const bool ends = front.whole || front.text.size() > kMaxRecordBytes ||
                      front.text.find('}', begin) != front.text.npos;
    return ends ? DocumentFront::yes : DocumentFront::maybe;
  }
  const std::size_t feed = front.text.find('\n', begin);
  if (feed == front.text.npos) {
    return front.whole || front.text.size() > kMaxRecordBytes ? DocumentFront::none
                                                              : DocumentFront::maybe;
  }
  return JsonKeys(front.text.substr(begin, feed - begin)).closed() ? DocumentFront::none
                                                                   : DocumentFront::yes;
}

/// By what the format was known.
std::string why(const KnownLine& line, const FormatFacts* only) {
  if (only != nullptr) return fmt::format("of --log-format {}", only->name);
  if (line.format == &kJson) return "its lines are JSON objects";
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
  const DocumentFront document = begins_document(front);
  if (document == DocumentFront::maybe) return std::optional<ChosenFormat>();
  const auto make = [&](const KnownLine& line) {
    auto made = line.format->make({front, *line.format, line.prefix, line.line}, options);
    if (made && made.value()) made.value()->why = why(line, only);
    return made;
  };
  if (document == DocumentFront::yes) {
    for (const FormatFacts* format : log_formats()) {
      if ((only != nullptr && format != only) || format->documents.empty()) continue;
      if (!format->knows(front.text)) continue;
      auto made = format->make({front, *format, LinePrefix::none, first, true}, options);
      if (made && made.value()) {
        made.value()->why = only != nullptr
                                ? fmt::format("of --log-format {}", only->name)
                                : fmt::format("it is one document of {}", format->title);
      }
      return made;
    }
  }
  TextArena texts;
  if (const auto line = known(first, only, texts)) return make(*line);
  // A header line decides before the lines below it.
  Result<std::optional<ChosenFormat>, Failure> otherwise = std::optional<ChosenFormat>();
  const bool maybe_json = only == nullptr || only == &kJson;
  if (only == nullptr || (only->knows == nullptr && only != &kJson)) {
    otherwise = make({only == nullptr ? &kCsv : only, LinePrefix::none, first});
    if (otherwise || only != nullptr) return otherwise;
  }
  // Objects of any keys are what they are where no line is of a format that is known by its keys.
  auto json = maybe_json ? known_as_json(first, texts) : std::nullopt;
  for (std::size_t i = 1; i < kLinesLookedAt; ++i) {
    if (!lines.next()) {
      if (!lines.all_read()) return std::optional<ChosenFormat>();
      break;
    }
    if (const auto line = known(lines.line(), only, texts)) return make(*line);
    if (maybe_json && !json) json = known_as_json(lines.line(), texts);
  }
  if (json) return make(*json);
  return only == nullptr ? std::move(otherwise)
                         : make({only, LinePrefix::none, bare_line(first, LinePrefix::none)});
}

}  // namespace dosimeter::sim
