#include "rules/src/document_check.h"

#include "rules/src/document_keys.h"
#include "rules/src/document_number.h"
#include "rules/src/message.h"
#include "rules/src/rule_check.h"

#include <cmath>
#include <cstddef>
#include <string_view>

namespace dosimeter::rules {
namespace {

class DocumentWalk {
 public:
  DocumentWalk(const DocumentChoices& choices, FaultLog& faults)
      : choices_(choices), faults_(faults) {}

  void check(JsonValue root) {
    if (!root.is(JsonKind::object)) {
      faults_.wrong_type(root.place(),
                         concat("a local document must be an object, got ", describe(root)));
      return;
    }
    check_version(root);
    const auto fallback = find_key(root, "default", choices_.key_case);
    if (fallback) {
      RuleCheck(choices_, host_key_, *fallback, "default", faults_).check_default();
    } else {
      faults_.wrong_value(root.place(), "default is missing");
    }
    if (faults_.done()) return;
    faults_.enter_rules();
    check_rules(root);
  }

 private:
  [[nodiscard]] std::string_view known_versions() const {
    return choices_.known_versions == KnownVersions::two ? "2" : "1 or 2";
  }

  void check_version(JsonValue root) {
    const auto written = find_key(root, "version", choices_.key_case);
    if (!written) {
      faults_.wrong_value(root.place(), concat("version is missing, expected ", known_versions()));
      return;
    }
    const auto number = read_number(*written, NumberUse::whole, choices_);
    if (!number) {
      faults_.wrong_type(written->place(), concat("version must be the number ", known_versions(),
                                                  ", got ", describe(*written)));
      return;
    }
    const bool fits =
        choices_.version_number != VersionNumber::digits_alone || number->digits_alone;
    const double version = choices_.version_number == VersionNumber::truncated
                               ? std::trunc(number->value)
                               : number->value;
    const bool known =
        version == 2 || (version == 1 && choices_.known_versions == KnownVersions::one_and_two);
    const auto message = [&] {
      return concat("version must be ", known_versions(), ", got ", excerpt(written->text()));
    };
    if (version == 1) host_key_ = RuleKey::service_name;
    if (!fits) {
      faults_.wrong_type(written->place(), message());
    } else if (!known) {
      faults_.wrong_value(written->place(), message());
    }
  }

  void check_rules(JsonValue root) {
    const auto rules = find_key(root, "rules", choices_.key_case);
    if (!rules) {
      if (choices_.absent_rules == AbsentRules::refused) {
        faults_.wrong_value(root.place(), "rules is missing, expected an array");
      }
      return;
    }
    if (!rules->is(JsonKind::array)) {
      if (!passes(*rules)) {
        faults_.wrong_type(rules->place(),
                           concat("rules must be an array, got ", describe(*rules)));
      }
      return;
    }
    std::size_t position = 0;
    rules->for_each_item([&](JsonValue rule) {
      if (faults_.done()) return;
      RuleCheck(choices_, host_key_, rule, concat("rules[", position++, "]"), faults_).check_rule();
    });
  }

  [[nodiscard]] bool passes(JsonValue rules) const {
    const bool is_empty_object = rules.is(JsonKind::object) && rules.empty();
    switch (choices_.other_rules) {
      case OtherRules::refused:
        return false;
      case OtherRules::null_passes:
        return rules.is(JsonKind::null);
      case OtherRules::null_and_objects_pass:
        return rules.is(JsonKind::null) || rules.is(JsonKind::object);
      case OtherRules::empty_object_passes:
        return is_empty_object;
      case OtherRules::empty_object_and_text_pass:
        return is_empty_object || (rules.is(JsonKind::string) && rules.text().empty());
      case OtherRules::ignored:
        return true;
    }
    return false;
  }

  const DocumentChoices& choices_;
  FaultLog& faults_;
  RuleKey host_key_ = RuleKey::host;
};

std::optional<DocumentFault> walk(JsonValue root, const DocumentChoices& choices,
                                  FaultLog::Heeds heeds) {
  FaultLog faults(heeds);
  DocumentWalk(choices, faults).check(root);
  return faults.take();
}

}  // namespace

std::optional<DocumentFault> find_fault(JsonValue root, const DocumentChoices& choices) {
  if (choices.type_check == TypeCheck::before_the_values) {
    if (auto fault = walk(root, choices, FaultLog::Heeds::wrong_types_alone)) return fault;
  }
  return walk(root, choices, FaultLog::Heeds::every_fault);
}

}  // namespace dosimeter::rules
