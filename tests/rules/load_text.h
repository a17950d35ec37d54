#pragma once

#include <dosimeter/rules/load.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the tests of rule documents share: texts of rules, and the lines a load says.
namespace dosimeter::rules::test {

inline LoadResult load(std::string_view text, std::string name = "rules.json") {
  const Source source{std::move(name), text};
  return load_rules({&source, 1});
}

// The lines of a load, each after its severity where that is a warning.
inline std::vector<std::string> lines_of(const LoadResult& result) {
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    lines.push_back((diagnostic.severity == Severity::warning ? "warning: " : "") +
                    to_string(diagnostic));
  }
  return lines;
}

inline std::vector<std::string> lines(std::string_view text) {
  return lines_of(load(text));
}

inline std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// A sampling rule on one line, its values as JSON text. A change replaces a field, adds one, or
// with an empty value takes one away.
inline std::string rule_text(const Fields& changes = {}) {
  Fields fields{
      {"RuleName", "\"Cruddur\""}, {"ResourceARN", "\"*\""}, {"Priority", "9000"},
      {"FixedRate", "0.1"},        {"ReservoirSize", "5"},   {"ServiceName", "\"backend-flask\""},
      {"ServiceType", "\"*\""},    {"Host", "\"*\""},        {"HTTPMethod", "\"*\""},
      {"URLPath", "\"*\""},        {"Version", "1"}};
  for (const auto& [key, value] : changes) {
    bool found = false;
    for (auto& field : fields) {
      if (field.first == key) {
        field.second = value;
        found = true;
      }
    }
    if (!found) fields.emplace_back(key, value);
  }
  std::string out;
  for (const auto& [key, value] : fields) {
    if (value.empty()) continue;
    out += (out.empty() ? "{\"" : ", \"") + key + "\": " + value;
  }
  return out + "}";
}

inline std::string create_input(const Fields& changes = {}) {
  return "{\"SamplingRule\":\n" + rule_text(changes) + "\n}";
}

inline std::string get_output(const Fields& changes = {}) {
  return "{\"SamplingRuleRecords\": [{\"SamplingRule\":\n" + rule_text(changes) +
         "\n, \"CreatedAt\": 0.0, \"ModifiedAt\": \"2026-05-04T10:15:02+00:00\"}]}";
}

// The messages without place and rule, each after its severity where that is a warning.
inline std::vector<std::string> messages(std::string_view text) {
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : load(text).diagnostics) {
    out.push_back((diagnostic.severity == Severity::warning ? "warning: " : "") +
                  diagnostic.message);
  }
  return out;
}

}  // namespace dosimeter::rules::test
