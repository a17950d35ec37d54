#include <dosimeter/rules/check.h>
#include <dosimeter/rules/load.h>

#include "rules/src/c_diagnostics.h"
#include "rules/src/message.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Rules reach the engine through its C interface alone, so that the shared libraries share no C++
/// type.
namespace dosimeter::rules {
namespace {

struct RuleSetRelease {
  void operator()(dosimeter_rule_set* rule_set) const noexcept {
    dosimeter_rule_set_destroy(rule_set);
  }
};
using RuleSetHandle = std::unique_ptr<dosimeter_rule_set, RuleSetRelease>;

/// What came of a load: rules, or a code.
struct Outcome {
  int code = DOSIMETER_OK;
  /// The engine's, below DOSIMETER_OK and no fault of the document's.
  dosimeter_error error;
  RuleSetHandle rule_set;
  std::vector<Diagnostic> diagnostics;
};

/// What is wrong with a local document where `recorder` does not take it as a whole.
std::optional<Diagnostic> refusal(const Source& source, const Recorder& recorder) {
  if (!recorder.local) {
    return Diagnostic{Severity::error,
                      "local_rules_unknown",
                      {source.name, 0, 0},
                      "",
                      concat("expected central rules, because ", recorder.name,
                             " knows no local documents, got local rules")};
  }
  const DocumentCheck check = check_local_document(source, recorder);
  const auto told = [&](std::string_view code, std::string_view what) {
    return Diagnostic{Severity::error, code, check.location, "",
                      concat(recorder.name, what, ": ", check.message)};
  };
  switch (check.acceptance) {
    case Acceptance::accepted:
      break;
    case Acceptance::partly_loaded:
      return told("document_partly_loaded", " uses only what stands before this");
    case Acceptance::refused:
      return told("document_refused", " refuses the document");
    case Acceptance::replaced:
      return told("document_replaced", " quietly uses its own document instead");
  }
  return std::nullopt;
}

/// Views of the rule's texts and of `attributes`, which it fills.
dosimeter_rule rule_of(const Rule& rule, std::vector<dosimeter_rule_attribute>& attributes) {
  for (const RuleAttribute& attribute : rule.attributes()) {
    attributes.push_back({text_of(attribute.key), text_of(attribute.pattern)});
  }
  dosimeter_rule given;
  dosimeter_rule_init(&given);
  given.name = text_of(rule.name());
  given.priority = rule.priority();
  given.fixed_rate = rule.fixed_rate().value();
  given.reservoir_size = rule.reservoir_size();
  given.service_name = text_of(rule.pattern(Field::service_name));
  given.service_type = text_of(rule.pattern(Field::service_type));
  given.host = text_of(rule.pattern(Field::host));
  given.http_method = text_of(rule.pattern(Field::http_method));
  given.url_path = text_of(rule.pattern(Field::url_path));
  given.resource_arn = text_of(rule.pattern(Field::resource_arn));
  given.attributes = attributes.data();
  given.attribute_count = attributes.size();
  given.version = rule.version();
  if (const auto& boost = rule.sampling_rate_boost()) {
    given.has_boost = 1;
    given.boost_maximum_rate = boost->maximum_rate.value();
    given.boost_cooldown_window_minutes = boost->cooldown_window.count();
  }
  given.lacks_attributes = rule.lacks_attributes() ? 1 : 0;
  given.lacks_service_type = rule.lacks_service_type() ? 1 : 0;
  return given;
}

/// Compiles a document's rules; what the recorder has against them becomes a diagnostic.
void compile(const RuleDocument& document, const Recorder& recorder, Outcome& outcome) {
  std::vector<std::vector<dosimeter_rule_attribute>> attributes(document.rules.size());
  std::vector<dosimeter_rule> rules;
  for (std::size_t i = 0; i < document.rules.size(); ++i) {
    rules.push_back(rule_of(document.rules[i].rule, attributes[i]));
  }
  dosimeter_rule_set* rule_set = nullptr;
  dosimeter_error& error = outcome.error;
  outcome.code = dosimeter_rule_set_create(
      text_of(recorder.name),
      document.kind == RuleKind::local ? DOSIMETER_LOCAL : DOSIMETER_CENTRAL, rules.data(),
      rules.size(), &rule_set, &error);
  outcome.rule_set.reset(rule_set);
  if (outcome.code <= DOSIMETER_OK) return;
  const bool about_a_rule = error.rule < document.rules.size();
  outcome.diagnostics.push_back(
      {Severity::error, dosimeter_code_name(outcome.code),
       about_a_rule ? document.rules[error.rule].location : Location{document.sources[0].name},
       about_a_rule ? document.rules[error.rule].rule.name() : std::string(),
       printable(concat(error.where, " ", error.message))});
  outcome.code = DOSIMETER_DOCUMENT_REFUSED;
}

Outcome load(std::span<const dosimeter_source> given, const Recorder& recorder) {
  std::vector<Source> sources;
  for (const dosimeter_source& source : given) {
    sources.push_back({std::string(view_of(source.name)), view_of(source.text)});
  }
  Outcome outcome;
  LoadResult loaded = load_rules(sources);
  outcome.diagnostics = std::move(loaded.diagnostics);
  if (!loaded.ok()) {
    outcome.code = DOSIMETER_DOCUMENT_REFUSED;
    return outcome;
  }
  if (loaded.document->kind == RuleKind::local) {
    if (auto refused = refusal(sources.front(), recorder)) {
      outcome.diagnostics.push_back(*std::move(refused));
      outcome.code = DOSIMETER_DOCUMENT_REFUSED;
      return outcome;
    }
  }
  compile(*loaded.document, recorder, outcome);
  return outcome;
}

std::unique_ptr<dosimeter_diagnostics> handle_of(std::vector<Diagnostic> diagnostics) {
  auto handle = std::make_unique<dosimeter_diagnostics>();
  for (Diagnostic& diagnostic : diagnostics) {
    std::string whole = to_string(diagnostic);
    handle->entries.push_back({std::move(diagnostic), std::move(whole)});
  }
  return handle;
}

/// The first diagnostic that is an error, as an error.
void tell_first_error(const dosimeter_diagnostics& diagnostics, dosimeter_error* error) {
  const auto first =
      std::find_if(diagnostics.entries.begin(), diagnostics.entries.end(),
                   [](const auto& entry) { return entry.diagnostic.severity == Severity::error; });
  if (first == diagnostics.entries.end()) return;
  dosimeter_error_set(error, DOSIMETER_DOCUMENT_REFUSED, DOSIMETER_NO_INDEX,
                      text_of(first->diagnostic.code), text_of(first->whole));
}

/// Fills `error` and returns its code.
int wrong(int code, std::string_view where, std::string_view message, dosimeter_error* error) {
  dosimeter_error_set(error, code, DOSIMETER_NO_INDEX, text_of(where), text_of(message));
  return code;
}

int load(const dosimeter_source* sources, std::size_t source_count, dosimeter_text recorder_name,
         dosimeter_rule_set** rule_set, dosimeter_diagnostics** diagnostics,
         dosimeter_error* error) {
  if (rule_set == nullptr) {
    return wrong(DOSIMETER_BAD_ARGUMENT, "rule_set", "must not be NULL", error);
  }
  if (sources == nullptr && source_count != 0) {
    return wrong(DOSIMETER_BAD_ARGUMENT, "sources", "must not be NULL", error);
  }
  const Recorder* recorder =
      recorder_name.data == nullptr ? &recorders().front() : find_recorder(view_of(recorder_name));
  if (recorder == nullptr) {
    return wrong(DOSIMETER_UNKNOWN_RECORDER, "recorder",
                 concat("must be the name of a recorder, got ", quote(view_of(recorder_name))),
                 error);
  }
  Outcome outcome = load({sources, source_count}, *recorder);
  if (outcome.code != DOSIMETER_OK && outcome.code != DOSIMETER_DOCUMENT_REFUSED) {
    return wrong(outcome.code, outcome.error.where, outcome.error.message, error);
  }
  auto handle = handle_of(std::move(outcome.diagnostics));
  // From here on nothing allocates.
  dosimeter_error_set(error, outcome.code, DOSIMETER_NO_INDEX, {}, {});
  if (outcome.code != DOSIMETER_OK) tell_first_error(*handle, error);
  *rule_set = outcome.rule_set.release();
  if (diagnostics != nullptr) *diagnostics = handle.release();
  return outcome.code;
}

}  // namespace
}  // namespace dosimeter::rules

int dosimeter_rules_load(const dosimeter_source* sources, size_t source_count,
                         dosimeter_text recorder, dosimeter_rule_set** rule_set,
                         dosimeter_diagnostics** diagnostics, dosimeter_error* error) {
  using namespace dosimeter::rules;
  if (rule_set != nullptr) *rule_set = nullptr;
  if (diagnostics != nullptr) *diagnostics = nullptr;
  int code = DOSIMETER_OUT_OF_MEMORY;
  try {
    code = load(sources, source_count, recorder, rule_set, diagnostics, error);
  } catch (...) {
    // Nothing but that memory has run out.
  }
  return code == DOSIMETER_OUT_OF_MEMORY ? wrong(code, "sources", "memory ran out", error) : code;
}
