#include "sim/replay/side_reader.h"

#include <dosimeter/explanation.h>

#include <algorithm>
#include <utility>

namespace dosimeter::sim {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool have_ascii_patterns(const RuleSet& rules) {
  return std::all_of(rules.rules().begin(), rules.rules().end(), [](const Rule& rule) {
    return std::all_of(kFields.begin(), kFields.end(),
                       [&](Field field) { return is_ascii(rule.pattern(field)); });
  });
}

/// Requests that follow each other are often of one instance.
InstanceIndex instance_of(const LogRow& row, BlockSide& block) {
  if (!row.instance) {
    block.instance_missing = true;
    if (block.instances.size() == 1 && block.instances.front().empty()) return 0;
  }
  const std::string_view name = row.instance.value_or(std::string_view{});
  if (block.instances.empty()) {
    block.instances.push_back(name);
    return 0;
  }
  // Only one in a block: no table is made.
  if (block.instances.size() == 1) {
    if (block.instances.front() == name) return 0;
    block.instance_numbers.emplace(block.instances.front(), 0);
  }
  const auto [known, added] =
      block.instance_numbers.emplace(name, static_cast<InstanceIndex>(block.instances.size()));
  if (added) block.instances.push_back(name);
  return known->second;
}

void keep_arrival(const LogRow& row, RuleIndex rule, InstanceIndex instance, bool decides,
                  BlockSide& block) {
  if (row.count > Arrivals::kMostRequests) {
    block.too_many_arrivals = true;
    return;
  }
  block.arrivals.push_back(
      {row.time, rule, instance, static_cast<std::uint32_t>(row.count), decides});
}

void extend_span(const LogRow& row, std::optional<InputSpan>& span) {
  if (!span) span = InputSpan{row.time, row.time, 0, 0};
  span->first = std::min(span->first, row.time);
  span->last = std::max(span->last, row.time);
  ++span->rows;
  span->time_digits = std::max(span->time_digits, row.time_digits);
}

}  // namespace

SideRules::SideRules(RuleSet given, RequestDefaults given_defaults, bool arrivals, bool upstream)
    : rules(std::move(given)),
      defaults(std::move(given_defaults)),
      keep_arrivals(arrivals),
      keep_upstream(upstream),
      consults_rules(rules.recorder().reservoir.decided_upstream ==
                     DecidedUpstream::consults_rules),
      patterns_are_ascii(have_ascii_patterns(rules)) {}

SideReader::SideReader(const SideRules& rules)
    : rules_(rules), matcher_(rules.rules), mapper_(rules.rules, rules.defaults) {}

Placement SideReader::put(const LogRow& row, bool earlier, BlockSide& block) {
  const Placement placement = put_to_the_rules(row, block);
  if (placement.late) {
    block.counts.late_rows += row.count;
    return placement;
  }
  block.counts.requests += row.count;
  block.sequence.add(row.time, row.count, earlier);
  if (row.count > 0) extend_span(row, block.span);
  return placement;
}

Placement SideReader::put_to_the_rules(const LogRow& row, BlockSide& block) {
  const Request request = mapper_.map(row);
  const bool decides = request.upstream == UpstreamDecision::none;
  if (!decides && !rules_.consults_rules) {
    block.counts.upstream_decided += row.count;
    if (rules_.keep_arrivals && rules_.keep_upstream) {
      keep_arrival(row, matcher_.match(request), instance_of(row, block), false, block);
    }
    if (row.count > 0) {
      for (const auto& breakdown : block.breakdowns) {
        breakdown->add(row, request, BlockBreakdown::kNoCell, false);
      }
    }
    return {};
  }
  const std::int64_t second = calendar_second(row.time).time_since_epoch().count();
  if (row.count > 0) {
    if (second < block.closed_before) return {true, std::nullopt};
    block.first_second = std::min(block.first_second, second);
  }
  const RuleIndex rule = matcher_.match(request);
  const InstanceIndex instance = instance_of(row, block);
  if (row.count > 0) {
    const std::uint32_t cell = block.cells.add(rule, instance, second, row.count);
    for (const auto& breakdown : block.breakdowns) breakdown->add(row, request, cell, decides);
    if (!decides) block.consulted.emplace_back(rule, row.count);
  }
  if (rules_.keep_arrivals) keep_arrival(row, rule, instance, decides, block);
  if (!decides) {
    block.counts.upstream_decided += row.count;
    return {};
  }
  if (breaks_the_recorder(request)) block.counts.broken_requests += row.count;
  unsigned seen = 0;
  for (const Field field : kFields) {
    seen |= unsigned{request.field(field).has_value()} << static_cast<unsigned>(field);
  }
  block.field_seen |= seen;
  return {false, rule};
}

/// Only where letter case makes a text or a pattern longer or shorter, which none of ASCII is.
bool SideReader::breaks_the_recorder(const Request& request) const {
  if (rules_.rules.choices().compared_length == ComparedLength::as_mapped) return false;
  const bool plain =
      rules_.patterns_are_ascii && std::all_of(kFields.begin(), kFields.end(), [&](Field field) {
        return is_ascii(request.field(field).value_or(std::string_view{}));
      });
  return !plain && explain(rules_.rules, request).broken.has_value();
}

}  // namespace dosimeter::sim
