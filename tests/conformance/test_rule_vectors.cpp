#include <dosimeter/explanation.h>
#include <dosimeter/raw_request.h>
#include <dosimeter/rule_set.h>
#include <dosimeter/rules/load.h>

#include "tests/conformance/vector_file.h"
#include "tests/support/catch.h"

#include <cstdlib>
#include <deque>
#include <optional>
#include <string>
#include <vector>

using namespace dosimeter;
using json = nlohmann::ordered_json;

namespace {

/// The request of a vector, verbatim, and what its views point to.
class VectorRequest {
 public:
  explicit VectorRequest(const json& request) {
    raw_.service_name = text(request, "service");
    raw_.service_type = text(request, "service_type");
    raw_.host = text(request, "host");
    raw_.http_method = text(request, "method");
    raw_.path = text(request, "path");
    raw_.url = text(request, "url");
    raw_.resource_arn = text(request, "resource_arn");
    const json attributes = request.value("attributes", json::object());
    for (const auto& [key, value] : attributes.items()) {
      const bool is_text = value.is_string();
      attributes_.push_back({keep(key), keep(is_text ? value.get<std::string>() : value.dump()),
                             is_text ? AttributeType::text : AttributeType::other});
    }
    raw_.attributes = attributes_;
  }

  /// As the recorder sees it: only a full URL leaves it anything to choose.
  Request seen_by(const Recorder& recorder) {
    Request request{.service_name = raw_.service_name,
                    .service_type = raw_.service_type,
                    .host = raw_.host,
                    .http_method = raw_.http_method,
                    .url_path = raw_.path,
                    .resource_arn = raw_.resource_arn,
                    .attributes = raw_.attributes};
    if (raw_.url) {
      view_.emplace(recorder.text);
      request.url_path = view_->view(raw_).url_path;
    }
    return request;
  }

 private:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  FieldText text(const json& request, const char* key) {
    if (!request.contains(key)) return std::nullopt;
    return keep(request.at(key).get<std::string>());
  }

  std::deque<std::string> texts_;
  std::vector<Attribute> attributes_;
  RawRequest raw_;
  std::optional<RecorderView> view_;
};

/// The rules of a vector as GetSamplingRules would return them.
std::string returned_document(const json& rules, const json& defaults) {
  json records = json::array();
  for (const json& rule : rules) {
    json whole = defaults;
    whole.update(rule);
    for (const json& key : rule.value("without", json::array())) {
      whole.erase(key.get<std::string>());
    }
    whole.erase("without");
    records.push_back({{"SamplingRule", whole}});
  }
  return json{{"SamplingRuleRecords", records}}.dump();
}

/// The rule's name; "(none)" where the recorder falls back to a sampler of its own, "(error)" where
/// it ends with an error.
std::string selected(const std::string& document, VectorRequest& request,
                     const Recorder& recorder) {
  const rules::Source source{"vector", document};
  rules::LoadResult loaded = rules::load_rules({&source, 1});
  for (const auto& diagnostic : loaded.diagnostics) INFO(rules::to_string(diagnostic));
  REQUIRE(loaded.ok());
  RuleSetBuilder builder(recorder, loaded.document->kind);
  for (rules::RuleEntry& entry : loaded.document->rules) builder.add(std::move(entry.rule));
  const auto built = std::move(builder).build();
  if (!built) {
    CHECK(built.error().code == ErrorCode::rules_refused_by_recorder);
    return "(error)";
  }
  const RuleSet& rules = built.value();
  const Request seen = request.seen_by(recorder);
  const Explanation explanation = explain(rules, seen);
  if (explanation.broken) return "(error)";
  MatchScratch scratch;
  const RuleIndex matched = rules.match(seen, scratch);
  // Whatever the slow way says, the fast way says too.
  CHECK(matched == explanation.selected.value_or(rules.fallback_index()));
  if (!explanation.selected) return "(none)";
  return rules.rules()[*explanation.selected].name();
}

std::string expected_text(const json& rule) {
  if (rule.is_null()) return "(none)";
  return rule.is_string() ? rule.get<std::string>() : "(error)";
}

/// Runs a vector on every recorder that it names; returns how many.
std::size_t run(const json& vector, const std::string& document) {
  INFO(vector.at("name").get<std::string>());
  VectorRequest request(vector.at("request"));
  std::size_t count = 0;
  for (const json& expectation : vector.at("expected")) {
    for (const json& name : expectation.at("recorders")) {
      INFO(name.get<std::string>());
      const Recorder* recorder = find_recorder(name.get<std::string>());
      REQUIRE(recorder != nullptr);
      CHECK(selected(document, request, *recorder) == expected_text(expectation.at("rule")));
      ++count;
    }
  }
  return count;
}

/// Puts a vector to every recorder that knows such rules; one alone where DOSIMETER_TEST_RECORDER
/// names it.
void run_on_all(const json& vector, const std::string& document, RuleKind kind) {
  INFO(vector.at("name").get<std::string>());
  VectorRequest request(vector.at("request"));
  const char* only = std::getenv("DOSIMETER_TEST_RECORDER");
  for (const Recorder& recorder : recorders()) {
    if (only != nullptr && recorder.name != only) continue;
    if (kind == RuleKind::local && !recorder.local) continue;
    const std::string name(recorder.name);
    INFO(name);
    const json differs = vector.value("differs", json::object());
    const json& expected = differs.contains(name) ? differs.at(name) : vector.at("rule");
    CHECK(selected(document, request, recorder) == expected_text(expected));
  }
}

}  // namespace

TEST_CASE("rule vectors: no row of the table has changed unseen") {
  const json file = vector_file("selections.json");
  const json defaults = vector_file("rules.json").at("rule_defaults");
  CHECK(file.at("central").size() > 500);
  CHECK(file.at("local").size() > 250);
  for (const json& vector : file.at("central")) {
    run_on_all(vector, returned_document(vector.at("rules"), defaults), RuleKind::central);
  }
  for (const json& vector : file.at("local")) {
    run_on_all(vector, vector.at("document").dump(), RuleKind::local);
  }
}

TEST_CASE("rule vectors: every recorder selects the rule that it was seen, or read, to select") {
  const json file = vector_file("rules.json");
  std::size_t checks = 0;
  for (const json& vector : file.at("central")) {
    checks += run(vector, returned_document(vector.at("rules"), file.at("rule_defaults")));
  }
  CHECK(file.at("central").size() == 62);
  // 39 on the six X-Ray SDKs, the others on the eight OpenTelemetry samplers as well.
  CHECK(checks == 39 * 6 + 23 * 14);
}

TEST_CASE("rule vectors: local documents are matched as each recorder matches them") {
  const json file = vector_file("rules.json");
  std::size_t checks = 0;
  for (const json& vector : file.at("local")) {
    checks += run(vector, vector.at("document").dump());
  }
  CHECK(checks == 5 * 7);
}
