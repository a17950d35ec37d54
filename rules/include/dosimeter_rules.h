#pragma once

/*
 * The C interface to rule documents: reads the JSON in which people and AWS keep sampling rules and
 * compiles it for the engine. The shapes and what is checked are in docs/rule-documents.md. What
 * dosimeter.h says of all functions holds here too.
 */

#include <dosimeter.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One text with rules, and the name messages use for it, as of a file. At most 16 MiB. */
typedef struct dosimeter_source {
  dosimeter_text name;
  dosimeter_text text;
} dosimeter_source;

/* One problem of a document. This struct does not grow. */
typedef struct dosimeter_diagnostic {
  /* 1: there are no rules because of it; 0: a warning. */
  int is_error;
  /* From 1, columns in bytes; line 0 is the source as a whole. */
  uint32_t line;
  uint32_t column;
  /* All texts are valid until the diagnostics are destroyed. */
  dosimeter_text file;
  /* What kind of problem: `fixed_rate_out_of_range`. Stable. */
  dosimeter_text code;
  /* The rule it is about, empty if it is about none. */
  dosimeter_text rule;
  /* Expected, then got. One line, safe to print. */
  dosimeter_text message;
  /* All of it on one line: `xray.json:12:19: rule "Cruddur": FixedRate must be ...`. */
  dosimeter_text whole;
} dosimeter_diagnostic;

/* Problems in the order of the sources and of their lines. Immutable. */
typedef struct dosimeter_diagnostics dosimeter_diagnostics;

/*
 * Reads the sources, which make one document (all central, or a single local one, which the content
 * shows), and compiles its rules for the recorder of that name (absent: `documented`).
 *
 * A local document that the recorder itself would not take as a whole is refused, and central rules
 * that it fails to load. `diagnostics` may be NULL; else it is made after DOSIMETER_OK, where it
 * holds warnings, and after DOSIMETER_DOCUMENT_REFUSED, where at least one is an error, and is to
 * be destroyed with dosimeter_diagnostics_destroy. `error` may be NULL; after
 * DOSIMETER_DOCUMENT_REFUSED it holds the first error, with its code in `where` and no index of a
 * rule.
 *
 * Time is about linear in the text; memory at most some tens of bytes for each byte of it.
 * Errors: DOSIMETER_DOCUMENT_REFUSED, DOSIMETER_UNKNOWN_RECORDER, DOSIMETER_OUT_OF_MEMORY,
 * DOSIMETER_BAD_ARGUMENT.
 */
DOSIMETER_API int dosimeter_rules_load(const dosimeter_source* sources, size_t source_count,
                                       dosimeter_text recorder, dosimeter_rule_set** rule_set,
                                       dosimeter_diagnostics** diagnostics, dosimeter_error* error);

/*
 * How many problems there are, and one of them, counted from 0.
 * Errors: DOSIMETER_BAD_ARGUMENT, for an index past the last as well; `diagnostic` is then all
 * zero.
 */
DOSIMETER_API size_t dosimeter_diagnostics_count(const dosimeter_diagnostics* diagnostics);
DOSIMETER_API int dosimeter_diagnostics_get(const dosimeter_diagnostics* diagnostics, size_t index,
                                            dosimeter_diagnostic* diagnostic);

/* Does nothing with NULL. */
DOSIMETER_API void dosimeter_diagnostics_destroy(dosimeter_diagnostics* diagnostics);

#ifdef __cplusplus
}
#endif
