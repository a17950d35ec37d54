#pragma once

#include "rules/src/report.h"

#include <string_view>

namespace dosimeter::rules {

/// How to make JSON of YAML, for the end of a message. A template's tags (`!Ref`) survive cfn-flip
/// only; `aws cloudformation get-template` gives YAML back as it came.
inline constexpr std::string_view kConvertYaml =
    "which must be made JSON first (a CloudFormation template by cfn-flip template.yaml, other "
    "YAML "
    "by yq -o=json)";

/// Reports text that is empty, too long, or plainly something else than JSON: UTF-16, binary data,
/// YAML, Terraform's own language. Says whether it reported.
bool report_foreign_text(std::string_view text, Report& report);

}  // namespace dosimeter::rules
