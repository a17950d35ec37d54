#include "sim/cli/progress_line.h"

#include "sim/report/number_text.h"

#include <fmt/format.h>

#include <cmath>

namespace dosimeter::sim {

void ProgressLine::update(const ReplayProgress& progress) {
  if (!console_.is_watched()) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(250);
  const double elapsed_seconds = std::chrono::duration<double>(now - start_).count();
  const auto rows_a_second =
      static_cast<std::uint64_t>(static_cast<double>(progress.rows) / elapsed_seconds);
  std::string line =
      fmt::format("{} rows, {} a second", grouped(progress.rows), grouped(rows_a_second));
  if (progress.bytes_total && *progress.bytes_total > 0 && progress.bytes_read > 0) {
    const double share =
        static_cast<double>(progress.bytes_read) / static_cast<double>(*progress.bytes_total);
    line = fmt::format("{:.0f} % read, {}, {} left", share * 100, line,
                       duration_text(std::ceil(elapsed_seconds * (1 - share) / share)));
  }
  console_.show_progress(line);
}

}  // namespace dosimeter::sim
