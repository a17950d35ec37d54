#include "sim/breakdown/endpoint_text.h"

#include "sim/breakdown/path_segment.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

constexpr std::string_view kIdentifier = ":id";
constexpr std::string_view kDate = ":date";
constexpr std::string_view kCut = "...";
/// Numbers with fewer digits stay where dots are in front of them: versions.
constexpr std::size_t kLeastDigitsBehindDot = 5;

/// Cuts what begins at `start` to `longest` bytes, before a character and not within one.
void cut(std::string& text, std::size_t start, std::size_t longest) {
  if (text.size() - start <= longest) return;
  std::size_t end = start + longest - kCut.size();
  while (end > start && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  text.resize(end);
  text += kCut;
}

/// The next part of `rest` up to `mark`, which both lose.
std::string_view take_part(std::string_view& rest, char mark) noexcept {
  const std::size_t end = std::min(rest.find(mark), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

bool all_parts_are_identifiers(std::string_view segment) {
  while (!segment.empty()) {
    const std::string_view part = take_part(segment, '.');
    if (segment_kind(part) == SegmentKind::word) return false;
  }
  return true;
}

void append_part(std::string_view part, bool is_first, std::string& text) {
  const SegmentKind kind = segment_kind(part);
  const bool stays = kind == SegmentKind::word || (kind == SegmentKind::number && !is_first &&
                                                   part.size() < kLeastDigitsBehindDot);
  text += stays ? part : kind == SegmentKind::date ? kDate : kIdentifier;
}

void append_segment(std::string_view segment, std::string& text) {
  segment = segment.substr(0, segment.find(';'));
  const SegmentKind kind = segment_kind(segment);
  if (kind == SegmentKind::date) {
    text += kDate;
  } else if (kind != SegmentKind::word) {
    text += kIdentifier;
  } else if (segment.find('.') == segment.npos) {
    text += segment;
  } else if (segment.back() != '.' && all_parts_are_identifiers(segment)) {
    text += kIdentifier;
  } else {
    std::string_view rest = segment;
    append_part(take_part(rest, '.'), true, text);
    // A dot at the end is an empty part behind it.
    for (std::size_t dots =
             static_cast<std::size_t>(std::count(segment.begin(), segment.end(), '.'));
         dots > 0; --dots) {
      text += '.';
      append_part(take_part(rest, '.'), false, text);
    }
  }
}

void append_path(std::string_view path, std::string& text) {
  const std::size_t start = text.size();
  for (bool is_first = true; text.size() - start <= kLongestPath; is_first = false) {
    if (!is_first) text += '/';
    const std::size_t end = std::min(path.find('/'), path.size());
    append_segment(path.substr(0, end), text);
    if (end == path.size()) break;
    path.remove_prefix(end + 1);
  }
  cut(text, start, kLongestPath);
}

/// Nothing where it is absent or the `-` that logs write for it.
std::string_view written(const FieldText& field) noexcept {
  return field && *field != "-" ? *field : std::string_view();
}

}  // namespace

std::string_view EndpointText::fold(const FieldText& method, const FieldText& target) {
  text_.clear();
  // One byte more than stays, so that the cut shows.
  for (const char c : written(method).substr(0, kLongestMethod + 1)) {
    // The first NUL is where the path begins.
    text_ += c == '\0' ? '?' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  cut(text_, 0, kLongestMethod);
  text_ += '\0';
  const std::string_view path = written(target);
  append_path(path.substr(0, path.find_first_of("?#")), text_);
  return text_;
}

EndpointParts endpoint_parts(std::string_view text) noexcept {
  const std::size_t mark = text.find('\0');
  return {text.substr(0, mark), text.substr(mark + 1)};
}

}  // namespace dosimeter::sim
