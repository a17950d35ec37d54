#pragma once

#include <dosimeter/rules/document.h>

#include "rules/src/found_rule.h"
#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <vector>

namespace dosimeter::rules {

/// Reads a local document, whose rules come in array order and its default last. `shape` says the
/// version. REQUIRES: an object.
void read_local_document(JsonValue root, DocumentShape shape, std::vector<FoundRule>& rules,
                         Report& report);

}  // namespace dosimeter::rules
