#include "rules/src/local_document.h"

#include <dosimeter/rule.h>

#include "rules/src/aws_documents.h"
#include "rules/src/field_values.h"
#include "rules/src/message.h"
#include "rules/src/unknown_key.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dosimeter::rules {
namespace {

constexpr std::array<std::string_view, 3> kDocumentKeys{"version", "default", "rules"};
constexpr std::array<std::string_view, 4> kPatternKeys{"host", "service_name", "http_method",
                                                       "url_path"};

class LocalDocumentReader {
 public:
  LocalDocumentReader(DocumentShape shape, std::vector<FoundRule>& rules, Report& report)
      : host_key_(shape == DocumentShape::local_version_1 ? "service_name" : "host"),
        version_(shape == DocumentShape::local_version_1 ? "version 1" : "version 2"),
        rules_(rules),
        report_(report) {}

  void read(JsonValue root) {
    check_keys(root, kDocumentKeys, Severity::warning, report_);
    check_version(root);
    if (const auto rules = root.find("rules")) read_rules(*rules);
    if (const auto fallback = root.find("default")) {
      read_default(*fallback);
    } else {
      report_.error("missing_key", root.place(), "default is missing");
    }
    report_.set_rule("");
  }

 private:
  void check_version(JsonValue root) {
    const auto version = root.find("version");
    if (!version) {
      report_.error("missing_key", root.place(), "version is missing, expected 1 or 2");
    } else if (!version->is(JsonKind::number)) {
      report_wrong_type("version", "a number", *version, report_);
    } else if (version->text() != "1" && version->text() != "2") {
      report_.error("version_out_of_range", version->place(),
                    concat("version must be 1 or 2, got ", excerpt(version->text())));
    }
  }

  void read_rules(JsonValue rules) {
    if (!rules.is(JsonKind::array)) {
      report_wrong_type("rules", "an array", rules, report_);
      return;
    }
    rules.for_each_item([&](JsonValue rule) {
      if (!report_.full()) read_rule(rule);
    });
  }

  // What a rule and the default have in common; false where it is no object.
  bool begin(JsonValue object, FoundRule& found, RuleSpec& spec) {
    missing_.clear();
    report_.set_rule(found.label);
    found.name = spec.name = found.label;
    found.place = found.name_place = object.place();
    found.begin = object.index();
    found.end = object.end_index();
    if (object.is(JsonKind::object)) return true;
    report_wrong_type(found.label == kDefaultRuleName ? "default" : "a rule", "an object", object,
                      report_);
    return false;
  }

  void read_rule(JsonValue object) {
    FoundRule found;
    RuleSpec spec;
    found.label = next_label(rules_);
    if (begin(object, found, spec)) {
      spec.priority = static_cast<std::int64_t>(rules_.size()) + 1;
      const std::array<std::string_view, 7> known{
          host_key_, "http_method", "url_path", "fixed_target", "rate", "description", "id"};
      check_rule_keys(object, known);
      bool readable = read_pattern(object, host_key_, spec.host);
      readable &= read_pattern(object, "http_method", spec.http_method);
      readable &= read_pattern(object, "url_path", spec.url_path);
      readable &= read_sampling(object, spec);
      read_description(object, spec);
      if (readable) make(std::move(spec), found);
    }
    rules_.push_back(std::move(found));
  }

  void check_rule_keys(JsonValue object, std::span<const std::string_view> known) {
    const std::string_view other_host_key = host_key_ == "host" ? "service_name" : "host";
    object.for_each_member([&](JsonValue key, JsonValue) {
      if (std::find(known.begin(), known.end(), key.text()) != known.end()) return;
      if (key.text() == other_host_key) {
        report_.warning(
            "unknown_key", key.place(),
            concat("unknown key ", quote(key.text()), ", ", version_, " calls it ", host_key_));
      } else {
        report_unknown_key(key, known, Severity::warning, report_);
      }
    });
  }

  bool read_pattern(JsonValue object, std::string_view key, std::string& pattern) {
    const auto value = object.find(key);
    if (!value) {
      missing_.push_back(key);
      return false;
    }
    const auto text = read_string(key, *value, report_);
    if (!text) return false;
    if (text->empty()) {
      report_.error("length_out_of_range", value->place(),
                    concat(key, " must be a pattern, got \"\" (\"*\" matches everything)"));
    }
    pattern = *text;
    return true;
  }

  void read_description(JsonValue object, RuleSpec& spec) {
    const auto description = object.find("description");
    if (!description) return;
    if (const auto text = read_string("description", *description, report_))
      spec.description = *text;
  }

  // Comes after the patterns, and reports all that the rule lacks.
  bool read_sampling(JsonValue object, RuleSpec& spec) {
    bool readable = true;
    const auto read = [&](std::string_view key, auto&& read_value) {
      const auto value = object.find(key);
      if (!value) missing_.push_back(key);
      if (!value || !read_value(*value)) readable = false;
    };
    read("fixed_target", [&](JsonValue value) {
      const auto size = read_reservoir_size("fixed_target", value, report_);
      spec.reservoir_size = size.value_or(0);
      return size.has_value();
    });
    read("rate", [&](JsonValue value) {
      const auto rate = read_rate("rate", "fixed_rate_out_of_range", value, report_);
      spec.fixed_rate = rate.value_or(0);
      return rate.has_value();
    });
    report_missing(missing_, object, report_);
    return readable;
  }

  void read_default(JsonValue object) {
    FoundRule found;
    RuleSpec spec;
    found.label = kDefaultRuleName;
    if (begin(object, found, spec)) {
      spec.priority = std::max(kDefaultRulePriority, static_cast<std::int64_t>(rules_.size()) + 1);
      constexpr std::array<std::string_view, 4> kKnown{"fixed_target", "rate", "description", "id"};
      object.for_each_member([&](JsonValue key, JsonValue) {
        if (std::find(kPatternKeys.begin(), kPatternKeys.end(), key.text()) != kPatternKeys.end()) {
          report_.error("default_matches", key.place(),
                        concat("default must have fixed_target and rate alone, got ", key.text(),
                               " (it applies where no rule matches)"));
        } else if (std::find(kKnown.begin(), kKnown.end(), key.text()) == kKnown.end()) {
          report_unknown_key(key, kKnown, Severity::warning, report_);
        }
      });
      read_description(object, spec);
      if (read_sampling(object, spec)) make(std::move(spec), found);
    }
    rules_.push_back(std::move(found));
  }

  void make(RuleSpec spec, FoundRule& found) {
    Result<Rule> rule = Rule::from(std::move(spec));
    if (rule) {
      found.rule = std::move(rule).value();
    } else {
      report_.error("rule_refused", found.place,
                    concat(rule.error().where, " ", rule.error().message));
    }
  }

  std::string_view host_key_;
  std::string_view version_;
  std::vector<FoundRule>& rules_;
  Report& report_;
  // Of the rule that is being read.
  std::vector<std::string_view> missing_;
};

}  // namespace

void read_local_document(JsonValue root, DocumentShape shape, std::vector<FoundRule>& rules,
                         Report& report) {
  LocalDocumentReader(shape, rules, report).read(root);
}

}  // namespace dosimeter::rules
