#include "sim/replay/log_pass.h"

#include "sim/replay/pass_run.h"

namespace dosimeter::sim {

Result<LogPass, Failure> LogPass::open(const LogSelection& selection,
                                       const ReplayObserver& observer) {
  LogPass pass(selection);
  auto blocks = LogBlocks::open(selection.paths, selection.log);
  if (blocks) {
    pass.blocks_ = std::move(blocks).value();
    return pass;
  }
  if (!observer.stop()) return blocks.error();
  // Interrupted while it waited for the first line.
  pass.partial_ = true;
  return pass;
}

std::vector<LogNotice> LogPass::notices() const {
  return blocks_ ? blocks_->notices() : std::vector<LogNotice>();
}

std::vector<FormatUse> LogPass::formats() const {
  return blocks_ ? blocks_->formats() : std::vector<FormatUse>();
}

std::optional<Failure> LogPass::run(const ReplayObserver& observer, PassWork& work) {
  if (blocks_) {
    PassRun run(*blocks_, selection_, observer, work, counts_);
    run.run();
    if (run.failure()) return run.failure();
    partial_ = run.stopped();
  }
  // The last look: an interruption may have come with the last bytes.
  if (observer.stop()) partial_ = true;
  return std::nullopt;
}

}  // namespace dosimeter::sim
