#pragma once

#include <dosimeter/document_choices.h>

#include "rules/src/document_fault.h"
#include "rules/src/json_value.h"

#include <optional>

namespace dosimeter::rules {

/// What a recorder stops at in a local document, or nothing. All recorders' checks are made in one
/// order: version, default, rules; of an object its keys, what it lacks, patterns, numbers,
/// description. Only where the types of the whole document come before its values (TypeCheck) does
/// the order decide more than which of several faults is named.
std::optional<DocumentFault> find_fault(JsonValue root, const DocumentChoices& choices);

}  // namespace dosimeter::rules
