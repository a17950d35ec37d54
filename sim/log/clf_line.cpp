#include "sim/log/clf_line.h"

#include "sim/log/line_prefix.h"

#include <algorithm>
#include <cstring>

namespace dosimeter::sim {
namespace {

/// Words that may stand in front of the time: a virtual host, the client and a user's name with
/// spaces in it.
constexpr std::size_t kMostWords = 8;

/// Whether a collector has put something in front: words that a host, a client or a user could be
/// taken for.
bool has_prefix(std::string_view line) noexcept {
  const auto is_there = [&](LinePrefix prefix) {
    return prefix != LinePrefix::none && prefix != LinePrefix::stamp_and_stream &&
           without_prefix(line, prefix).size() != line.size();
  };
  return std::any_of(kLinePrefixes.begin(), kLinePrefixes.end(), is_there) ||
         line.substr(0, line.find(' ')).find('/') != line.npos;
}

}  // namespace

ClfLine::ClfLine(const SpacedFields& fields) noexcept : fields_(fields) {
  std::size_t at = 1;
  while (at < kMostWords && at < fields_.count() && !fields_[at].starts_with('[')) ++at;
  if (at >= fields_.count() || !fields_[at].starts_with('[')) return;
  const std::string_view first = fields_[at];
  const std::size_t words = first.ends_with(']') ? 1 : 2;
  const std::string_view last = fields_[at + words - 1];
  if (!last.ends_with(']') || fields_.count() <= at + words) return;
  bracket_ = at;
  request_ = at + words;
  stamp_ = {first.data() + 1,
            static_cast<std::size_t>(last.data() + last.size() - first.data()) - 2};
}

bool ClfLine::may_be_one(std::string_view line) noexcept {
  const std::size_t open = line.find(" [");
  if (open == line.npos || open == 0 || line.substr(0, open).find(' ') == line.npos) return false;
  const std::size_t close = line.find("] ", open);
  if (close == line.npos || close - open > 64 || close + 2 >= line.size()) return false;
  const std::string_view rest = line.substr(close + 2);
  return (rest.starts_with('"') || rest.starts_with("\\\"")) &&
         line.substr(0, open).find_first_of(",;{\t") == line.npos && !has_prefix(line);
}

std::string_view unwrapped_line(std::string_view line, TextArena& texts) {
  if (line.size() < 2 || line.front() != '"' || line.back() != '"') return line;
  const std::string_view inner = line.substr(1, line.size() - 2);
  const std::size_t quote = inner.find('"');
  if (quote == inner.npos) return inner;
  const bool backslashed = quote > 0 && inner[quote - 1] == '\\';
  const bool doubled = quote + 1 < inner.size() && inner[quote + 1] == '"';
  if (!backslashed && !doubled) return inner;
  const char escape = backslashed ? '\\' : '"';
  const std::span<char> room = texts.room(inner.size() + kSpacedFieldsPadding);
  std::size_t size = 0;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == escape && i + 1 < inner.size() && inner[i + 1] == '"') ++i;
    room[size++] = inner[i];
  }
  std::memset(room.data() + size, 0, kSpacedFieldsPadding);
  // The padding is kept with it, so that nothing else is written there.
  return texts.keep(size + kSpacedFieldsPadding).substr(0, size);
}

}  // namespace dosimeter::sim
