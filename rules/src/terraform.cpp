#include "rules/src/terraform.h"

#include "rules/src/field_values.h"
#include "rules/src/message.h"
#include "rules/src/sampling_rule_reader.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::rules {
namespace {

constexpr std::string_view kType = "aws_xray_sampling_rule";
// What the provider works out.
constexpr std::array<std::string_view, 6> kComputedKeys{"arn",      "id",     "tags",
                                                        "tags_all", "region", "timeouts"};
// Arguments of every resource, and `//`, which is how .tf.json writes a comment.
constexpr std::array<std::string_view, 9> kMetaKeys{"//",       "tags",        "region",
                                                    "provider", "depends_on",  "lifecycle",
                                                    "timeouts", "provisioner", "connection"};

void report_none(JsonValue where, Report& report) {
  report.error("no_rules", where.place(),
               concat("expected resources of the type ", kType, ", found none"));
}

bool is_text(const std::optional<JsonValue>& value, std::string_view text) {
  return value && value->is(JsonKind::string) && value->text() == text;
}

void read_shown_resource(JsonValue resource, std::vector<FoundRule>& rules, Report& report) {
  const auto address = resource.find("address");
  const std::string label(address && address->is(JsonKind::string) ? address->text() : kType);
  report.set_rule(label);
  const auto values = resource.find("values");
  if (!values) {
    report.error("missing_key", resource.place(), "values is missing");
    return;
  }
  RuleStyle style;
  style.spelling = Spelling::snake;
  style.unknown_key = Severity::warning;  // newer providers write more
  style.null_is_absent = true;
  style.other_keys = kComputedKeys;
  rules.push_back(read_sampling_rule(*values, style, label, "", report));
}

// Returns how many rules the module and those within it have. As deep as the text nests, which the
// parser bounds.
std::size_t read_module(JsonValue module, std::vector<FoundRule>& rules, Report& report) {
  std::size_t count = 0;
  if (const auto resources = module.find("resources")) {
    resources->for_each_item([&](JsonValue resource) {
      if (!is_text(resource.find("type"), kType) || is_text(resource.find("mode"), "data")) return;
      // An object that Terraform has replaced and not destroyed yet.
      if (resource.find("deposed_key")) return;
      ++count;
      if (!report.full()) read_shown_resource(resource, rules, report);
      report.set_rule("");
    });
  }
  if (const auto children = module.find("child_modules")) {
    children->for_each_item([&](JsonValue child) { count += read_module(child, rules, report); });
  }
  return count;
}

class ConfigReader {
 public:
  ConfigReader(std::vector<FoundRule>& rules, Report& report) : rules_(rules), report_(report) {}

  // `resource`: an object by type, or an array of such objects.
  void read_types(JsonValue types) {
    types.for_each_item([&](JsonValue item) { read_types(item); });
    types.for_each_member([&](JsonValue type, JsonValue resources) {
      if (type.text() == kType) read_names(resources);
    });
  }

  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  void read_names(JsonValue resources) {
    resources.for_each_item([&](JsonValue item) { read_names(item); });
    resources.for_each_member(
        [&](JsonValue name, JsonValue body) { read_body(name.text(), body); });
  }

  void read_body(std::string_view name, JsonValue body) {
    if (report_.full()) return;
    if (body.is(JsonKind::array)) {
      body.for_each_item([&](JsonValue item) { read_body(name, item); });
      return;
    }
    ++count_;
    const std::string label = concat(kType, ".", name);
    report_.set_rule(label);
    for (const std::string_view repetition : {"count", "for_each"}) {
      if (const auto value = body.find(repetition)) {
        report_.error(
            "unresolved_value", value->place(),
            concat(repetition,
                   " makes rules that only Terraform can work out (use the output of terraform "
                   "show -json, which has them)"));
      }
    }
    std::vector<std::string_view> others(kMetaKeys.begin(), kMetaKeys.end());
    others.insert(others.end(), {"count", "for_each"});
    RuleStyle style;
    style.spelling = Spelling::snake;
    style.placeholders = Placeholders::terraform;
    style.null_is_absent = true;
    style.other_keys = others;
    rules_.push_back(read_sampling_rule(body, style, label, "", report_));
    report_.set_rule("");
  }

  std::vector<FoundRule>& rules_;
  Report& report_;
  std::size_t count_ = 0;
};

}  // namespace

void read_terraform_show(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  auto values = root.find("planned_values");
  if (!values) values = root.find("values");
  const auto module = values ? values->find("root_module") : std::nullopt;
  if (!module || read_module(*module, rules, report) == 0)
    report_none(values.value_or(root), report);
}

void read_terraform_config(JsonValue root, std::vector<FoundRule>& rules, Report& report) {
  const auto resources = root.find("resource");
  ConfigReader reader(rules, report);
  if (resources) reader.read_types(*resources);
  if (reader.count() == 0) report_none(resources.value_or(root), report);
}

}  // namespace dosimeter::rules
