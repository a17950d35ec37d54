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
  /// The fault the recorder stops at: expected, then got. Empty where it is accepted.
  std::string message;
  /// Where that is.
  Location location;
};

/// Whether `recorder` takes `source` for a local document, as its DocumentChoices say. What it
/// would sample by is not looked at. REQUIRES: recorder.local.
[[nodiscard]] DocumentCheck check_local_document(const Source& source, const Recorder& recorder);

}  // namespace dosimeter::rules
