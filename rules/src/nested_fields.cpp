#include "rules/src/nested_fields.h"

#include "rules/src/constraints.h"
#include "rules/src/message.h"
#include "rules/src/unknown_key.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

namespace dosimeter::rules {
namespace {

// More than the service could ever return; a rule is matched attribute by attribute.
constexpr std::size_t kMostAttributes = 100;

}  // namespace

std::optional<std::vector<RuleAttribute>> NestedFields::read_attributes(std::string_view name,
                                                                        JsonValue value) const {
  if (!value.is(JsonKind::object)) {
    report_wrong_type(name, "an object of strings", value, report);
    return std::nullopt;
  }
  std::vector<RuleAttribute> attributes;
  bool readable = true;
  std::size_t count = 0;
  value.for_each_member([&](JsonValue key, JsonValue pattern) {
    if (++count > kMostAttributes) return;
    const std::string field = concat(name, " ", quote(key.text()));
    if (key.text().empty()) {
      report.error("length_out_of_range", key.place(),
                   concat("a key of ", name, " must have 1 to ", limits::kAttributeKeyLength,
                          " characters, got 0"));
      readable = false;
      return;
    }
    check_length(concat("a key of ", name), key.text(), limits::kAttributeMinimumLength,
                 limits::kAttributeKeyLength, limit_severity, "length_out_of_range", key.place(),
                 report);
    if (is_placeholder(field, pattern, style.placeholders, report)) {
      readable = false;
      return;
    }
    const auto text = read_string(field, pattern, report);
    if (!text) {
      readable = false;
      return;
    }
    check_length(field, *text, limits::kAttributeMinimumLength, limits::kAttributeValueLength,
                 limit_severity, "length_out_of_range", pattern.place(), report);
    attributes.push_back({std::string(key.text()), std::string(*text)});
  });
  if (count > limits::kAttributes) {
    report.add(count > kMostAttributes ? Severity::error : limit_severity, "too_many_attributes",
               value.place(),
               concat(name, " must have at most ", limits::kAttributes, " entries, got ", count));
  }
  if (!readable) return std::nullopt;
  return attributes;
}

std::optional<RateBoostSpec> NestedFields::read_boost(std::string_view name,
                                                      JsonValue value) const {
  const bool snake = style.spelling == Spelling::snake;
  std::optional<JsonValue> object = value;
  if (snake && value.is(JsonKind::array)) {
    object.reset();
    std::size_t count = 0;
    value.for_each_item([&](JsonValue item) {
      if (++count == 1) object = item;
    });
    if (count != 1) object.reset();
  }
  if (!object || !object->is(JsonKind::object)) {
    report_wrong_type(name, "an object", value, report);
    return std::nullopt;
  }
  const std::string_view rate_key = snake ? "max_rate" : "MaxRate";
  const std::string_view cooldown_key = snake ? "cooldown_window_minutes" : "CooldownWindowMinutes";
  const std::array<std::string_view, 2> keys{rate_key, cooldown_key};
  check_keys(*object, keys, style.unknown_key, report);

  RateBoostSpec boost;
  bool readable = true;
  const auto read = [&](std::string_view key, auto&& read_value) {
    const std::string field = concat(name, ".", key);
    const auto member = object->find(key);
    if (!member) {
      report.error("missing_key", object->place(), concat(field, " is missing"));
      readable = false;
    } else if (is_placeholder(field, *member, style.placeholders, report) ||
               !read_value(field, *member)) {
      readable = false;
    }
  };
  read(rate_key, [&](std::string_view field, JsonValue member) {
    const auto rate =
        read_rate(field, "boost_rate_out_of_range", member, report, style.quoted_numbers);
    if (rate) boost.maximum_rate = *rate;
    return rate.has_value();
  });
  read(cooldown_key, [&](std::string_view field, JsonValue member) {
    const auto minutes = read_bounded(
        field, "boost_cooldown_out_of_range", limits::kMinimumCooldownMinutes,
        std::numeric_limits<std::int32_t>::max(), member, report, style.quoted_numbers);
    if (minutes) boost.cooldown_window_minutes = *minutes;
    return minutes.has_value();
  });
  if (!readable) return std::nullopt;
  return boost;
}

}  // namespace dosimeter::rules
