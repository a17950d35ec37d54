#include "sim/replay/side_reader.h"

#include <dosimeter/explanation.h>

#include <algorithm>
#include <cstring>
#include <iterator>
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
InstanceIndex other_instance(FieldText instance, BlockSide& block) {
  if (!instance) block.instance_missing = true;
  const std::string_view name = instance.value_or(std::string_view{});
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

InstanceIndex instance_of(FieldText instance, BlockSide& block) {
  const bool is_first = !instance && block.instance_missing && block.instances.size() == 1 &&
                        block.instances.front().empty();
  return is_first ? 0 : other_instance(instance, block);
}

void keep_arrival(TimePoint time, std::uint64_t count, RuleIndex rule, InstanceIndex instance,
                  bool decides, BlockSide& block) {
  if (count > Arrivals::kMostRequests) {
    block.too_many_arrivals = true;
    return;
  }
  block.arrivals.push_back({time, rule, instance, static_cast<std::uint32_t>(count), decides});
}

/// By another span with rows, or one row's.
void extend_span(const InputSpan& more, std::optional<InputSpan>& span) {
  if (!span) {
    span = more;
    return;
  }
  span->first = std::min(span->first, more.first);
  span->last = std::max(span->last, more.last);
  span->rows += more.rows;
  span->time_digits = std::max(span->time_digits, more.time_digits);
}

}  // namespace

SideRules::SideRules(RuleSet given, RequestDefaults given_defaults, bool arrivals, bool upstream)
    : rules(std::move(given)),
      undecided(rules),
      defaults(std::move(given_defaults)),
      keep_arrivals(arrivals),
      keep_upstream(upstream),
      consults_rules(rules.recorder().reservoir.decided_upstream ==
                     DecidedUpstream::consults_rules),
      patterns_are_ascii(have_ascii_patterns(rules)) {}

SideReader::SideReader(const SideRules& rules)
    : rules_(rules), matcher_(rules.rules), mapper_(rules.rules, rules.defaults) {}

/// False where it is late.
[[gnu::always_inline]] inline bool SideReader::put_to_the_rules(const LogRow& row,
                                                                BlockSide& block) {
  const bool decides = mapper_.upstream(row) == UpstreamDecision::none;
  if (!decides && !rules_.consults_rules) {
    put_decided(row, block);
    return true;
  }
  const std::int64_t second = calendar_second(row.time).time_since_epoch().count();
  if (row.count > 0) {
    if (second < block.closed_before) return false;
    block.first_second = std::min(block.first_second, second);
  }
  const RequestAnswer found = answer(row);
  const InstanceIndex instance = instance_of(row.instance, block);
  if (row.count > 0) {
    const std::uint32_t cell = block.cells.add(found.rule, instance, second, row.count);
    if (!block.breakdowns.empty()) {
      const Request request = mapper_.map(row);
      for (const auto& breakdown : block.breakdowns) breakdown->add(row, request, cell, decides);
    }
    block.traits.add(decides ? found.traits : found.traits.decided(), row.count);
    if (!decides) block.consulted.emplace_back(found.rule, row.count);
  }
  if (rules_.keep_arrivals) {
    keep_arrival(row.time, row.count, found.rule, instance, decides, block);
  }
  if (!decides) {
    block.counts.upstream_decided += row.count;
    return true;
  }
  if (found.is_broken) block.counts.broken_requests += row.count;
  block.field_seen |= found.traits.fields();
  placement_.rule = found.rule;
  return true;
}

void SideReader::put(const LogRow& row, bool earlier, BlockSide& block) {
  placement_ = {};
  if (!put_to_the_rules(row, block)) {
    placement_.late = true;
    block.counts.late_rows += row.count;
    return;
  }
  block.counts.requests += row.count;
  block.sequence.add(row.time, row.count, earlier);
  if (row.count > 0) extend_span({row.time, row.time, 1, row.time_digits}, block.span);
}

/// What is the same for all rows of a second is done once for those that follow each other.
void SideReader::put_known(std::span<const KnownRow> rows, BlockSide& block) {
  std::optional<std::int64_t> second;
  bool late = false;
  InstanceIndex instance = 0;
  InputSpan span{TimePoint::max(), TimePoint::min(), 0, 0};
  std::uint64_t broken = 0;
  FieldBits field_seen = 0;
  for (const KnownRow& row : rows) {
    const std::int64_t its_second = calendar_second(row.time).time_since_epoch().count();
    if (second != its_second) {
      second = its_second;
      late = its_second < block.closed_before;
      if (!late) {
        block.first_second = std::min(block.first_second, its_second);
        instance = instance_of(std::nullopt, block);
      }
    }
    if (late) continue;
    const RequestAnswer& found = answers_[row.key->number];
    block.cells.add(found.rule, instance, its_second, 1);
    if (rules_.keep_arrivals) keep_arrival(row.time, 1, found.rule, instance, true, block);
    block.sequence.add(row.time, 1, row.earlier);
    broken += found.is_broken ? 1 : 0;
    block.traits.add(found.traits, 1);
    field_seen |= found.traits.fields();
    span.first = std::min(span.first, row.time);
    span.last = std::max(span.last, row.time);
    span.time_digits = std::max(span.time_digits, row.time_digits);
    ++span.rows;
  }
  block.counts.late_rows += rows.size() - span.rows;
  block.counts.requests += span.rows;
  block.counts.broken_requests += broken;
  block.field_seen |= field_seen;
  if (span.rows > 0) extend_span(span, block.span);
}

/// A row that upstream decided, and no rule is asked.
void SideReader::put_decided(const LogRow& row, BlockSide& block) {
  block.counts.upstream_decided += row.count;
  const Request request = mapper_.map(row);
  if (rules_.keep_arrivals && rules_.keep_upstream) {
    keep_arrival(row.time, row.count, matcher_.match(request), instance_of(row.instance, block),
                 false, block);
  }
  if (row.count > 0) {
    block.traits.add(RequestTraits(request, 0), row.count);
    block.minutes.add(row.time);
    for (const auto& breakdown : block.breakdowns) {
      breakdown->add(row, request, BlockBreakdown::kNoCell, false);
    }
  }
}

RequestAnswer SideReader::answer(const LogRow& row) {
  const bool is_keyed = row.key.layout != 0;
  if (is_keyed && (known_ >> row.key.number & 1) != 0) return answers_[row.key.number];
  memo_.count_request();
  if (!memo_.is_asked()) return ask(mapper_.map(row));
  const RowKey key = is_keyed ? row.key : key_of(row);
  if (const RequestAnswer* known = memo_.find(key)) return *known;
  const RequestAnswer found = ask(mapper_.map(row));
  memo_.remember(key, found);
  return found;
}

RequestAnswer SideReader::ask(const Request& request) {
  const RuleIndex rule = matcher_.match(request);
  return {rule, RequestTraits(request, rules_.undecided.undecided(request, rule, scratch_)),
          breaks_the_recorder(request)};
}

/// The texts that the request depends on, behind the size of each. One that is too long to be
/// remembered has no bytes.
RowKey SideReader::key_of(const LogRow& row) noexcept {
  const FieldText* const texts[] = {&row.service_name, &row.service_type, &row.host,
                                    &row.http_method,  &row.target,       &row.resource_arn};
  std::size_t at = 0;
  for (const FieldText* const field : texts) {
    const bool is_target = field == &row.target;
    const std::string_view text = !*field     ? std::string_view{}
                                  : is_target ? mapper_.mapped_part(**field)
                                              : std::string_view(**field);
    // And two bytes for the size of each, written or to come.
    if (text.size() + 2 * std::size(texts) > key_.size() - at) return {};
    // 0 is absent.
    const std::size_t code = *field ? text.size() + 1 : 0;
    key_[at++] = static_cast<char>(code & 0xFF);
    key_[at++] = static_cast<char>(code >> 8);
    if (!text.empty()) std::memcpy(key_.data() + at, text.data(), text.size());
    at += text.size();
  }
  return RowKey::of({key_.data(), at}, 0);
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
