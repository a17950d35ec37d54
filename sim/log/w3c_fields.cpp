#include "sim/log/w3c_fields.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

bool is_hex(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

W3cFields::W3cFields(std::string_view directive) {
  field_of_.fill(kUnread);
  directive.remove_prefix(std::min(directive.find(' '), directive.size()));
  std::size_t column = 0;
  while (column < kMostColumns) {
    const std::size_t begin = directive.find_first_not_of(" \t\r");
    if (begin == directive.npos) break;
    directive.remove_prefix(begin);
    const std::string_view name = directive.substr(0, directive.find_first_of(" \t\r"));
    for (std::size_t i = 0; i < kW3cFieldCount; ++i) {
      if (name != kIisFields[i].name && name != kCloudfrontFields[i].name) continue;
      field_of_[column] = static_cast<unsigned char>(i);
      columns_ = column + 1;
      has_time_ = has_time_ || i == static_cast<std::size_t>(W3cField::time);
      break;
    }
    directive.remove_prefix(name.size());
    ++column;
  }
}

W3cTexts W3cFields::split(std::string_view line, char delimiter) const noexcept {
  W3cTexts texts{};
  for (std::size_t column = 0; column < columns_; ++column) {
    const bool quoted = line.starts_with('"');
    std::size_t end = std::string_view::npos;
    if (quoted) {
      const std::size_t close = line.find('"', 1);
      end = close == line.npos ? close : line.find(delimiter, close);
    } else {
      end = line.find(delimiter);
    }
    std::string_view text = line.substr(0, end);
    if (quoted && text.size() > 1 && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (field_of_[column] != kUnread) texts[field_of_[column]] = text;
    if (end == line.npos) break;
    line.remove_prefix(end + 1);
  }
  return texts;
}

std::string_view encoded_once(std::string_view text, TextArena& texts) {
  if (text.find("%25") == text.npos) return text;
  const std::span<char> room = texts.room(text.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    room[size++] = text[i];
    const bool twice = text.substr(i).starts_with("%25") && i + 4 < text.size() &&
                       is_hex(text[i + 3]) && is_hex(text[i + 4]);
    if (twice) i += 2;
  }
  return texts.keep(size);
}

std::string_view with_spaces(std::string_view text, TextArena& texts) {
  if (text.find('+') == text.npos) return text;
  const std::span<char> room = texts.room(text.size());
  std::replace_copy(text.begin(), text.end(), room.begin(), '+', ' ');
  return texts.keep(text.size());
}

}  // namespace dosimeter::sim
