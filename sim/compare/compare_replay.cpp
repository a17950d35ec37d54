#include "sim/compare/compare_replay.h"

#include "sim/compare/attribution.h"
#include "sim/replay/replay_side.h"

namespace dosimeter::sim {
namespace {

/// A row that is not decided alike.
struct ChangedRow {
  LogRow row;
  const char* at;
  Decider from;
  Decider to;
};

struct ComparedBlock final : BlockResult {
  ComparedBlock(BlockSide made_a, BlockSide made_b) : a(std::move(made_a)), b(std::move(made_b)) {}
  BlockSide a;
  BlockSide b;
  std::uint64_t requests = 0;
  std::vector<ChangedRow> changed;
};

/// Puts rows to both sides.
class ComparedRows final : public RowReader {
 public:
  ComparedRows(const ReplaySide& a, const ReplaySide& b, const std::vector<Decider>& deciders_a,
               const std::vector<Decider>& deciders_b)
      : a_(a),
        b_(b),
        deciders_a_(deciders_a),
        deciders_b_(deciders_b),
        reader_a_(a.rules()),
        reader_b_(b.rules()) {}

  void begin(BlockResult& result) override {
    block_ = &static_cast<ComparedBlock&>(result);
    a_.begin(block_->a);
    b_.begin(block_->b);
    block_->requests = 0;
    block_->changed.clear();
  }

  bool wants_keys() override { return reader_a_.wants_keys() || reader_b_.wants_keys(); }
  std::uint32_t expect(std::span<const RowKey> keys) override {
    static_cast<void>(reader_a_.expect(keys));
    static_cast<void>(reader_b_.expect(keys));
    // The texts of rows that are decided otherwise are shown.
    return 0;
  }

  void put(const LogRow& row, const char* at, bool earlier) override {
    reader_a_.put(row, earlier, block_->a);
    reader_b_.put(row, earlier, block_->b);
    const Placement& in_a = reader_a_.placement();
    const Placement& in_b = reader_b_.placement();
    if (in_a.late || in_b.late || row.count == 0) return;
    block_->requests += row.count;
    const Decider from = in_a.rule ? deciders_a_[*in_a.rule] : kDecidedUpstream;
    const Decider to = in_b.rule ? deciders_b_[*in_b.rule] : kDecidedUpstream;
    if (from != to) block_->changed.push_back({row, at, from, to});
  }

 private:
  const ReplaySide& a_;
  const ReplaySide& b_;
  const std::vector<Decider>& deciders_a_;
  const std::vector<Decider>& deciders_b_;
  SideReader reader_a_;
  SideReader reader_b_;
  ComparedBlock* block_ = nullptr;
};

/// Two sides, and what is different between them.
class Comparer final : public PassWork {
 public:
  explicit Comparer(const CompareConfig& config)
      : a_(config.a, config.defaults, {config.reorder_bytes, config.keep_arrivals, true}),
        b_(config.b, config.defaults, {config.reorder_bytes, config.keep_arrivals, true}),
        names_(config.document),
        deciders_a_(names_.deciders(config.a)),
        deciders_b_(names_.deciders(config.b)),
        attribution_(config.document, config.a, config.b, config.defaults, names_),
        seeks_causes_(config.document.size() <= kMostAttributedRules),
        mapper_a_(config.a, config.defaults),
        movements_(names_.size()) {}

  [[nodiscard]] std::unique_ptr<BlockResult> make_result() const override {
    return std::make_unique<ComparedBlock>(a_.make_block(), b_.make_block());
  }
  [[nodiscard]] std::unique_ptr<RowReader> make_reader() const override {
    return std::make_unique<ComparedRows>(a_, b_, deciders_a_, deciders_b_);
  }
  [[nodiscard]] bool accepts(const BlockResult& result) const override {
    const auto& block = static_cast<const ComparedBlock&>(result);
    return a_.accepts(block.a) && b_.accepts(block.b);
  }
  void take(BlockResult& result, const BlockPlace& place) override {
    auto& block = static_cast<ComparedBlock&>(result);
    a_.take(block.a, place.before);
    b_.take(block.b, place.before);
    requests_ += block.requests;
    for (const ChangedRow& changed : block.changed) add_change(changed, place);
  }

  Result<CompareResult, Failure> finish(const LogPass& pass) && {
    const std::uint64_t left_out = changes_.requests_left_out();
    auto a = std::move(a_).finish(pass);
    if (!a) return a.error();
    auto b = std::move(b_).finish(pass);
    if (!b) return b.error();
    return CompareResult{std::move(a).value(),
                         std::move(b).value(),
                         names_,
                         attribution_.differences(),
                         requests_,
                         changed_,
                         std::move(movements_),
                         std::move(changes_).sorted(),
                         left_out,
                         seeks_causes_};
  }

 private:
  /// In the order of the log, so that the first example of a change is the first there is.
  void add_change(const ChangedRow& changed, const BlockPlace& place) {
    const LogRow& row = changed.row;
    changed_ += row.count;
    movements_[changed.from].left += row.count;
    movements_[changed.to].came += row.count;
    const Causes causes =
        seeks_causes_ ? attribution_.causes(row, mapper_a_.map(row), changed.to) : Causes{};
    Change* change = changes_.add(changed.from, changed.to, causes, row.count);
    if (change != nullptr && change->example.file.empty()) {
      change->example = example_request(row, place.file_name, place.line(changed.at));
    }
  }

  ReplaySide a_;
  ReplaySide b_;
  RuleNames names_;
  std::vector<Decider> deciders_a_;
  std::vector<Decider> deciders_b_;
  Attribution attribution_;
  bool seeks_causes_;
  RequestMapper mapper_a_;
  std::uint64_t requests_ = 0;
  std::uint64_t changed_ = 0;
  std::vector<Movement> movements_;
  ChangeList changes_;
};

}  // namespace

Result<CompareResult, Failure> compare_replay(const CompareConfig& config,
                                              const ReplayObserver& observer) {
  auto opened = LogPass::open(config.logs, observer);
  if (!opened) return opened.error();
  LogPass pass = std::move(opened).value();
  Comparer comparer(config);
  if (auto failure = pass.run(observer, comparer)) return *std::move(failure);
  return std::move(comparer).finish(pass);
}

}  // namespace dosimeter::sim
