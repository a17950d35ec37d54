#include "rules/src/rule_check.h"

#include "rules/src/document_number.h"
#include "rules/src/json_number.h"
#include "rules/src/message.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dosimeter::rules {
namespace {

std::size_t at(RuleKey key) {
  return static_cast<std::size_t>(key);
}

bool is_empty_text(JsonValue value) {
  return value.is(JsonKind::string) && value.text().empty();
}

bool is_false(JsonValue value) {
  return value.is(JsonKind::boolean) && value.text() == "false";
}

// null, false, 0, "", [] and {}.
bool is_empty(JsonValue value) {
  switch (value.kind()) {
    case JsonKind::null:
      return true;
    case JsonKind::boolean:
      return is_false(value);
    case JsonKind::number: {
      const auto number = read_number(value, NumberUse::rate, {});
      return number && number->value == 0;
    }
    case JsonKind::string:
      return value.text().empty();
    case JsonKind::array:
    case JsonKind::object:
      return value.empty();
  }
  return false;
}

bool is_excused(JsonValue value, DefaultExcuse excuse) {
  const bool is_null = value.is(JsonKind::null);
  switch (excuse) {
    case DefaultExcuse::none:
      return false;
    case DefaultExcuse::null:
      return is_null;
    case DefaultExcuse::null_and_empty_text:
      return is_null || is_empty_text(value);
    case DefaultExcuse::null_and_false:
      return is_null || is_false(value);
    case DefaultExcuse::null_and_whatever_is_empty:
      return is_empty(value);
  }
  return false;
}

bool is_banned(RuleKey key, RuleKey host_key, DefaultKeys keys) {
  const bool is_host_key = key == RuleKey::host || key == RuleKey::service_name;
  switch (keys) {
    case DefaultKeys::pattern_keys:
    case DefaultKeys::anything:
      return true;
    case DefaultKeys::pattern_keys_of_version:
      return !is_host_key || key == host_key;
    case DefaultKeys::host_method_and_path:
      return key != RuleKey::service_name;
    case DefaultKeys::service_method_and_path:
      return key != RuleKey::host;
    case DefaultKeys::nothing:
      return false;
  }
  return false;
}

// Whether the value's type is one of a pattern; false among them may still be none.
bool is_of_pattern_type(JsonValue value, PatternValue pattern) {
  const bool is_container = value.is(JsonKind::array) || value.is(JsonKind::object);
  switch (pattern) {
    case PatternValue::text:
      return value.is(JsonKind::string);
    case PatternValue::any_scalar:
      return !is_container;
    case PatternValue::anything_but_false:
    case PatternValue::anything_not_empty:
      return true;
  }
  return false;
}

bool is_pattern(JsonValue value, PatternValue pattern) {
  if (value.is(JsonKind::null)) return false;
  // An empty text is a matter of its own.
  if (value.is(JsonKind::string)) return true;
  if (pattern == PatternValue::anything_but_false) return !is_false(value);
  if (pattern == PatternValue::anything_not_empty) return !is_empty(value);
  return true;
}

std::string must_be(std::string_view name, std::string_view expected, JsonValue got) {
  std::string message = concat(name, " must be ", expected, ", got ", describe(got));
  if (got.is(JsonKind::string) && expected.ends_with("number") && is_json_number(got.text())) {
    message += " (numbers stand without quotes)";
  }
  return message;
}

}  // namespace

RuleCheck::RuleCheck(const DocumentChoices& choices, RuleKey host_key, JsonValue object,
                     std::string label, FaultLog& faults)
    : choices_(choices),
      host_key_(host_key),
      object_(object),
      label_(std::move(label)),
      faults_(faults) {
  object_.for_each_member([&](JsonValue key, JsonValue value) {
    const auto known = rule_key(key.text(), choices_.key_case);
    if (!known) return;
    values_[at(*known)] = value;
    key_places_[at(*known)] = key.place();
  });
}

void RuleCheck::check_rule() {
  if (!begin()) return;
  if (choices_.unknown_keys == UnknownKeys::refused) check_known_keys();
  check_other_host_key();
  std::vector<std::string_view> missing;
  const std::array<RuleKey, 3> patterns{host_key_, RuleKey::http_method, RuleKey::url_path};
  if (choices_.missing_pattern == MissingPattern::refused) {
    for (const RuleKey key : patterns) {
      if (!value(key)) missing.push_back(name_of(key));
    }
  }
  for (const std::string_view name : missing_numbers()) missing.push_back(name);
  check_missing(std::move(missing));
  for (const RuleKey key : patterns) check_pattern(key);
  check_numbers();
  check_description();
}

void RuleCheck::check_default() {
  if (!begin()) return;
  check_default_keys();
  check_missing(missing_numbers());
  check_numbers();
  check_description();
}

bool RuleCheck::begin() {
  if (object_.is(JsonKind::object)) return true;
  std::string message = concat(label_, " must be an object, got ", describe(object_));
  if (object_.is(JsonKind::null)) {
    faults_.wrong_value(object_.place(), std::move(message));
  } else {
    faults_.wrong_type(object_.place(), std::move(message));
  }
  return false;
}

const std::optional<JsonValue>& RuleCheck::value(RuleKey key) const {
  return values_[at(key)];
}

std::string RuleCheck::says(std::string_view what) const {
  return concat(label_, ": ", what);
}

void RuleCheck::check_known_keys() {
  const std::array<std::string_view, 6> known{"description", name_of(host_key_), "http_method",
                                              "url_path",    "fixed_target",     "rate"};
  object_.for_each_member([&](JsonValue key, JsonValue) {
    const auto is_known = [&](std::string_view name) {
      return is_key(key.text(), name, choices_.key_case);
    };
    if (faults_.done() || std::any_of(known.begin(), known.end(), is_known)) return;
    faults_.wrong_value(key.place(), says(concat("unknown key ", quote(key.text()), ", only ",
                                                 enumerate(known), " are taken")));
  });
}

void RuleCheck::check_spare_pattern(RuleKey key) {
  const auto& spare = value(key);
  if (!spare) return;
  switch (choices_.spare_pattern) {
    case SparePattern::not_looked_at:
      return;
    case SparePattern::pattern_or_null:
      if (spare->is(JsonKind::null) || is_of_pattern_type(*spare, choices_.pattern_value)) return;
      break;
    case SparePattern::text:
      if (spare->is(JsonKind::string)) return;
      if (key != host_key_ && (key == RuleKey::host || key == RuleKey::service_name)) return;
      break;
  }
  faults_.wrong_type(spare->place(), says(must_be(name_of(key), "a string", *spare)));
}

void RuleCheck::check_other_host_key() {
  const RuleKey other = host_key_ == RuleKey::host ? RuleKey::service_name : RuleKey::host;
  const auto& got = value(other);
  if (!got) return;
  check_spare_pattern(other);
  if (choices_.other_host_key == OtherHostKey::ignored || got->is(JsonKind::null)) return;
  if (choices_.other_host_key == OtherHostKey::refused_unless_empty && is_empty_text(*got)) return;
  faults_.wrong_value(key_places_[at(other)],
                      says(concat("expected no ", name_of(other), " beside ", name_of(host_key_),
                                  ", got one (version ", host_key_ == RuleKey::host ? 2 : 1,
                                  " calls it ", name_of(host_key_), ")")));
}

void RuleCheck::check_default_keys() {
  if (choices_.default_keys == DefaultKeys::anything) {
    object_.for_each_member([&](JsonValue key, JsonValue) {
      const auto known = rule_key(key.text(), choices_.key_case);
      if (faults_.done() || known == RuleKey::fixed_target || known == RuleKey::rate) return;
      faults_.wrong_value(key.place(), says(concat("unknown key ", quote(key.text()),
                                                   ", only fixed_target and rate are taken")));
    });
    return;
  }
  for (const RuleKey key : kPatternRuleKeys) {
    const auto& got = value(key);
    if (!got) continue;
    check_spare_pattern(key);
    if (!is_banned(key, host_key_, choices_.default_keys)) continue;
    if (is_excused(*got, choices_.default_excuse)) continue;
    faults_.wrong_value(key_places_[at(key)],
                        concat("default must have fixed_target and rate alone, got ", name_of(key),
                               " (it applies where no rule matches)"));
  }
}

std::vector<std::string_view> RuleCheck::missing_numbers() const {
  std::vector<std::string_view> missing;
  if (choices_.missing_number == MissingNumber::is_zero) {
    const auto is_there = [&](RuleKey key) { return value(key).has_value(); };
    if (std::any_of(kPatternRuleKeys.begin(), kPatternRuleKeys.end(), is_there)) return missing;
    if (is_there(RuleKey::fixed_target) || is_there(RuleKey::rate)) return missing;
  }
  for (const RuleKey key : {RuleKey::fixed_target, RuleKey::rate}) {
    if (!value(key)) missing.push_back(name_of(key));
  }
  return missing;
}

void RuleCheck::check_missing(std::vector<std::string_view> missing) {
  if (missing.empty()) return;
  faults_.wrong_value(
      object_.place(),
      says(concat(enumerate(missing), missing.size() == 1 ? " is" : " are", " missing")));
}

void RuleCheck::check_pattern(RuleKey key) {
  const auto& pattern = value(key);
  if (!pattern) return;
  const bool is_null = pattern->is(JsonKind::null);
  if (!is_null && !is_of_pattern_type(*pattern, choices_.pattern_value)) {
    faults_.wrong_type(pattern->place(), says(must_be(name_of(key), "a string", *pattern)));
  } else if (!is_pattern(*pattern, choices_.pattern_value)) {
    faults_.wrong_value(pattern->place(), says(must_be(name_of(key), "a string", *pattern)));
  } else if (is_empty_text(*pattern) && choices_.empty_pattern == EmptyPattern::refused) {
    faults_.wrong_value(
        pattern->place(),
        says(concat(name_of(key), " must be a pattern, got \"\" (\"*\" matches everything)")));
  }
}

void RuleCheck::check_description() {
  const auto& description = value(RuleKey::description);
  if (!description || choices_.description_value == DescriptionValue::anything) return;
  if (description->is(JsonKind::string)) return;
  const bool null_passes = choices_.description_value == DescriptionValue::text_or_null;
  if (null_passes && description->is(JsonKind::null)) return;
  faults_.wrong_type(description->place(), says(must_be("description", "a string", *description)));
}

void RuleCheck::check_numbers() {
  if (const auto& target = value(RuleKey::fixed_target)) check_target(*target);
  if (const auto& rate = value(RuleKey::rate)) check_rate(*rate);
}

bool RuleCheck::is_negative(double number) const {
  if (choices_.negative_number == NegativeNumber::only_minus_one_refused) return number == -1;
  return number < 0;
}

void RuleCheck::check_target(JsonValue value) {
  const auto number = read_number(value, NumberUse::whole, choices_);
  const bool fractions = choices_.target_number == TargetNumber::any_number;
  if (!number) {
    faults_.wrong_type(
        value.place(),
        says(must_be("fixed_target", fractions ? "a number" : "a whole number", value)));
    return;
  }
  double target = number->value;
  if (choices_.target_number == TargetNumber::truncated) target = std::trunc(target);
  if (choices_.target_number == TargetNumber::digits_alone && !number->digits_alone) {
    faults_.wrong_type(value.place(),
                       says(concat("fixed_target must be written as a whole number, got ",
                                   excerpt(value.text()))));
  } else if (!fractions && std::trunc(target) != target) {
    faults_.wrong_value(value.place(), says(concat("fixed_target must be a whole number, got ",
                                                   excerpt(value.text()))));
  }
  const TargetLimit most = largest_target(choices_.target_bound);
  if (target > most.value || target < -most.value - 1) {
    faults_.wrong_type(value.place(), says(concat("fixed_target must be at most ", most.written,
                                                  " in size, got ", excerpt(value.text()))));
  }
  if (is_negative(target)) {
    faults_.wrong_value(value.place(), says(concat("fixed_target must be at least 0, got ",
                                                   excerpt(value.text()))));
  }
}

void RuleCheck::check_rate(JsonValue value) {
  const auto rate = read_number(value, NumberUse::rate, choices_);
  if (!rate) {
    faults_.wrong_type(value.place(), says(must_be("rate", "a number", value)));
    return;
  }
  const bool above = choices_.rate_above_one == RateAboveOne::refused && rate->value > 1;
  if (!above && !is_negative(rate->value)) return;
  faults_.wrong_value(value.place(), says(concat("rate must be ",
                                                 choices_.rate_above_one == RateAboveOne::refused
                                                     ? "between 0 and 1"
                                                     : "at least 0",
                                                 ", got ", excerpt(value.text()))));
}

}  // namespace dosimeter::rules
