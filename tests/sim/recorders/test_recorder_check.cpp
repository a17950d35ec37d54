#include <dosimeter/rules/load.h>

#include "sim/recorders/check_json.h"
#include "sim/recorders/check_text.h"
#include "sim/recorders/recorder_check.h"
#include "tests/support/catch.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

RuleSpec named(const char* name) {
  RuleSpec spec;
  spec.name = name;
  spec.priority = 1;
  return spec;
}

/// A document of these rules, on lines 1, 2, ...
rules::RuleDocument document_of(const std::vector<RuleSpec>& specs) {
  rules::RuleDocument document;
  document.sources = {{"x.json", rules::DocumentShape::get_output}};
  std::uint32_t line = 0;
  for (const RuleSpec& spec : specs) {
    document.rules.push_back({Rule::from(spec).value(), {"x.json", ++line, 5}});
  }
  return document;
}

RecorderCheck check_with(const Recorder& recorder, const std::vector<RuleSpec>& specs) {
  const std::vector<const Recorder*> one = {&recorder};
  return check_central(document_of(specs), one).checks.front();
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("recorder check: rules in the order in which they are asked, without AWS's own Default") {
  RuleSpec late = named("a");
  late.priority = 2;
  const RecorderCheck check = check_with(kDocumentedRecorder, {late, named("b")});
  CHECK(check.verdict == Verdict::accepted);
  CHECK(check.used == Names{"b", "a"});
  CHECK(check.ignored.empty());
  CHECK(check_with(kDocumentedRecorder, {named("Default")}).used == Names{"Default"});
}

TEST_CASE("recorder check: a rule that is left out is told with the reason") {
  Recorder recorder;
  recorder.match.attributes = RuleFeature::rule_ignored;
  RuleSpec gold = named("gold");
  gold.attributes = {{"tier", "gold"}};
  const RecorderCheck check = check_with(recorder, {gold, named("plain")});
  CHECK(check.verdict == Verdict::partly_used);
  CHECK(check.used == Names{"plain"});
  REQUIRE(check.ignored.size() == 1);
  CHECK(check.ignored[0].name == "gold");
  CHECK(check.ignored[0].reason == "this recorder ignores rules with attributes");
}

TEST_CASE("recorder check: the rule that makes all of them fail to load is found") {
  Recorder recorder;
  recorder.match.missing_attributes = MissingAttributes::rules_refused;
  RuleSpec bare = named("bare");
  bare.lacks_attributes = true;
  const RecorderCheck check = check_with(recorder, {named("whole"), bare});
  CHECK(check.verdict == Verdict::refused);
  CHECK(check.used.empty());
  CHECK(check.location == rules::Location{"x.json", 2, 5});
  CHECK(check.message.starts_with("Attributes must be there: without it in rule \"bare\""));
}

TEST_CASE("recorder check: one that reads no central rules is told what it would use") {
  Recorder recorder;
  recorder.reads_central_rules = false;
  const RecorderCheck check = check_with(recorder, {named("a")});
  CHECK(check.verdict == Verdict::not_read);
  CHECK(check.used == Names{"a"});
}

TEST_CASE("recorder check: all accept only where each uses every rule") {
  Recorder ignores;
  ignores.match.other_version = RuleFeature::rule_ignored;
  const std::vector<const Recorder*> both = {&kDocumentedRecorder, &ignores};
  RuleSpec second = named("second");
  CHECK(check_central(document_of({second}), both).accepted_by_all());
  second.version = 2;
  CHECK_FALSE(check_central(document_of({second}), both).accepted_by_all());
}

TEST_CASE("recorder check: a recorder without local documents does not read one") {
  Recorder recorder;
  recorder.local = std::nullopt;
  const std::vector<const Recorder*> one = {&recorder};
  const rules::Source source{"x.json", R"({"version": 2, "default": {"fixed_target": 1}})"};
  const DocumentReport report = check_local(source, rules::DocumentShape::local_version_2, one);
  CHECK(report.checks.front().verdict == Verdict::not_read);
  CHECK_FALSE(report.accepted_by_all());
}

TEST_CASE("recorder check: names that a terminal would obey are shown escaped and kept in JSON") {
  Recorder recorder;
  recorder.name = "made-up";
  recorder.match.attributes = RuleFeature::rule_ignored;
  RuleSpec gold = named("go\x1bld");
  gold.attributes = {{"tier", "gold"}};
  const std::vector<const Recorder*> one = {&recorder};
  const DocumentReport report = check_central(document_of({gold}), one);
  CHECK(write_check(report) ==
        "x.json: output of aws xray get-sampling-rules, 1 rule\n"
        "\n"
        "  made-up  uses 0 of 1 rules\n"
        "\n"
        "rule \"go\\x1Bld\": this recorder ignores rules with attributes\n"
        "  made-up\n");
  const auto json = nlohmann::json::parse(write_check_json(report));
  CHECK(json["recorders"][0]["ignored"][0]["name"] == "go\x1bld");
  CHECK(json["recorders"][0]["verdict"] == "partly_used");
  CHECK(json["recorders"][0]["place"].is_null());
}
