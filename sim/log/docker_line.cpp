#include "sim/log/docker_line.h"

#include "sim/log/json_text.h"

#include <cstddef>
#include <optional>

namespace dosimeter::sim {
namespace {

constexpr std::string_view kBegin = "{\"log\":\"";
constexpr std::string_view kStream = "\"stream\":\"std";

/// The closing quote of the string that begins at `begin`.
std::size_t string_end(std::string_view text, std::size_t begin) noexcept {
  for (std::size_t at = begin;;) {
    at = text.find_first_of("\"\\", at);
    if (at == text.npos || text[at] == '"') return at;
    at += 2;
  }
}

}  // namespace

std::string_view docker_log_line(std::string_view line, TextArena& texts) {
  if (!line.starts_with(kBegin)) return line;
  const std::size_t end = string_end(line, kBegin.size());
  if (end == line.npos || line.find(kStream, end) == line.npos) return line;
  const std::string_view text = line.substr(kBegin.size(), end - kBegin.size());
  const auto meant = json_text(text, texts);
  if (!meant) return line;
  std::string_view inner = *meant;
  while (inner.ends_with('\n') || inner.ends_with('\r')) inner.remove_suffix(1);
  return inner;
}

}  // namespace dosimeter::sim
