#include "sim/replay/replay.h"

#include "sim/replay/replay_side.h"

namespace dosimeter::sim {
namespace {

struct SideBlock final : BlockResult {
  explicit SideBlock(BlockSide made) : side(std::move(made)) {}
  BlockSide side;
};

class SideRows final : public RowReader {
 public:
  explicit SideRows(const ReplaySide& side) : side_(side), reader_(side.rules()) {}

  void begin(BlockResult& result) override {
    block_ = &static_cast<SideBlock&>(result).side;
    side_.begin(*block_);
  }
  bool wants_keys() override { return reader_.wants_keys(); }
  std::uint32_t expect(std::span<const RowKey> keys) override {
    const std::uint32_t known = reader_.expect(keys);
    return block_->breakdowns.empty() ? known : 0;
  }
  void put(const LogRow& row, const char*, bool earlier) override {
    reader_.put(row, earlier, *block_);
  }
  void put_known(std::span<const KnownRow> rows) override { reader_.put_known(rows, *block_); }

 private:
  const ReplaySide& side_;
  SideReader reader_;
  BlockSide* block_ = nullptr;
};

/// The rows of a pass are put to one recorder.
class SideWork final : public PassWork {
 public:
  explicit SideWork(ReplaySide& side) : side_(side) {}

  [[nodiscard]] std::unique_ptr<BlockResult> make_result() const override {
    return std::make_unique<SideBlock>(side_.make_block());
  }
  [[nodiscard]] std::unique_ptr<RowReader> make_reader() const override {
    return std::make_unique<SideRows>(side_);
  }
  [[nodiscard]] bool accepts(const BlockResult& result) const override {
    return side_.accepts(static_cast<const SideBlock&>(result).side);
  }
  void take(BlockResult& result, const BlockPlace& place) override {
    side_.take(static_cast<SideBlock&>(result).side, place.before);
  }

 private:
  ReplaySide& side_;
};

}  // namespace

Result<ReplayResult, Failure> replay(const ReplayConfig& config, const ReplayObserver& observer) {
  auto opened = LogPass::open(config.logs, observer);
  if (!opened) return opened.error();
  LogPass pass = std::move(opened).value();
  ReplaySide side(config.rules, config.defaults,
                  {config.reorder_bytes, config.keep_arrivals, false, config.breakdowns});
  SideWork work(side);
  if (auto failure = pass.run(observer, work)) return *std::move(failure);
  return std::move(side).finish(pass);
}

}  // namespace dosimeter::sim
