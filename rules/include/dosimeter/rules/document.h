#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/rule.h>
#include <dosimeter/rules/diagnostic.h>

#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::rules {

/// What kind of file rules were found in.
enum class DocumentShape {
  /// Input of `aws xray create-sampling-rule`: `{"SamplingRule": {...}, "Tags": [...]}`.
  create_input,
  /// Output of the same command, or one record of it.
  create_output,
  /// Output of `aws xray get-sampling-rules`.
  get_output,
  /// The inner object alone: `{"RuleName": ...}`.
  bare_rule,
  /// An array of any of the above.
  rule_array,
  /// A recorder's own document, whose rules call the host pattern `service_name`.
  local_version_1,
  /// The same with `host`.
  local_version_2,
  /// A CloudFormation template in JSON, or the output of `aws cloudformation get-template`.
  cloudformation,
  /// `terraform show -json` of a plan or of a state.
  terraform_show,
  /// A `.tf.json` file.
  terraform_config,
};

/// The shape in words a user knows: `input of aws xray create-sampling-rule`.
std::string_view describe(DocumentShape shape);

/// The same as a stable identifier for programs: `create_input`, the enumerator's name.
std::string_view shape_name(DocumentShape shape);

/// A rule and where its object begins.
struct RuleEntry {
  Rule rule;
  Location location;
};

/// A source and what it turned out to be.
struct DocumentSource {
  std::string name;
  DocumentShape shape;
};

/// The rules of one or more sources, checked. An engine can hold every rule, and no name is there
/// twice.
struct RuleDocument {
  RuleKind kind = RuleKind::central;
  /// In the order they were given.
  std::vector<DocumentSource> sources;
  /// As they stand in the sources; a recorder sorts them by priority. A local document's are named
  /// `rules[i]` from 0 with priority i + 1, and its `default` comes last, as the rule named
  /// `Default`.
  std::vector<RuleEntry> rules;
};

}  // namespace dosimeter::rules
