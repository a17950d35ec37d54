#include "sim/compare/compare_replay.h"

#include "sim/compare/attribution.h"
#include "sim/replay/replay_side.h"

namespace dosimeter::sim {
namespace {

/// Two sides, and what is different between them.
class Comparer {
 public:
  explicit Comparer(const CompareConfig& config)
      : a_(config.a, config.defaults, config.reorder_bytes, config.keep_arrivals, true),
        b_(config.b, config.defaults, config.reorder_bytes, config.keep_arrivals, true),
        names_(config.document),
        deciders_a_(names_.deciders(config.a)),
        deciders_b_(names_.deciders(config.b)),
        attribution_(config.document, config.a, config.b, config.defaults, names_),
        seeks_causes_(config.document.size() <= kMostAttributedRules),
        movements_(names_.size()) {}

  void put(const LogRow& row, bool out_of_order, const LogPass& pass) {
    const Placement in_a = a_.put(row, out_of_order);
    const Placement in_b = b_.put(row, out_of_order);
    if (in_a.late || in_b.late || row.count == 0) return;
    requests_ += row.count;
    const Decider from = in_a.rule ? deciders_a_[*in_a.rule] : kDecidedUpstream;
    const Decider to = in_b.rule ? deciders_b_[*in_b.rule] : kDecidedUpstream;
    if (from != to) add_change(from, to, row, pass);
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
  void add_change(Decider from, Decider to, const LogRow& row, const LogPass& pass) {
    changed_ += row.count;
    movements_[from].left += row.count;
    movements_[to].came += row.count;
    const Causes causes = seeks_causes_ ? attribution_.causes(row, a_.request(), to) : Causes{};
    Change* change = changes_.add(from, to, causes, row.count);
    if (change != nullptr && change->example.file.empty()) {
      change->example = example_request(row, pass.file_name(), pass.line());
    }
  }

  ReplaySide a_;
  ReplaySide b_;
  RuleNames names_;
  std::vector<Decider> deciders_a_;
  std::vector<Decider> deciders_b_;
  Attribution attribution_;
  bool seeks_causes_;
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
  if (auto failure = pass.run(observer, [&](const LogRow& row, bool out_of_order) {
        comparer.put(row, out_of_order, pass);
      })) {
    return *std::move(failure);
  }
  return std::move(comparer).finish(pass);
}

}  // namespace dosimeter::sim
