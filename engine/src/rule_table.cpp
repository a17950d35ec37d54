#include "engine/src/rule_table.h"

#include "engine/src/asked_text.h"
#include "engine/src/field_text.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace dosimeter::detail {
namespace {

/// Compiles each distinct pattern once.
class PatternStore {
 public:
  PatternStore(std::vector<CompiledPattern>& patterns, const MatchChoices& choices)
      : patterns_(patterns), choices_(choices) {}

  PatternId id_of(const std::string& text) {
    const auto [known, is_new] = ids_.try_emplace(text, static_cast<PatternId>(patterns_.size()));
    if (is_new) patterns_.emplace_back(text, choices_);
    return known->second;
  }

 private:
  std::vector<CompiledPattern>& patterns_;
  const MatchChoices& choices_;
  std::unordered_map<std::string, PatternId> ids_;
};

/// Whether every request passes the pattern, whatever it has in the field.
bool matches_every_request(const std::string& pattern, AbsentField absent,
                           const MatchChoices& choices) {
  return matches_every_text(pattern, choices) &&
         (stand_in(absent) || matches_absent(pattern == "*", absent));
}

/// The first of that key, or nullptr.
const Attribute* find_attribute(const Request& request, std::string_view key) noexcept {
  const auto found = std::find_if(request.attributes.begin(), request.attributes.end(),
                                  [&](const Attribute& attribute) { return attribute.key == key; });
  return found == request.attributes.end() ? nullptr : &*found;
}

RuleRow row_for_every_request() {
  RuleRow row;
  row.patterns.fill(kEveryRequest);
  row.takes_empty_request = true;
  return row;
}

}  // namespace

RuleTable::RuleTable(std::span<const Rule> rules, const MatchChoices& choices) : choices_(choices) {
  std::vector<PatternStore> stores;
  stores.reserve(kFieldCount);
  for (std::vector<CompiledPattern>& patterns : patterns_) stores.emplace_back(patterns, choices_);
  PatternStore attribute_store(attribute_patterns_, choices_);

  for (const Rule& rule : rules) {
    RuleRow row = row_for_every_request();
    row.takes_empty_request = rule.is_default();
    if (!rule.is_default() || choices_.default_match != DefaultMatch::every_request) {
      for (const Field field : kFields) {
        if (choices_.use(field) == FieldUse::not_compared) continue;
        const auto at = static_cast<std::size_t>(field);
        row.never_matches |=
            rule.lacks(field) && choices_.missing_service_type == MissingServiceType::never_matches;
        const std::string pattern = compared_pattern(rule, field, choices_);
        if (!matches_every_request(pattern, choices_.absent(field), choices_)) {
          row.patterns[at] = stores[at].id_of(pattern);
        }
      }
      row.attributes_begin = static_cast<std::uint32_t>(attributes_.size());
      row.attributes_count = static_cast<std::uint32_t>(rule.attributes().size());
      for (const RuleAttribute& attribute : rule.attributes()) {
        attributes_.push_back({attribute.key, attribute_store.id_of(attribute.pattern)});
      }
    }
    rows_.push_back(row);
  }
}

void RuleTable::add_match_all() {
  rows_.push_back(row_for_every_request());
}

bool RuleTable::passes_attributes(const RuleRow& row, const Request& request,
                                  TextSpace space) const noexcept {
  for (std::uint32_t i = 0; i < row.attributes_count; ++i) {
    const AttributeTest& asked = attributes_[row.attributes_begin + i];
    const CompiledPattern& pattern = attribute_patterns_[asked.pattern];
    const Attribute* found = find_attribute(request, asked.key);
    const FieldText value = found == nullptr ? stand_in(choices_.absent_attribute)
                                             : compared_value(*found, choices_.non_text_attribute);
    TextSpace value_space = space;
    const bool passes = value ? pattern.matches(value_space.prepare(*value, folds()))
                        : found == nullptr
                            ? matches_absent(pattern.is_star(), choices_.absent_attribute)
                            : pattern.is_star();
    if (!passes) return false;
  }
  return true;
}

bool RuleTable::has_exceptions() const noexcept {
  return choices_.absent_host == AbsentHost::waives_every_field ||
         choices_.empty_request == EmptyRequest::only_default;
}

bool RuleTable::waives_fields(const Request& request) const noexcept {
  return choices_.absent_host == AbsentHost::waives_every_field && !request.host;
}

bool RuleTable::is_for_default(const Request& request) const noexcept {
  return choices_.empty_request == EmptyRequest::only_default && is_empty(request);
}

std::uint32_t RuleTable::first_by_scan(const Request& request, TextSpace space, std::uint32_t begin,
                                       std::uint32_t end) const noexcept {
  std::array<std::optional<AskedText>, kFieldCount> texts;
  for (const Field field : kFields) {
    const FieldText text =
        compared_text(request.field(field), choices_.absent(field), choices_.blank(field));
    if (!text) continue;
    texts[static_cast<std::size_t>(field)].emplace(space.prepare(*text, folds()));
  }
  const auto passes = [&](const RuleRow& row, Field field) {
    if (row.pattern(field) == kEveryRequest) return true;
    const CompiledPattern& pattern = patterns(field)[row.pattern(field)];
    auto& text = texts[static_cast<std::size_t>(field)];
    return text ? text->matches(pattern)
                : matches_absent(pattern.is_star(), choices_.absent(field));
  };
  const bool waived = waives_fields(request);
  const bool for_default = is_for_default(request);
  for (std::uint32_t rule = begin; rule < end; ++rule) {
    const RuleRow& row = rows_[rule];
    if (for_default && !row.takes_empty_request) continue;
    if (waived) return rule;
    if (row.never_matches) continue;
    if (std::all_of(kFields.begin(), kFields.end(),
                    [&](Field field) { return passes(row, field); }) &&
        passes_attributes(row, request, space)) {
      return rule;
    }
  }
  return end;
}

}  // namespace dosimeter::detail
