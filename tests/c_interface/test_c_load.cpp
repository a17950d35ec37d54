#include <dosimeter/recorder.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/rules/load.h>

#include "tests/c_interface/given_rules.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"

#include <dosimeter_rules.h>

#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

constexpr const char* kRule = R"({"SamplingRule": {
  "RuleName": "Cruddur", "ResourceARN": "arn:*", "Priority": 9000, "FixedRate": 0.25,
  "ReservoirSize": 0, "ServiceName": "backend-?lask", "ServiceType": "AWS::EC2::*",
  "Host": "*.example", "HTTPMethod": "G*", "URLPath": "/api/*", "Version": 1,
  "Attributes": {"tier": "gold*", "k": "v"},
  "SamplingRateBoost": {"MaxRate": 0.5, "CooldownWindowMinutes": 10}}})";

constexpr const char* kLocal = R"({"version": 2,
  "rules": [{"description": "d", "host": "*", "http_method": "*", "url_path": "/pay/*",
             "fixed_target": 0, "rate": 1}],
  "default": {"fixed_target": 1, "rate": 0.05}})";

/// What came of a load; frees what it was given.
struct Loaded {
  explicit Loaded(const std::vector<std::string>& texts, dosimeter_text recorder = {}) {
    std::vector<dosimeter_source> sources;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      names.push_back(std::to_string(i) + ".json");
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      sources.push_back({c_text(names[i]), c_text(texts[i])});
    }
    code = dosimeter_rules_load(sources.data(), sources.size(), recorder, &rule_set, &diagnostics,
                                &error);
    CHECK(error.code == code);
    CHECK((rule_set != nullptr) == (code == DOSIMETER_OK));
  }
  ~Loaded() {
    dosimeter_rule_set_destroy(rule_set);
    dosimeter_diagnostics_destroy(diagnostics);
  }
  Loaded(const Loaded&) = delete;

  [[nodiscard]] dosimeter_diagnostic at(std::size_t index) const {
    dosimeter_diagnostic diagnostic;
    CHECK(dosimeter_diagnostics_get(diagnostics, index, &diagnostic) == DOSIMETER_OK);
    return diagnostic;
  }
  [[nodiscard]] std::size_t count() const { return dosimeter_diagnostics_count(diagnostics); }

  std::vector<std::string> names;
  int code = DOSIMETER_OK;
  dosimeter_rule_set* rule_set = nullptr;
  dosimeter_diagnostics* diagnostics = nullptr;
  dosimeter_error error;
};

}  // namespace

TEST_CASE("c load: a rule has all that its document says") {
  const Loaded loaded({kRule});
  REQUIRE(loaded.code == DOSIMETER_OK);
  CHECK(loaded.count() == 0);
  CHECK(dosimeter_rule_set_kind(loaded.rule_set) == DOSIMETER_CENTRAL);
  CHECK(dosimeter_rule_set_rule_count(loaded.rule_set) == 2);
  dosimeter_sampler* sampler = nullptr;
  REQUIRE(dosimeter_sampler_create(loaded.rule_set, &sampler) == DOSIMETER_OK);
  const dosimeter_attribute attributes[] = {{c_text("k"), c_text("v"), 0},
                                            {c_text("tier"), c_text("golden"), 0}};
  dosimeter_request right;
  dosimeter_request_init(&right);
  right.service_name = c_text("backend-flask");
  right.service_type = c_text("AWS::EC2::Instance");
  right.host = c_text("a.example");
  right.http_method = c_text("GET");
  right.url_path = c_text("/api/x");
  right.resource_arn = c_text("arn:aws");
  right.attributes = attributes;
  right.attribute_count = 2;
  const auto selected = [&](const dosimeter_request& request) {
    dosimeter_decision decision;
    CHECK(dosimeter_sampler_decide(sampler, &request, 0, 0.2, &decision) == DOSIMETER_OK);
    if (decision.rule == 0) CHECK(decision.probability == 0.25);
    dosimeter_text name;
    CHECK(dosimeter_sampler_rule_name(sampler, decision.rule, &name) == DOSIMETER_OK);
    return std::string(words(name));
  };
  CHECK(selected(right) == "Cruddur");
  for (dosimeter_text dosimeter_request::*field :
       {&dosimeter_request::service_name, &dosimeter_request::service_type,
        &dosimeter_request::host, &dosimeter_request::http_method, &dosimeter_request::url_path,
        &dosimeter_request::resource_arn}) {
    dosimeter_request wrong = right;
    wrong.*field = c_text("wrong");
    CHECK(selected(wrong) == "Default");
  }
  dosimeter_request wrong = right;
  wrong.attribute_count = 1;
  CHECK(selected(wrong) == "Default");
  dosimeter_sampler_destroy(sampler);
}

TEST_CASE("c load: sources make one document, and warnings stop nothing") {
  const std::string second = R"([{"RuleName": "second", "ResourceARN": "*", "Priority": 1,
    "FixedRate": 0.1, "ReservoirSize": 5, "ServiceName": "*", "ServiceType": "*", "Host": "*",
    "HTTPMethod": "*", "URLPath": "*", "Version": 1, "Nonsense": 1}])";
  const Loaded loaded({kRule, second});
  const rules::Source sources[] = {{"0.json", kRule}, {"1.json", second}};
  const rules::LoadResult expected = rules::load_rules(sources);
  REQUIRE(loaded.count() == expected.diagnostics.size());
  REQUIRE(loaded.count() > 0);
  for (std::size_t i = 0; i < loaded.count(); ++i) {
    const rules::Diagnostic& told = expected.diagnostics[i];
    const dosimeter_diagnostic got = loaded.at(i);
    CHECK(got.is_error == (told.severity == rules::Severity::error ? 1 : 0));
    CHECK(got.line == told.location.line);
    CHECK(got.column == told.location.column);
    CHECK(words(got.file) == told.location.file);
    CHECK(words(got.code) == told.code);
    CHECK(words(got.rule) == told.rule);
    CHECK(words(got.message) == told.message);
    CHECK(words(got.whole) == to_string(told));
    for (const dosimeter_text& text : {got.file, got.code, got.rule, got.message, got.whole}) {
      CHECK(text.data[text.size] == '\0');
    }
  }
  CHECK(loaded.code == (expected.ok() ? DOSIMETER_OK : DOSIMETER_DOCUMENT_REFUSED));
}

TEST_CASE("c load: the first error is told beside all of them") {
  const Loaded loaded({"{\"SamplingRule\":\n {\"RuleName\": \"r\", \"FixedRate\": 10}}"});
  CHECK(loaded.code == DOSIMETER_DOCUMENT_REFUSED);
  REQUIRE(loaded.count() >= 2);
  std::size_t first = 0;
  while (loaded.at(first).is_error == 0) ++first;
  CHECK(std::string(loaded.error.where) == words(loaded.at(first).code));
  CHECK(std::string(loaded.error.message) == words(loaded.at(first).whole));
  CHECK(std::string(loaded.error.message).substr(0, 8) == "0.json:2");
  bool rate = false;
  for (std::size_t i = 0; i < loaded.count(); ++i) {
    rate = rate || words(loaded.at(i).code) == "fixed_rate_out_of_range";
  }
  CHECK(rate);
  const Loaded no_json({std::string("{\0}", 3)});
  CHECK(no_json.code == DOSIMETER_DOCUMENT_REFUSED);
  const Loaded nothing({""});
  CHECK(nothing.code == DOSIMETER_DOCUMENT_REFUSED);
}

TEST_CASE("c load: a local document makes local rules") {
  const Loaded loaded({kLocal}, c_text("xray-python"));
  REQUIRE(loaded.code == DOSIMETER_OK);
  CHECK(dosimeter_rule_set_kind(loaded.rule_set) == DOSIMETER_LOCAL);
  CHECK(words(dosimeter_rule_set_recorder(loaded.rule_set)) == "xray-python");
  CHECK(words(dosimeter_rule_set_rule_name(loaded.rule_set, 0)) == "rules[0]");
}

TEST_CASE("c load: what a recorder has against a document is a diagnostic") {
  const Loaded unknown({kLocal}, c_text("otel-go"));
  CHECK(unknown.code == DOSIMETER_DOCUMENT_REFUSED);
  REQUIRE(unknown.count() == 1);
  CHECK(words(unknown.at(0).code) == "local_rules_unknown");
  CHECK(words(unknown.at(0).file) == "0.json");

  // Taken by some recorders alone.
  const std::string odd = R"({"version": 1, "rules": [{"service_name": "*", "http_method": "*",
    "url_path": "*", "fixed_target": 1, "rate": 1}], "default": {"fixed_target": 1, "rate": 0.05}})";
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (const Recorder& recorder : recorders()) {
    const Loaded loaded({odd}, c_text(recorder.name));
    if (loaded.code == DOSIMETER_OK) {
      ++taken;
    } else {
      ++refused;
      CHECK(loaded.code == DOSIMETER_DOCUMENT_REFUSED);
      const dosimeter_diagnostic last = loaded.at(loaded.count() - 1);
      CHECK(last.is_error == 1);
      CHECK(std::string(loaded.error.message) == words(last.whole));
      if (recorder.local) {
        CHECK(words(last.message).find(recorder.name) == 0);
        CHECK(last.line > 0);
        CHECK(words(last.code).substr(0, 9) == "document_");
      }
    }
  }
  CHECK(taken > 1);
  CHECK(refused > 8);

  const std::string without_type = R"([{"RuleName": "good", "ResourceARN": "*", "Priority": 1,
    "FixedRate": 0.1, "ReservoirSize": 5, "ServiceName": "*", "ServiceType": "*", "Host": "*",
    "HTTPMethod": "*", "URLPath": "*", "Version": 1},
   {"SamplingRuleRecords": [{"SamplingRule": {
    "RuleName": "lacking", "ResourceARN": "*", "Priority": 2, "FixedRate": 0.1, "ReservoirSize": 5,
    "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "*",
    "Version": 1}}]}])";
  std::size_t failing = 0;
  for (const Recorder& recorder : recorders()) {
    const Loaded loaded({without_type}, c_text(recorder.name));
    if (loaded.code == DOSIMETER_OK) continue;
    ++failing;
    const dosimeter_diagnostic last = loaded.at(loaded.count() - 1);
    CHECK(words(last.code) == "rules_refused_by_recorder");
    CHECK(words(last.file) == "0.json");
    CHECK(last.line > 0);
    CHECK(words(last.rule).size() > 3);
  }
  CHECK(failing > 0);
}

TEST_CASE("c load: every recorder makes of a document what it makes of it in C++") {
  const auto rule = [](const char* name, const char* parts) {
    return std::string(R"({"SamplingRule": {"RuleName": ")") + name +
           R"(", "ResourceARN": "*", "Priority": 1, "FixedRate": 0.1, "ReservoirSize": 5,
             "ServiceName": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "*", )" +
           parts + "}}";
  };
  const std::string document =
      R"({"SamplingRuleRecords": [)" +
      rule("whole", R"("ServiceType": "*", "Version": 1, "Attributes": {})") + "," +
      rule("typeless", R"("Version": 1, "Attributes": {})") + "," +
      rule("attributed", R"("ServiceType": "*", "Version": 1, "Attributes": {"k": "v"})") + "," +
      rule("bare", R"("ServiceType": "*", "Version": 1)") + "]}";
  const rules::Source source{"0.json", document};
  const rules::LoadResult read = rules::load_rules({&source, 1});
  REQUIRE(read.ok());
  std::size_t refused = 0;
  std::size_t ignored = 0;
  for (const Recorder& recorder : recorders()) {
    RuleSetBuilder builder(recorder);
    for (const rules::RuleEntry& entry : read.document->rules) builder.add(entry.rule);
    const auto expected = std::move(builder).build();
    const Loaded loaded({document}, c_text(recorder.name));
    REQUIRE((loaded.code == DOSIMETER_OK) == expected.has_value());
    if (!expected) {
      ++refused;
      continue;
    }
    const auto names = expected.value().rules();
    REQUIRE(dosimeter_rule_set_rule_count(loaded.rule_set) == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      CHECK(words(dosimeter_rule_set_rule_name(loaded.rule_set, i)) == names[i].name());
    }
    for (const IgnoredRule& left_out : expected.value().ignored()) {
      const auto* got = dosimeter_rule_set_ignored(
          loaded.rule_set, static_cast<std::size_t>(&left_out - expected.value().ignored().data()));
      REQUIRE(got != nullptr);
      CHECK(words(got->name) == left_out.rule.name());
      ++ignored;
    }
  }
  CHECK(refused > 0);
  CHECK(ignored > 0);
}

TEST_CASE("c load: no sources are no rules") {
  dosimeter_rule_set* rule_set = nullptr;
  CHECK(dosimeter_rules_load(nullptr, 0, {}, &rule_set, nullptr, nullptr) == DOSIMETER_OK);
  CHECK(dosimeter_rule_set_rule_count(rule_set) == 1);
  dosimeter_rule_set_destroy(rule_set);
}

TEST_CASE("c load: wrong arguments are refused") {
  const dosimeter_source source{c_text("x"), c_text(kRule)};
  dosimeter_error error;
  auto* rule_set = reinterpret_cast<dosimeter_rule_set*>(&error);
  auto* diagnostics = reinterpret_cast<dosimeter_diagnostics*>(&error);
  CHECK(dosimeter_rules_load(&source, 1, c_text("nobody"), &rule_set, &diagnostics, &error) ==
        DOSIMETER_UNKNOWN_RECORDER);
  CHECK(rule_set == nullptr);
  CHECK(diagnostics == nullptr);
  CHECK(error.code == DOSIMETER_UNKNOWN_RECORDER);
  CHECK(std::string(error.where) == "recorder");
  CHECK(dosimeter_rules_load(nullptr, 1, {}, &rule_set, &diagnostics, &error) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_rules_load(&source, 1, {}, nullptr, &diagnostics, &error) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(dosimeter_diagnostics_count(nullptr) == 0);
  dosimeter_diagnostic diagnostic;
  CHECK(dosimeter_diagnostics_get(nullptr, 0, &diagnostic) == DOSIMETER_BAD_ARGUMENT);
  dosimeter_diagnostics_destroy(nullptr);
  const Loaded loaded({""});
  CHECK(dosimeter_diagnostics_get(loaded.diagnostics, loaded.count(), &diagnostic) ==
        DOSIMETER_BAD_ARGUMENT);
  CHECK(diagnostic.whole.data == nullptr);
  CHECK(dosimeter_diagnostics_get(loaded.diagnostics, 0, nullptr) == DOSIMETER_BAD_ARGUMENT);
}

TEST_CASE("c load: a document that runs out of memory is an error, and nothing leaks") {
  std::size_t failures = 0;
  for (std::size_t allowed = 0;; ++allowed) {
    const dosimeter_source source{c_text("x.json"), c_text(kRule)};
    dosimeter_rule_set* rule_set = nullptr;
    dosimeter_diagnostics* diagnostics = nullptr;
    dosimeter_error error;
    int code = DOSIMETER_OK;
    {
      const AllocationLimit limit(allowed);
      code = dosimeter_rules_load(&source, 1, {}, &rule_set, &diagnostics, &error);
    }
    CHECK(error.code == code);
    if (code == DOSIMETER_OK) {
      dosimeter_rule_set_destroy(rule_set);
      dosimeter_diagnostics_destroy(diagnostics);
      break;
    }
    ++failures;
    REQUIRE(code == DOSIMETER_OUT_OF_MEMORY);
    REQUIRE(rule_set == nullptr);
    REQUIRE(diagnostics == nullptr);
  }
  CHECK(failures > 50);
}
