#pragma once

#include "sim/failure.h"

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string_view>

namespace dosimeter::sim {

/// Where a command speaks: data on one stream, everything else on the other with `simulate: ` in
/// front.
class Console {
 public:
  /// Both streams must outlive this and stay open.
  Console(std::FILE* out, std::FILE* err);

  /// Writes and flushes data. A reader that has gone away is no failure; a full disk is.
  [[nodiscard]] std::optional<Failure> print(std::string_view text);

  /// Whether nobody reads the data any more, so that there is nothing left to do.
  [[nodiscard]] bool reader_is_gone() const noexcept { return reader_is_gone_; }

  /// One line for people, `simulate: ` in front and a line break behind.
  void complain(std::string_view message) noexcept;

  /// Shows a line that the next one overwrites; an empty one wipes it away. Nothing where nobody
  /// watches.
  void show_progress(std::string_view line) noexcept;

  /// Whether the stream for people is a terminal that can write a line anew (TERM is not `dumb`).
  [[nodiscard]] bool is_watched() const noexcept { return watched_; }

  /// How wide that terminal is now: 80 where it does not say. At least 2.
  [[nodiscard]] std::size_t columns() const noexcept;

 private:
  std::FILE* out_;
  std::FILE* err_;
  bool watched_;
  bool reader_is_gone_ = false;
  bool shows_progress_ = false;
};

}  // namespace dosimeter::sim
