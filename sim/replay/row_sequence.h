#pragma once

#include <dosimeter/time_point.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace dosimeter::sim {

/// The rows of a block by whether they are out of order, that is, earlier than the latest before
/// them in their file, which may be in a block that nobody has read yet. Rows at or behind all
/// those before them in the block are kept with what they count: they are out of order where they
/// are earlier than a row of an earlier block.
class RowSequence {
 public:
  void clear() noexcept {
    latest_.clear();
    out_of_order_ = 0;
  }

  /// `earlier`: earlier than a row before it in the block.
  void add(TimePoint time, std::uint64_t count, bool earlier) {
    if (earlier) {
      out_of_order_ += count;
    } else if (!latest_.empty() && latest_.back().time == time) {
      latest_.back().count += count;
    } else {
      latest_.push_back({time, (latest_.empty() ? 0 : latest_.back().count) + count});
    }
  }

  /// The requests that are out of order, `before` being the latest time before the block.
  [[nodiscard]] std::uint64_t out_of_order(std::optional<TimePoint> before) const noexcept {
    if (!before) return out_of_order_;
    const auto at =
        std::lower_bound(latest_.begin(), latest_.end(), *before,
                         [](const Step& step, TimePoint time) { return step.time < time; });
    return out_of_order_ + (at == latest_.begin() ? 0 : (at - 1)->count);
  }

 private:
  struct Step {
    TimePoint time;
    /// Of this and all steps before.
    std::uint64_t count;
  };
  std::vector<Step> latest_;
  std::uint64_t out_of_order_ = 0;
};

}  // namespace dosimeter::sim
