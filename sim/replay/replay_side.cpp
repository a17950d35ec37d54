#include "sim/replay/replay_side.h"

#include "sim/replay/log_pass.h"

#include <algorithm>
#include <utility>

namespace dosimeter::sim {
namespace {

/// 128 MiB by default: half an hour of a thousand different groups a second.
constexpr std::size_t kBreakdownFactor = 8;

}  // namespace

ReplaySide::ReplaySide(RuleSet rules, const RequestDefaults& defaults, SideSettings settings)
    : rules_(std::move(rules), defaults, settings.keep_arrivals, settings.keep_upstream),
      breakdowns_(std::move(settings.breakdowns)),
      most_breakdown_bytes_(settings.reorder_bytes * kBreakdownFactor),
      tally_(rules_.rules.rules().size(), settings.reorder_bytes,
             [this](std::span<const TallyCell> cells, std::int64_t before) {
               for (const auto& breakdown : breakdowns_) breakdown->close(cells, before);
             }),
      closed_before_(tally_.first_open_second()),
      results_(rules_.rules.rules().size()) {}

BlockSide ReplaySide::make_block() const {
  BlockSide block;
  for (const auto& breakdown : breakdowns_) block.breakdowns.push_back(breakdown->make_part());
  return block;
}

void ReplaySide::take(BlockSide& block, std::optional<TimePoint> before) {
  name_instances(block);
  for (TallyCell& cell : block.cells.cells()) {
    cell.instance = block_instances_[cell.instance];
    results_[cell.rule].matched += cell.count;
    quality_.minutes.add_second(cell.second);
  }
  for (const auto& [rule, count] : block.consulted) {
    results_[rule].matched -= count;
    upstream_consulted_ += count;
  }
  for (std::size_t i = 0; i < breakdowns_.size(); ++i) {
    breakdowns_[i]->merge(*block.breakdowns[i], block.cells.cells());
  }
  tally_.add(block.cells.cells());
  close_for_breakdowns();
  closed_before_.store(tally_.first_open_second(), std::memory_order_relaxed);

  counts_.requests += block.counts.requests;
  counts_.late_rows += block.counts.late_rows;
  counts_.out_of_order_rows += block.sequence.out_of_order(before);
  counts_.upstream_decided += block.counts.upstream_decided;
  counts_.broken_requests += block.counts.broken_requests;
  field_seen_ |= block.field_seen;
  for (const TraitCounts::Entry& entry : block.traits.entries()) {
    quality_.add(entry.traits, entry.count);
  }
  quality_.minutes.add(block.minutes);
  if (block.span) {
    if (!span_) span_ = InputSpan{block.span->first, block.span->last, 0, 0};
    span_->first = std::min(span_->first, block.span->first);
    span_->last = std::max(span_->last, block.span->last);
    span_->rows += block.span->rows;
    span_->time_digits = std::max(span_->time_digits, block.span->time_digits);
  }
  too_many_arrivals_ = too_many_arrivals_ || block.too_many_arrivals;
  for (const Arrival& arrival : block.arrivals) {
    if (too_many_arrivals_) break;
    too_many_arrivals_ =
        !arrivals_.add(arrival.time, arrival.rule, block_instances_[arrival.instance],
                       arrival.count, arrival.decides);
  }
}

void ReplaySide::close_for_breakdowns() {
  std::size_t held = 0;
  for (const auto& breakdown : breakdowns_) held += breakdown->open_bytes();
  if (held > most_breakdown_bytes_) tally_.fold_oldest_half();
}

void ReplaySide::name_instances(const BlockSide& block) {
  instance_missing_ = instance_missing_ || block.instance_missing;
  block_instances_.clear();
  for (const std::string_view name : block.instances) {
    block_instances_.push_back(instance_named(name));
  }
}

InstanceIndex ReplaySide::instance_named(std::string_view name) {
  if (!instance_names_.empty() && instance_names_.front() == name) return 0;
  const auto known = instances_.find(std::string(name));
  if (known != instances_.end()) return known->second;
  if (instance_names_.size() >= most_instances(results_.size())) {
    too_many_instances_ = true;
    return 0;
  }
  const auto number = static_cast<InstanceIndex>(instance_names_.size());
  instance_names_.emplace_back(name);
  instances_.emplace(name, number);
  return number;
}

Result<ReplayResult, Failure> ReplaySide::finish(const LogPass& pass) && {
  if (too_many_instances_) {
    return Failure{ExitCode::usage, "--instance-column: expected at most " +
                                        std::to_string(most_instances(results_.size())) +
                                        " different instances, got more"};
  }
  if (too_many_arrivals_) {
    return Failure{ExitCode::usage,
                   "expected at most " + std::to_string(Arrivals::kMostRequests) +
                       " requests, got more: they are replayed one by one, because " +
                       std::string(rules_.rules.recorder().name) +
                       " does not refill its reservoirs by the calendar second, or --startup is "
                       "given; cut the log with --from and --to"};
  }
  std::vector<RuleLoads> loads = std::move(tally_).finish();
  for (std::size_t i = 0; i < loads.size(); ++i) {
    results_[i].load = std::move(loads[i].all);
    results_[i].instance_loads = std::move(loads[i].instances);
  }
  arrivals_.sort();
  ReplayResult result;
  result.counts = {pass.counts(), counts_};
  result.span = span_;
  result.rules = std::move(results_);
  for (const Field field : kFields) {
    result.field_seen[static_cast<std::size_t>(field)] = (field_seen_ & bit_of(field)) != 0;
  }
  result.quality = std::move(quality_);
  result.instances = std::move(instance_names_);
  result.instance_missing = instance_missing_;
  result.arrivals = std::move(arrivals_);
  result.upstream_consulted = upstream_consulted_;
  result.notices = pass.notices();
  result.partial = pass.partial();
  return result;
}

}  // namespace dosimeter::sim
