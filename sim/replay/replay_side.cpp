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

ReplaySide::ReplaySide(RuleSet rules, const RequestDefaults& defaults, std::size_t reorder_bytes)
    : matcher_(std::move(rules)),
      mapper_(this->rules(), defaults),
      tally_(this->rules().rules().size(), this->rules().recorder().reservoir.window,
             reorder_bytes),
      results_(this->rules().rules().size()),
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
  // What recorders that ask the rules all the same (DecidedUpstream) take from their reservoirs for
  // nothing is not counted: reservoirs are predicted as documented.
  if (request_.upstream != UpstreamDecision::none) {
    counts_.upstream_decided += row.count;
    return {};
  }
  const RuleIndex rule = matcher_.match(request_);
  if (!tally_.add(rule, 0, row.time, row.count)) return {true, std::nullopt};
  results_[rule].matched += row.count;
  if (breaks_the_recorder()) counts_.broken_requests += row.count;
  for (const Field field : kFields) {
    if (request_.field(field)) field_seen_[static_cast<std::size_t>(field)] = true;
  }
  return {false, rule};
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

ReplayResult ReplaySide::finish(const LogPass& pass) && {
  std::vector<LoadHistogram> loads = std::move(tally_).finish();
  for (std::size_t i = 0; i < loads.size(); ++i) results_[i].load = std::move(loads[i]);
  return {{pass.counts(), counts_}, span_,         std::move(results_), field_seen_,
          pass.notices(),           pass.partial()};
}

}  // namespace dosimeter::sim
