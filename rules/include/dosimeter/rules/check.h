#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/rules/diagnostic.h>
#include <dosimeter/rules/load.h>

#include <string>

namespace dosimeter::rules {

/// What becomes of a local document that a recorder is given.
enum class Acceptance {
  accepted,
  /// What stands before the fault is used, the rest is not.
  partly_loaded,
  /// The recorder ends with an error, and its user sees it.
  refused,
  /// The recorder goes on with the document it has built in, and only its log tells.
  replaced,
};

struct DocumentCheck {
  Acceptance acceptance = Acceptance::accepted;
  /// The fault the recorder stops at: expected, then got, after the part of the document it is in:
  /// `rules[0]: rate must be between 0 and 1, got 5`. One line, what it quotes escaped as in a
  /// Diagnostic, and nowhere the recorder's name. Empty where it is accepted.
  std::string message;
  /// Where that is, as in a Diagnostic. Without file and line where it is accepted.
  Location location;
};

/// Whether `recorder` takes `source` for a local document, as its DocumentChoices say. What it
/// would sample by is not looked at, nor whether an engine could hold it: a document may be
/// accepted here whose patterns are too long for `load_rules`.
///
/// Of several faults the first is named, and the order (version, default, rules) is the same for
/// every recorder. A central document has no version, which is its fault.
///
/// Refused whatever the recorder: what this program does not read (more than
/// kMaximumDocumentBytes, brackets more than 64 deep, numbers beyond 1.8e308), and a key that
/// stands twice in one object, of which real parsers take the last. Text has to be JSON in UTF-8
/// but for what DocumentChoices name, though some parsers take more (strings in single quotes,
/// UTF-16, NaN).
///
/// The documented recorder accepts exactly what `load_rules` reads without an error as a local
/// document, but for such patterns.
///
/// Opens nothing and keeps no state; safe to call from several threads. Time is about linear in the
/// text. Throws nothing but `std::bad_alloc`. REQUIRES: recorder.local.
[[nodiscard]] DocumentCheck check_local_document(const Source& source, const Recorder& recorder);

}  // namespace dosimeter::rules
