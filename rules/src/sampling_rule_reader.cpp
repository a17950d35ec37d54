#include "rules/src/sampling_rule_reader.h"

#include "rules/src/message.h"
#include "rules/src/nested_fields.h"
#include "rules/src/unknown_key.h"

#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace dosimeter::rules {
namespace {

class SamplingRuleReader {
 public:
  SamplingRuleReader(JsonValue object, const RuleStyle& style, Report& report)
      : object_(object), style_(style), report_(report) {}

  FoundRule read(std::string label, std::string_view outer_name) {
    FoundRule found;
    found.label = std::move(label);
    found.place = object_.place();
    found.begin = object_.index();
    found.end = object_.end_index();
    report_.set_rule(found.label);
    if (is_placeholder("a sampling rule", object_, style_.placeholders, report_)) return found;
    if (!object_.is(JsonKind::object)) {
      report_wrong_type("a sampling rule", "an object", object_, report_);
      return found;
    }
    collect_names();
    name_rule(outer_name, found);
    report_unknown_keys();
    read_name(found);
    read_patterns();
    read_priority();
    if (const auto value = field(fixed_rate_field)) {
      keep(spec_.fixed_rate, read_rate(name(fixed_rate_field), "fixed_rate_out_of_range", *value,
                                       report_, style_.quoted_numbers));
    }
    if (const auto value = field(reservoir_size_field)) {
      keep(spec_.reservoir_size,
           read_reservoir_size(name(reservoir_size_field), *value, report_, style_.quoted_numbers));
    }
    read_version();
    read_attributes_and_boost();
    note_lacking_parts();
    report_missing_fields();
    make(found);
    return found;
  }

 private:
  // Limits of AWS that an engine does not mind.
  [[nodiscard]] Severity limit_severity() const {
    return style_.origin == Origin::created ? Severity::error : Severity::warning;
  }
  [[nodiscard]] std::string_view name(std::size_t index) const {
    return kSamplingRuleFields[index].name(style_.spelling);
  }

  template <typename Target, typename Value>
  void keep(Target& target, std::optional<Value> value) {
    if (value) {
      target = *std::move(value);
    } else {
      readable_ = false;
    }
  }

  void collect_names() {
    object_.for_each_member([&](JsonValue key, JsonValue value) {
      for (std::size_t i = 0; i < sampling_rule_field_count; ++i) {
        if (name(i).empty() || key.text() != name(i)) continue;
        if (value.is(JsonKind::null) && style_.null_is_absent) {
          if (i == attributes_field) null_attributes_ = value;
          return;
        }
        if (!values_[i]) values_[i] = value;
        return;
      }
    });
  }

  void report_unknown_keys() {
    std::vector<std::string_view> candidates;
    for (std::size_t i = 0; i < sampling_rule_field_count; ++i) {
      if (!name(i).empty()) candidates.push_back(name(i));
    }
    object_.for_each_member([&](JsonValue key, JsonValue) {
      for (const std::string_view candidate : candidates) {
        if (key.text() == candidate) return;
      }
      for (const std::string_view other : style_.other_keys) {
        if (key.text() == other) return;
      }
      const std::string_view meant =
          report_unknown_key(key, candidates, style_.unknown_key, report_);
      if (style_.unknown_key == Severity::error) readable_ = false;
      for (std::size_t i = 0; i < sampling_rule_field_count; ++i) {
        if (!meant.empty() && meant == name(i)) misspelt_[i] = true;
      }
    });
  }

  // The value to read, or nothing where it is missing or cannot be read; either was reported.
  std::optional<JsonValue> field(std::size_t index) {
    if (!values_[index]) {
      if (kSamplingRuleFields[index].required) note_missing(index);
      return std::nullopt;
    }
    if (is_placeholder(name(index), *values_[index], style_.placeholders, report_)) {
      readable_ = false;
      return std::nullopt;
    }
    return values_[index];
  }

  [[nodiscard]] bool is_needed(std::size_t index) const {
    const bool is_number =
        index == priority_field || index == fixed_rate_field || index == reservoir_size_field;
    return style_.origin == Origin::created || is_number || index == rule_name_field;
  }

  void note_missing(std::size_t index) {
    if (is_needed(index)) readable_ = false;
    // A misspelt key was reported already: one mistake, one line.
    if (is_needed(index) && misspelt_[index] && style_.unknown_key == Severity::error) return;
    missing_[index] = true;
  }

  // All that is missing on one line, and what is taken for it on another.
  void report_missing_fields() {
    std::vector<std::string_view> needed;
    std::vector<std::string_view> patterns;
    for (std::size_t i = 0; i < sampling_rule_field_count; ++i) {
      if (!missing_[i]) continue;
      if (is_needed(i)) needed.push_back(name(i));
      if (!is_needed(i) && i != version_field) patterns.push_back(name(i));
    }
    report_missing(needed, object_, report_);
    warn_of_missing(patterns, "\"*\"");
    if (missing_[version_field] && !is_needed(version_field)) {
      const std::string_view version = name(version_field);
      warn_of_missing({&version, 1}, "1");
    }
  }

  void warn_of_missing(std::span<const std::string_view> names, std::string_view taken_as) {
    if (names.empty()) return;
    report_.warning("missing_key", object_.place(),
                    concat(enumerate(names), names.size() == 1 ? " is" : " are",
                           " missing, taken as ", taken_as));
  }

  void name_rule(std::string_view outer_name, FoundRule& found) {
    const auto& written = values_[rule_name_field];
    if (written && holds_placeholder(*written, style_.placeholders)) return;
    if (written && written->is(JsonKind::string)) {
      found.name = written->text();
      found.name_place = written->place();
    } else if (values_[rule_arn_field] && values_[rule_arn_field]->is(JsonKind::string)) {
      // arn:aws:xray:us-east-1:123456789012:sampling-rule/NAME
      const std::string_view arn = values_[rule_arn_field]->text();
      const std::size_t slash = arn.rfind('/');
      if (slash != std::string_view::npos) found.name = arn.substr(slash + 1);
      found.name_place = values_[rule_arn_field]->place();
    } else if (!written) {
      found.name = outer_name;
      found.name_place = object_.place();
    }
    if (found.name.empty()) return;
    found.label = found.name;
    report_.set_rule(found.label);
  }

  void read_name(FoundRule& found) {
    const auto& written = values_[rule_name_field];
    const auto& arn = values_[rule_arn_field];
    if (written && arn && style_.origin == Origin::created) {
      report_.error("name_and_arn", arn->place(),
                    "a rule to create has RuleName or RuleARN, got both (the service gives it the "
                    "RuleARN: remove it)");
      readable_ = false;
    }
    if (written) {
      if (const auto value = field(rule_name_field)) {
        if (!read_string(name(rule_name_field), *value, report_)) readable_ = false;
      }
    } else if (arn) {
      const auto value = field(rule_arn_field);
      const auto text = value ? read_string(name(rule_arn_field), *value, report_) : std::nullopt;
      if (text && found.name.empty()) {
        report_.error("bad_arn", value->place(),
                      concat("RuleARN must end in /NAME, got ", quote(*text)));
      }
      if (found.name.empty()) readable_ = false;
    } else if (found.name.empty()) {
      note_missing(rule_name_field);
    }
    if (written && written->is(JsonKind::string) && written->text().empty()) {
      report_.error("length_out_of_range", written->place(),
                    concat(name(rule_name_field), " must have 1 to 32 characters, got 0"));
      readable_ = false;
    } else if (!found.name.empty()) {
      check_length(name(rule_name_field), found.name, limits::kRuleNameMinimumLength,
                   limits::kRuleNameLength, limit_severity(), "length_out_of_range",
                   found.name_place, report_);
    }
    if (found.name == kDefaultRuleName && style_.origin == Origin::created) {
      report_.warning("default_rule_created", found.name_place,
                      "Default is there already: of it only FixedRate and ReservoirSize can be "
                      "changed, by aws xray "
                      "update-sampling-rule");
    }
    spec_.name = found.name;
  }

  void read_patterns() {
    for (std::size_t i = 0; i < sampling_rule_field_count; ++i) {
      const SamplingRuleField& pattern = kSamplingRuleFields[i];
      if (pattern.member == nullptr) continue;
      const auto value = field(i);
      if (!value) continue;
      const auto text = read_string(name(i), *value, report_);
      if (!text) {
        readable_ = false;
        continue;
      }
      check_length(name(i), *text, 0, pattern.length, limit_severity(), "length_out_of_range",
                   value->place(), report_);
      spec_.*pattern.member = *text;
    }
  }

  void read_priority() {
    const auto value = field(priority_field);
    if (!value) return;
    const auto priority =
        read_integer(name(priority_field), *value, report_, style_.quoted_numbers);
    keep(spec_.priority, priority);
    if (!priority ||
        (*priority >= limits::kMinimumPriority && *priority <= limits::kMaximumPriority))
      return;
    if (spec_.name == kDefaultRuleName && *priority == kDefaultRulePriority) return;
    report_.add(limit_severity(), "priority_out_of_range", value->place(),
                concat(name(priority_field), " must be between ", limits::kMinimumPriority, " and ",
                       limits::kMaximumPriority, ", got ", *priority));
  }

  void read_version() {
    const auto value = field(version_field);
    if (!value) return;
    const auto version = read_integer(name(version_field), *value, report_, style_.quoted_numbers);
    keep(spec_.version, version);
    if (!version || *version == limits::kKnownVersion) return;
    if (*version < limits::kMinimumVersion) {
      report_.add(limit_severity(), "version_out_of_range", value->place(),
                  concat(name(version_field), " must be at least ", limits::kMinimumVersion,
                         ", got ", *version));
    } else {
      report_.warning("version_unknown", value->place(),
                      concat(name(version_field), " ", *version,
                             " is unknown, the only one is 1 (some recorders drop such a rule)"));
    }
  }

  void read_attributes_and_boost() {
    NestedFields nested{style_, limit_severity(), report_};
    if (const auto value = field(attributes_field)) {
      keep(spec_.attributes, nested.read_attributes(name(attributes_field), *value));
    }
    if (const auto value = field(sampling_rate_boost_field)) {
      if (style_.spelling == Spelling::snake && value->is(JsonKind::array) && value->empty())
        return;
      keep(spec_.sampling_rate_boost, nested.read_boost(name(sampling_rate_boost_field), *value));
    }
  }

  // A rule to create may lack Attributes, for the service then answers with {}. What it returned is
  // all that a recorder gets.
  void note_lacking_parts() {
    if (style_.origin != Origin::returned) return;
    spec_.lacks_attributes = !values_[attributes_field];
    spec_.lacks_service_type = !values_[service_type_field];
    if (!null_attributes_) return;
    report_.warning("missing_key", null_attributes_->place(),
                    concat(name(attributes_field), " must be an object, got null, taken as {}"));
  }

  void make(FoundRule& found) {
    if (!readable_) return;
    Result<Rule> rule = Rule::from(std::move(spec_));
    if (rule) {
      found.rule = std::move(rule).value();
    } else {
      report_.error("rule_refused", found.place,
                    concat(rule.error().where, " ", rule.error().message));
    }
  }

  JsonValue object_;
  const RuleStyle& style_;
  Report& report_;
  std::array<std::optional<JsonValue>, sampling_rule_field_count> values_;
  std::optional<JsonValue> null_attributes_;
  std::array<bool, sampling_rule_field_count> misspelt_{};
  std::array<bool, sampling_rule_field_count> missing_{};
  RuleSpec spec_;
  // False once a value is missing or of the wrong kind, so that there is no rule to make.
  bool readable_ = true;
};

}  // namespace

FoundRule read_sampling_rule(JsonValue object, const RuleStyle& style, std::string label,
                             std::string_view outer_name, Report& report) {
  return SamplingRuleReader(object, style, report).read(std::move(label), outer_name);
}

}  // namespace dosimeter::rules
