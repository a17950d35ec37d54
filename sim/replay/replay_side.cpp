#include "sim/replay/replay_side.h"

#include <dosimeter/explanation.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool patterns_are_ascii(const RuleSet& rules) {
  return std::all_of(rules.rules().begin(), rules.rules().end(), [](const Rule& rule) {
    return std::all_of(kFields.begin(), kFields.end(),
                       [&](Field field) { return is_ascii(rule.pattern(field)); });
  });
}

}  // namespace

ReplaySide::ReplaySide(RuleSet rules, const RequestDefaults& defaults, std::size_t reorder_bytes,
                       bool keep_arrivals, bool keep_upstream)
    : matcher_(std::move(rules)),
      mapper_(this->rules(), defaults),
      tally_(this->rules().rules().size(), reorder_bytes),
      results_(this->rules().rules().size()),
      keep_arrivals_(keep_arrivals),
      keep_upstream_(keep_upstream),
      consults_rules_(this->rules().recorder().reservoir.decided_upstream ==
                      DecidedUpstream::consults_rules),
      patterns_are_ascii_(patterns_are_ascii(this->rules())) {}

Placement ReplaySide::put(const LogRow& row, bool out_of_order) {
  const Placement placement = put_to_the_rules(row);
  if (placement.late) {
    counts_.late_rows += row.count;
    return placement;
  }
  counts_.requests += row.count;
  if (out_of_order) counts_.out_of_order_rows += row.count;
  extend_span(row);
  return placement;
}

Placement ReplaySide::put_to_the_rules(const LogRow& row) {
  request_ = mapper_.map(row);
  const bool decides = request_.upstream == UpstreamDecision::none;
  if (!decides && !consults_rules_) {
    counts_.upstream_decided += row.count;
    if (keep_arrivals_ && keep_upstream_) {
      keep_arrival(row, matcher_.match(request_), instance_of(row), false);
    }
    return {};
  }
  const RuleIndex rule = matcher_.match(request_);
  const InstanceIndex instance = instance_of(row);
  if (!tally_.add(rule, instance, row.time, row.count)) return {true, std::nullopt};
  if (keep_arrivals_) keep_arrival(row, rule, instance, decides);
  if (!decides) {
    counts_.upstream_decided += row.count;
    upstream_consulted_ += row.count;
    return {};
  }
  results_[rule].matched += row.count;
  if (breaks_the_recorder()) counts_.broken_requests += row.count;
  for (const Field field : kFields) {
    if (request_.field(field)) field_seen_[static_cast<std::size_t>(field)] = true;
  }
  return {false, rule};
}

/// Requests that follow each other are often of one instance.
InstanceIndex ReplaySide::instance_of(const LogRow& row) {
  const std::string_view name = row.instance.value_or(std::string_view{});
  if (!row.instance) instance_missing_ = true;
  if (!instance_names_.empty() && instance_names_[instance_] == name) return instance_;
  const auto known = instances_.find(std::string(name));
  if (known != instances_.end()) return instance_ = known->second;
  if (instance_names_.size() >= most_instances(results_.size())) {
    too_many_instances_ = true;
    return instance_;
  }
  instance_ = static_cast<InstanceIndex>(instance_names_.size());
  instance_names_.emplace_back(name);
  instances_.emplace(name, instance_);
  return instance_;
}

void ReplaySide::keep_arrival(const LogRow& row, RuleIndex rule, InstanceIndex instance,
                              bool decides) {
  if (!arrivals_.add(row.time, rule, instance, row.count, decides)) too_many_arrivals_ = true;
}

/// Only where letter case makes a text or a pattern longer or shorter, which none of ASCII is.
bool ReplaySide::breaks_the_recorder() const {
  if (rules().choices().compared_length == ComparedLength::as_mapped) return false;
  const bool plain =
      patterns_are_ascii_ && std::all_of(kFields.begin(), kFields.end(), [&](Field field) {
        return is_ascii(request_.field(field).value_or(std::string_view{}));
      });
  return !plain && explain(rules(), request_).broken.has_value();
}

void ReplaySide::extend_span(const LogRow& row) {
  if (row.count == 0) return;
  if (!span_) span_ = InputSpan{row.time, row.time, 0, 0};
  span_->first = std::min(span_->first, row.time);
  span_->last = std::max(span_->last, row.time);
  ++span_->rows;
  span_->time_digits = std::max(span_->time_digits, row.time_digits);
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
                       std::string(rules().recorder().name) +
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
  result.field_seen = field_seen_;
  result.instances = std::move(instance_names_);
  result.instance_missing = instance_missing_;
  result.arrivals = std::move(arrivals_);
  result.upstream_consulted = upstream_consulted_;
  result.notices = pass.notices();
  result.partial = pass.partial();
  return result;
}

}  // namespace dosimeter::sim
