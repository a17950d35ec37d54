#include "sim/explain/bounded_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kBlock = 64 * 1024;

}  // namespace

std::string_view BoundedLines::take(std::size_t end, std::size_t next_start) noexcept {
  const std::string_view line = std::string_view(buffer_).substr(start_, end - start_);
  start_ = next_start;
  searched_ = next_start;
  return line;
}

bool BoundedLines::is_ready() const noexcept {
  return ended_ || buffer_.find('\n', start_) != std::string::npos;
}

Result<std::optional<std::string_view>, Failure> BoundedLines::next() {
  ++line_number_;
  while (true) {
    const std::size_t end = buffer_.find('\n', searched_);
    const std::size_t length = std::min(end, buffer_.size()) - start_;
    if (length > longest_) {
      return Failure{ExitCode::usage, fmt::format("a line must be at most {} MiB, got a longer one",
                                                  longest_ >> 20)};
    }
    if (end != std::string::npos) return std::optional(take(end, end + 1));
    if (ended_) {
      if (start_ == buffer_.size()) return std::optional<std::string_view>();
      return std::optional(take(buffer_.size(), buffer_.size()));
    }
    buffer_.erase(0, start_);
    start_ = 0;
    searched_ = buffer_.size();
    buffer_.resize(searched_ + kBlock);
    auto count = source_->read(std::span(buffer_).subspan(searched_));
    buffer_.resize(searched_ + (count ? count.value() : 0));
    if (!count) return count.error();
    ended_ = count.value() == 0;
  }
}

}  // namespace dosimeter::sim
