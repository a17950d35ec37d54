#pragma once

#include <string>

namespace dosimeter::sim {

/// A remark on a log that is read all the same.
struct LogNotice {
  /// Stable: `unused_columns`, `duplicate_columns`.
  std::string code;
  /// One line, lower case, no full stop. The same for every file with the same header.
  std::string message;

  friend bool operator==(const LogNotice&, const LogNotice&) = default;
};

}  // namespace dosimeter::sim
