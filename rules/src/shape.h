#pragma once

#include <dosimeter/rules/document.h>

#include "rules/src/json_value.h"
#include "rules/src/report.h"

#include <optional>

namespace dosimeter::rules {

/// What an object is if it belongs to `aws xray`: create_input, create_output, get_output or
/// bare_rule. An object with two or more keys that are nearly fields of a rule is a bare rule too,
/// whose reader will say so.
std::optional<DocumentShape> aws_shape(JsonValue object);

/// What a document is. Nothing where it is none, which was reported, with the shapes there are. A
/// local document whose version is wrong passes for the one its keys suggest.
std::optional<DocumentShape> detect_shape(JsonValue root, Report& report);

}  // namespace dosimeter::rules
