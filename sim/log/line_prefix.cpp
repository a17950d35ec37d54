#include "sim/log/line_prefix.h"

#include "sim/log/letters.h"

#include <algorithm>
#include <cstddef>

namespace dosimeter::sim {
namespace {

/// Longer names of services, hosts and programs are none.
constexpr std::size_t kLongestName = 255;

bool is_name_letter(char c) noexcept {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == ':';
}

/// The length of a word and the space behind it, 0 where there is none.
std::size_t word_length(std::string_view text) noexcept {
  const std::size_t space = text.substr(0, kLongestName + 1).find(' ');
  return space == text.npos || space == 0 ? 0 : space + 1;
}

/// `2026-05-04T10:15:02.186Z `, the fraction and the zone there or not.
std::size_t stamp_length(std::string_view text) noexcept {
  constexpr std::size_t kSecond = 19;
  constexpr std::size_t kLongest = 40;
  const std::size_t length = word_length(text);
  if (length <= kSecond || length > kLongest) return 0;
  const bool is_stamp = is_digit(text[0]) && text[4] == '-' && text[7] == '-' &&
                        (text[10] == 'T' || text[10] == 't') && text[13] == ':' && text[16] == ':';
  return is_stamp ? length : 0;
}

/// `caddy  | `, `shop-web-1 | `.
std::size_t compose_length(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size() && at <= kLongestName && is_name_letter(text[at])) ++at;
  const std::size_t name = at;
  while (at < text.size() && text[at] == ' ' && at - name <= kLongestName) ++at;
  if (name == 0 || at == name || at >= text.size() || text[at] != '|') return 0;
  ++at;
  return at < text.size() && text[at] == ' ' ? at + 1 : at;
}

std::size_t cri_length(std::string_view text) noexcept {
  const std::size_t stamp = stamp_length(text);
  if (stamp == 0) return 0;
  const std::string_view rest = text.substr(stamp);
  const bool is_stream = rest.starts_with("stdout ") || rest.starts_with("stderr ");
  if (!is_stream || rest.size() < 9 || (rest[7] != 'F' && rest[7] != 'P') || rest[8] != ' ') {
    return 0;
  }
  return stamp + 9;
}

/// `May  4 10:15:02 `.
std::size_t old_stamp_length(std::string_view text) noexcept {
  constexpr std::size_t kLength = 16;
  if (text.size() < kLength || !is_letter(text[0]) || !is_letter(text[1]) || !is_letter(text[2])) {
    return 0;
  }
  const bool is_stamp = text[3] == ' ' && (text[4] == ' ' || is_digit(text[4])) &&
                        is_digit(text[5]) && text[6] == ' ' && is_digit(text[7]) &&
                        text[9] == ':' && text[12] == ':' && text[15] == ' ';
  return is_stamp ? kLength : 0;
}

/// `<134>`.
std::size_t priority_length(std::string_view text) noexcept {
  if (!text.starts_with('<')) return 0;
  std::size_t at = 1;
  while (at < text.size() && at < 4 && is_digit(text[at])) ++at;
  return at > 1 && at < text.size() && text[at] == '>' ? at + 1 : 0;
}

/// Behind the priority and the version of RFC 5424: stamp, host, program, process, message and
/// structured data, which is taken to be `-` or one in brackets.
std::size_t words_of_rfc5424(std::string_view text) noexcept {
  std::size_t at = 0;
  for (int word = 0; word < 5; ++word) {
    const std::size_t length = word_length(text.substr(at));
    if (length == 0) return 0;
    at += length;
  }
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("- ")) return at + 2;
  // Heroku leaves it out.
  if (!rest.starts_with('[')) return at;
  const std::size_t end = rest.find("] ");
  return end == rest.npos ? 0 : at + end + 2;
}

std::size_t syslog_length(std::string_view text) noexcept {
  const std::size_t priority = priority_length(text);
  std::string_view rest = text.substr(priority);
  if (priority > 0 && rest.starts_with("1 ")) {
    const std::size_t length = words_of_rfc5424(rest.substr(2));
    return length == 0 ? 0 : priority + 2 + length;
  }
  const std::size_t old_stamp = old_stamp_length(rest);
  const std::size_t stamp = old_stamp > 0 ? old_stamp : stamp_length(rest);
  if (stamp == 0) return 0;
  rest.remove_prefix(stamp);
  const std::size_t host = word_length(rest);
  if (host == 0) return 0;
  const std::size_t program = word_length(rest.substr(host));
  if (program < 3 || rest[host + program - 2] != ':') return 0;
  return priority + stamp + host + program;
}

std::size_t prefix_length(std::string_view line, LinePrefix prefix) noexcept {
  switch (prefix) {
    case LinePrefix::none:
    case LinePrefix::docker:
      return 0;
    case LinePrefix::compose:
      return compose_length(line);
    case LinePrefix::syslog:
      return syslog_length(line);
    case LinePrefix::cri:
      return cri_length(line);
    case LinePrefix::stamp:
      return stamp_length(line);
    case LinePrefix::stamp_and_stream: {
      const std::size_t stamp = stamp_length(line);
      const std::size_t stream = stamp == 0 ? 0 : word_length(line.substr(stamp));
      return stream == 0 ? 0 : stamp + stream;
    }
  }
  return 0;
}

}  // namespace

std::string_view without_prefix(std::string_view line, LinePrefix prefix) noexcept {
  return line.substr(prefix_length(line, prefix));
}

}  // namespace dosimeter::sim
