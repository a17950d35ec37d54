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

std::string_view shape_name(DocumentShape shape) {
  switch (shape) {
    case DocumentShape::create_input:
      return "create_input";
    case DocumentShape::create_output:
      return "create_output";
    case DocumentShape::get_output:
      return "get_output";
    case DocumentShape::bare_rule:
      return "bare_rule";
    case DocumentShape::rule_array:
      return "rule_array";
    case DocumentShape::local_version_1:
      return "local_version_1";
    case DocumentShape::local_version_2:
      return "local_version_2";
    case DocumentShape::cloudformation:
      return "cloudformation";
    case DocumentShape::terraform_show:
      return "terraform_show";
    case DocumentShape::terraform_config:
      return "terraform_config";
  }
  return "";
}

}  // namespace dosimeter::rules
