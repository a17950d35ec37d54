#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Prefixes of paths that change between what wrote the log and the recorder: `/api=/` where a
/// proxy takes `/api` off. Of those that fit, the longest is taken, and one alone: what it gives is
/// not looked at again.
///
/// A prefix that ends with a slash fits whatever follows it; another ends where a part of the path
/// does: `/api` fits `/api`, `/api/x` and `/api?x`, not `/apis`. What comes out begins with a
/// slash. Immutable.
class PathRewrites {
 public:
  PathRewrites() = default;

  /// Of `--rewrite FROM=TO`, split at the first `=`. Errors (usage): a FROM or TO that does not
  /// begin with a slash, but for an empty TO; one with a query; a FROM given twice.
  [[nodiscard]] static Result<PathRewrites, Failure> parse(std::span<const std::string> texts);

  [[nodiscard]] bool empty() const noexcept { return rewrites_.empty(); }

  /// What becomes of a path, with or without its query: itself, or a view of `room`. Follows from
  /// the path in front of the query alone, but for the query itself.
  [[nodiscard]] std::string_view apply(std::string_view target, std::string& room) const;

 private:
  struct Rewrite {
    std::string from;
    std::string to;
  };

  /// The longest first.
  std::vector<Rewrite> rewrites_;
};

}  // namespace dosimeter::sim
