#include "sim/replay/replay.h"

#include "sim/replay/replay_side.h"

namespace dosimeter::sim {

Result<ReplayResult, Failure> replay(const ReplayConfig& config, const ReplayObserver& observer) {
  auto opened = LogPass::open(config.logs, observer);
  if (!opened) return opened.error();
  LogPass pass = std::move(opened).value();
  ReplaySide side(config.rules, config.defaults, config.reorder_bytes, config.keep_arrivals);
  if (auto failure = pass.run(
          observer, [&](const LogRow& row, bool out_of_order) { side.put(row, out_of_order); })) {
    return *std::move(failure);
  }
  return std::move(side).finish(pass);
}

}  // namespace dosimeter::sim
