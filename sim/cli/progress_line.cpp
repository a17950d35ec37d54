#include "sim/cli/progress_line.h"

#include "sim/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace dosimeter::sim {
namespace {

constexpr std::chrono::milliseconds kBetweenLines{250};
constexpr std::size_t kLongestBar = 30;
constexpr std::size_t kShortestBar = 10;

/// `[######    ] `, its brackets and its blank included in `columns`.
std::string bar_text(double share, std::size_t columns) {
  const std::size_t inside = columns - 3;
  const auto full = static_cast<std::size_t>(share * static_cast<double>(inside));
  return fmt::format("[{}{}] ", std::string(full, '#'), std::string(inside - full, ' '));
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string progress_text(const ReplayProgress& progress, double elapsed_seconds,
                          std::size_t columns) {
  const auto rows_a_second =
      static_cast<std::uint64_t>(static_cast<double>(progress.rows) / elapsed_seconds);
  const std::string speed = grouped(rows_a_second) + " rows a second";
  std::string bytes = bytes_text(progress.bytes_read);
  std::vector<std::vector<std::string>> choices;
  double share = 0;
  if (progress.bytes_total && *progress.bytes_total > 0 && progress.bytes_read > 0) {
    bytes += " of " + bytes_text(*progress.bytes_total);
    // A file may grow while it is read.
    share = std::min(
        1.0, static_cast<double>(progress.bytes_read) / static_cast<double>(*progress.bytes_total));
    const std::string percent = fmt::format("{:.0f} %", std::floor(share * 100));
    const std::string left =
        duration_text(std::ceil(elapsed_seconds * (1 - share) / share)) + " left";
    choices = {{percent, bytes, speed, left}, {percent, speed, left}, {percent, left}, {percent}};
  } else {
    choices = {{bytes, grouped(progress.rows) + " rows", speed}, {bytes, speed}, {bytes}};
  }
  std::string text = joined(choices.front());
  for (const std::vector<std::string>& parts : choices) {
    text = joined(parts);
    if (text.size() <= columns) break;
  }
  const std::size_t room = columns - std::min(columns, text.size());
  if (share > 0 && room >= kShortestBar) {
    text = bar_text(share, std::min(room, kLongestBar)) + text;
  }
  return text.substr(0, columns);
}

void ProgressLine::update(const ReplayProgress& progress) {
  if (!console_.is_watched()) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kBetweenLines;
  const double elapsed_seconds =
      std::max(1e-3, std::chrono::duration<double>(now - start_).count());
  // The last column stays free: some terminals begin a new line behind it.
  console_.show_progress(progress_text(progress, elapsed_seconds, console_.columns() - 1));
}

}  // namespace dosimeter::sim
