#include "sim/replay/path_rewrites.h"

#include "sim/log/quoted_text.h"

#include <algorithm>

namespace dosimeter::sim {
namespace {

bool is_path(std::string_view text) noexcept {
  return text.starts_with('/') && text.find('?') == text.npos;
}

bool fits(std::string_view from, std::string_view target) noexcept {
  if (!target.starts_with(from)) return false;
  if (from.ends_with('/') || target.size() == from.size()) return true;
  const char next = target[from.size()];
  return next == '/' || next == '?';
}

}  // namespace

Result<PathRewrites, Failure> PathRewrites::parse(std::span<const std::string> texts) {
  PathRewrites rewrites;
  for (const std::string& text : texts) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string from = text.substr(0, equals);
    const std::string to = equals == text.size() ? "" : text.substr(equals + 1);
    if (equals == text.size() || !is_path(from) || !(to.empty() || is_path(to))) {
      return Failure{ExitCode::usage,
                     "--rewrite must be FROM=TO, prefixes of paths like /api=/v1, got " +
                         in_quotes(text, kShownBytes)};
    }
    const bool known = std::any_of(rewrites.rewrites_.begin(), rewrites.rewrites_.end(),
                                   [&](const Rewrite& other) { return other.from == from; });
    if (known) {
      return Failure{ExitCode::usage, "--rewrite must name a prefix once, got " +
                                          in_quotes(from, kShownBytes) + " twice"};
    }
    rewrites.rewrites_.push_back({from, to});
  }
  std::stable_sort(
      rewrites.rewrites_.begin(), rewrites.rewrites_.end(),
      [](const Rewrite& a, const Rewrite& b) { return a.from.size() > b.from.size(); });
  return rewrites;
}

std::string_view PathRewrites::apply(std::string_view target, std::string& room) const {
  for (const Rewrite& rewrite : rewrites_) {
    if (!fits(rewrite.from, target)) continue;
    std::string_view rest = target.substr(rewrite.from.size());
    room = rewrite.to;
    if (room.ends_with('/') && rest.starts_with('/')) rest.remove_prefix(1);
    if (room.empty() && !rest.starts_with('/')) room = "/";
    room += rest;
    return room;
  }
  return target;
}

}  // namespace dosimeter::sim
