#include "rules/src/c_diagnostics.h"

using dosimeter::rules::Diagnostic;
using dosimeter::rules::Severity;
using dosimeter::rules::text_of;

size_t dosimeter_diagnostics_count(const dosimeter_diagnostics* diagnostics) {
  return diagnostics == nullptr ? 0 : diagnostics->entries.size();
}

int dosimeter_diagnostics_get(const dosimeter_diagnostics* diagnostics, size_t index,
                              dosimeter_diagnostic* diagnostic) {
  if (diagnostic == nullptr) return DOSIMETER_BAD_ARGUMENT;
  *diagnostic = {};
  if (index >= dosimeter_diagnostics_count(diagnostics)) return DOSIMETER_BAD_ARGUMENT;
  const Diagnostic& told = diagnostics->entries[index].diagnostic;
  diagnostic->is_error = told.severity == Severity::error ? 1 : 0;
  diagnostic->line = told.location.line;
  diagnostic->column = told.location.column;
  diagnostic->file = text_of(told.location.file);
  diagnostic->code = text_of(told.code);
  diagnostic->rule = text_of(told.rule);
  diagnostic->message = text_of(told.message);
  diagnostic->whole = text_of(diagnostics->entries[index].whole);
  return DOSIMETER_OK;
}

void dosimeter_diagnostics_destroy(dosimeter_diagnostics* diagnostics) {
  delete diagnostics;
}
