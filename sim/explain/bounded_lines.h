#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/byte_source.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// The lines of a source, none longer than what memory is to be spent on. Not thread-safe.
class BoundedLines {
 public:
  BoundedLines(std::unique_ptr<ByteSource> source, std::size_t longest)
      : source_(std::move(source)), longest_(longest) {}

  /// The next line without its line feed, valid until the next call; nothing at the end. The last
  /// needs no line feed. Errors: input_output where the source cannot be read; usage for a line
  /// that is too long, without its place.
  [[nodiscard]] Result<std::optional<std::string_view>, Failure> next();

  /// Whether the next line is there already, so that asking for it does not wait.
  [[nodiscard]] bool is_ready() const noexcept;

  /// Of the line last returned or refused, from 1.
  [[nodiscard]] std::uint64_t line_number() const noexcept { return line_number_; }

 private:
  [[nodiscard]] std::string_view take(std::size_t end, std::size_t next_start) noexcept;

  std::unique_ptr<ByteSource> source_;
  std::size_t longest_;
  std::string buffer_;
  /// Where the next line begins, and up to where no line feed has been found.
  std::size_t start_ = 0;
  std::size_t searched_ = 0;
  std::uint64_t line_number_ = 0;
  bool ended_ = false;
};

}  // namespace dosimeter::sim
