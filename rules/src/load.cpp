#include <dosimeter/rules/load.h>

#include "rules/src/aws_documents.h"
#include "rules/src/cloudformation.h"
#include "rules/src/constraints.h"
#include "rules/src/foreign_text.h"
#include "rules/src/found_rule.h"
#include "rules/src/json_reader.h"
#include "rules/src/local_document.h"
#include "rules/src/message.h"
#include "rules/src/repeated_keys.h"
#include "rules/src/report.h"
#include "rules/src/shape.h"
#include "rules/src/terraform.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <variant>

namespace dosimeter::rules {
namespace {

void read_shape(JsonValue root, DocumentShape shape, std::vector<FoundRule>& rules,
                Report& report) {
  switch (shape) {
    case DocumentShape::create_input:
      return read_create_input(root, rules, report);
    case DocumentShape::create_output:
      return read_create_output(root, rules, report);
    case DocumentShape::get_output:
      return read_get_output(root, rules, report);
    case DocumentShape::bare_rule:
      return read_bare_rule(root, rules, report);
    case DocumentShape::rule_array:
      return read_rule_array(root, rules, report);
    case DocumentShape::local_version_1:
    case DocumentShape::local_version_2:
      return read_local_document(root, shape, rules, report);
    case DocumentShape::cloudformation:
      return read_cloudformation(root, rules, report);
    case DocumentShape::terraform_show:
      return read_terraform_show(root, rules, report);
    case DocumentShape::terraform_config:
      return read_terraform_config(root, rules, report);
  }
}

FoundDocument read_source(std::string_view text, Report& report) {
  FoundDocument found;
  if (report_foreign_text(text, report)) return found;
  const std::variant<JsonDocument, JsonError> parsed = read_json(text);
  if (const auto* error = std::get_if<JsonError>(&parsed)) {
    report.error(error->code, error->place, error->message);
    return found;
  }
  const auto& json = std::get<JsonDocument>(parsed);
  found.shape = detect_shape(json.root(), report);
  if (found.shape) read_shape(json.root(), *found.shape, found.rules, report);
  report_repeated_keys(json, found.rules, report);
  return found;
}

RuleKind kind_of(DocumentShape shape) {
  const bool local =
      shape == DocumentShape::local_version_1 || shape == DocumentShape::local_version_2;
  return local ? RuleKind::local : RuleKind::central;
}

std::string_view name_of(RuleKind kind) {
  return kind == RuleKind::local ? "local" : "central";
}

// Sources of one document must be of one kind, and a local document is whole in itself.
void check_kinds(std::span<const FoundDocument> found, std::span<Report> reports) {
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].shape) continue;
    if (!first) {
      first = i;
      continue;
    }
    const RuleKind kind = kind_of(*found[i].shape);
    const RuleKind first_kind = kind_of(*found[*first].shape);
    const std::string place = printable(reports[*first].file());
    if (kind != first_kind) {
      reports[i].error("mixed_kinds", {},
                       concat("expected ", name_of(first_kind), " rules as in ", place, ", got ",
                              name_of(kind), " rules (", describe(*found[i].shape), ")"));
    } else if (kind == RuleKind::local) {
      reports[i].error("several_local_documents", {},
                       concat("expected one local document, got another beside ", place,
                              " (each has its own default)"));
    }
  }
}

// A name once, over all sources; and no more custom rules than a Region takes.
void check_names(std::span<const FoundDocument> found, std::span<Report> reports) {
  struct Use {
    std::size_t source;
    Place place;
  };
  std::unordered_map<std::string_view, Use> uses;
  std::size_t custom = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].shape || kind_of(*found[i].shape) == RuleKind::local) continue;
    for (const FoundRule& rule : found[i].rules) {
      reports[i].set_rule(rule.label);
      if (rule.name != kDefaultRuleName && ++custom == limits::kCustomRules + 1) {
        reports[i].warning(
            "too_many_rules", rule.place,
            concat("expected at most ", limits::kCustomRules,
                   " custom rules, got more (the quota of a Region, which AWS raises on request)"));
      }
      if (rule.name.empty()) continue;
      const auto [use, is_new] = uses.try_emplace(rule.name, Use{i, rule.name_place});
      if (is_new) continue;
      const Use& first = use->second;
      reports[i].error("rule_name_repeated", rule.name_place,
                       concat("a rule name must be used once, got it again, first at ",
                              printable(reports[first.source].file()), ":", first.place.line, ":",
                              first.place.column));
    }
  }
}

RuleDocument make_document(std::span<const Source> sources, std::vector<FoundDocument> found) {
  RuleDocument document;
  for (std::size_t i = 0; i < found.size(); ++i) {
    document.kind = kind_of(*found[i].shape);
    document.sources.push_back({sources[i].name, *found[i].shape});
    for (FoundRule& rule : found[i].rules) {
      document.rules.push_back(
          {*std::move(rule.rule), {sources[i].name, rule.place.line, rule.place.column}});
    }
  }
  return document;
}

}  // namespace

LoadResult load_rules(std::span<const Source> sources) {
  std::vector<FoundDocument> found;
  std::vector<Report> reports;
  for (const Source& source : sources) {
    Report& report = reports.emplace_back(source.name);
    found.push_back(read_source(source.text, report));
  }
  check_kinds(found, reports);
  check_names(found, reports);

  const bool failed = std::any_of(reports.begin(), reports.end(),
                                  [](const Report& report) { return report.has_errors(); });
  LoadResult result;
  for (const FoundDocument& document : found) result.shapes.push_back(document.shape);
  if (!failed) result.document = make_document(sources, std::move(found));
  for (Report& report : reports) {
    std::vector<Diagnostic> diagnostics = report.take();
    std::move(diagnostics.begin(), diagnostics.end(), std::back_inserter(result.diagnostics));
  }
  return result;
}

}  // namespace dosimeter::rules
