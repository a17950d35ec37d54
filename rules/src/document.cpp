#include <dosimeter/rules/document.h>

namespace dosimeter::rules {

std::string_view describe(DocumentShape shape) {
  switch (shape) {
    case DocumentShape::create_input:
      return "input of aws xray create-sampling-rule";
    case DocumentShape::create_output:
      return "output of aws xray create-sampling-rule";
    case DocumentShape::get_output:
      return "output of aws xray get-sampling-rules";
    case DocumentShape::bare_rule:
      return "a single sampling rule";
    case DocumentShape::rule_array:
      return "an array of sampling rules";
    case DocumentShape::local_version_1:
      return "local sampling rules, version 1";
    case DocumentShape::local_version_2:
      return "local sampling rules, version 2";
    case DocumentShape::cloudformation:
      return "CloudFormation template";
    case DocumentShape::terraform_show:
      return "output of terraform show -json";
    case DocumentShape::terraform_config:
      return "Terraform configuration in JSON (.tf.json)";
  }
  return "";
}

}  // namespace dosimeter::rules
