#include "tests/rules/load_text.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

// Whatever the bytes, loading ends, says something sensible and spends memory in proportion.
namespace dosimeter::rules::test {
namespace {

using Lines = std::vector<std::string>;

void check_sane(const LoadResult& result) {
  bool failed = false;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    failed = failed || diagnostic.severity == Severity::error;
    const std::string line = to_string(diagnostic);
    if (line.size() > 1000 || line.find('\n') != std::string::npos)
      FAIL_CHECK("not one short line: " << line);
  }
  if (result.ok() == failed) FAIL_CHECK("a document beside errors, or neither");
}

TEST_CASE("rule document: a hundred megabytes of brackets are one line") {
  const std::string too_large =
      "rules.json: expected at most 16 MiB (16777216 bytes) of rules, got more";
  CHECK(lines(std::string(100'000'000, '[')) == Lines{too_large});
  CHECK(lines(std::string(kMaximumDocumentBytes, '[')) ==
        Lines{"rules.json:1:65: expected at most 64 nested brackets, got one more"});
  CHECK(lines(std::string(kMaximumDocumentBytes, ' ')) ==
        Lines{"rules.json: expected a rule document, got nothing but white space"});
  CHECK(lines(std::string(kMaximumDocumentBytes + 1, ' ')) == Lines{too_large});
}

TEST_CASE("rule document: brackets nest to 64 and no deeper") {
  const auto nested = [](std::size_t depth) {
    return R"({"SamplingRuleRecords": [], "Extra": )" + repeated("[", depth - 1) +
           repeated("]", depth - 1) + "}";
  };
  CHECK(load(nested(64)).ok());
  CHECK(lines(nested(65)) ==
        Lines{"rules.json:1:101: expected at most 64 nested brackets, got one more"});
}

TEST_CASE("rule document: problems without end are listed up to a thousand") {
  const LoadResult objects = load("[" + repeated("{},", 100'000) + "{}]");
  REQUIRE(objects.diagnostics.size() == 1001);
  CHECK(to_string(objects.diagnostics[0]) ==
        "rules.json: more than 1000 errors, the others are not listed");
  CHECK_FALSE(objects.ok());

  std::string keys = "{\"SamplingRuleRecords\": []";
  for (int i = 0; i < 100'000; ++i) keys += ", \"FixedRate" + std::to_string(i) + "\": 1";
  const LoadResult warned = load(keys + "}");
  REQUIRE(warned.diagnostics.size() == 1001);
  CHECK(to_string(warned.diagnostics[0]) ==
        "rules.json: more than 1000 warnings, the others are not listed");
  CHECK(warned.ok());

  const LoadResult repeats =
      load("{\"SamplingRuleRecords\": []" + repeated(",\"a\":1", 100'000) + "}");
  CHECK(repeats.diagnostics.size() == 2002);
  CHECK_FALSE(repeats.ok());
}

TEST_CASE("rule document: every beginning of a document is an error that does no harm") {
  const std::vector<std::string> documents{
      create_input({{"Attributes", R"({"\u00e9\ud83d\ude00": "\"*\\"})"}}),
      get_output(),
      rule_text(),
      R"({"version": 2, "default": {"fixed_target": 1, "rate": 5e-2}, "rules": [true, false, null]})",
      R"({"Resources": {"R": {"Type": "AWS::XRay::SamplingRule", "Properties": {"SamplingRule": {"Ref": "x"}}}}})",
      R"({"resource": {"aws_xray_sampling_rule": {"r": {"rule_name": "${x}"}}}})"};
  for (const std::string& document : documents) {
    for (std::size_t size = 0; size < document.size(); ++size) {
      const LoadResult result = load(std::string_view(document).substr(0, size));
      check_sane(result);
      if (result.diagnostics.size() != 1) FAIL_CHECK("not one line: " << document.substr(0, size));
    }
  }
}

TEST_CASE("rule document: no single changed byte does harm") {
  const std::vector<std::string> documents{
      rule_text({{"Attributes", R"({"\u00e9": "*"})"}}),
      R"({"version":1,"rules":[{"service_name":"*","http_method":"*","url_path":"*","fixed_target":0,"rate":0}],)"
      R"("default":{"fixed_target":1,"rate":0.05}})",
      R"({"values":{"root_module":{"child_modules":[{"resources":[{"type":"aws_xray_sampling_rule","values":{}}]}]}},)"
      R"("format_version":"1"})"};
  for (const std::string& document : documents) {
    std::string changed = document;
    for (std::size_t at = 0; at < document.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        changed[at] = static_cast<char>(byte);
        check_sane(load(changed));
      }
      changed[at] = document[at];
    }
  }
}

TEST_CASE("rule document: two of everything short does no harm") {
  const std::string alphabet = "{}[],:\"\\'1-.eEtn/# u\n\xEF\xC3\xA9";
  for (const char a : alphabet) {
    for (const char b : alphabet) {
      for (const char c : alphabet) {
        check_sane(load(std::string{a, b, c}));
        check_sane(load(std::string{'[', '"', a, b, c}));
      }
    }
  }
}

}  // namespace
}  // namespace dosimeter::rules::test
