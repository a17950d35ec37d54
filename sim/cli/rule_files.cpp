#include "sim/cli/rule_files.h"

#include <dosimeter/rules/load.h>

#include "sim/cli/input_text.h"
#include "sim/log/byte_source.h"

namespace dosimeter::sim {

Result<LoadedRules, Failure> load_rule_files(const std::vector<std::string>& paths,
                                             const Recorder& recorder, Console& console) {
  std::vector<std::string> texts;
  for (const std::string& path : paths) {
    auto text = read_input_text(path, rules::kMaximumDocumentBytes);
    if (!text) return text.error();
    texts.push_back(std::move(text).value());
  }
  std::vector<rules::Source> sources;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    sources.push_back({name_in_place(paths[i]), texts[i]});
  }

  rules::LoadResult loaded = rules::load_rules(sources);
  std::vector<Warning> warnings;
  std::vector<std::string> errors;
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    if (diagnostic.severity == rules::Severity::error) {
      errors.push_back(to_string(diagnostic));
    } else {
      warnings.push_back({std::string(diagnostic.code), to_string(diagnostic)});
    }
  }
  if (!loaded.ok()) {
    // All that is wrong; the errors last, where they are seen.
    for (const Warning& warning : warnings) console.complain("warning: " + warning.message);
    for (std::size_t i = 0; i + 1 < errors.size(); ++i) console.complain(errors[i]);
    return Failure{ExitCode::usage, errors.back()};
  }

  const RuleKind kind = loaded.document->kind;
  if (kind == RuleKind::local && !recorder.local) {
    return Failure{ExitCode::usage, "expected central rules, because " +
                                        std::string(recorder.name) +
                                        " knows no local documents, got local rules"};
  }
  RuleSetBuilder builder(recorder, kind);
  for (rules::RuleEntry& entry : loaded.document->rules) builder.add(std::move(entry.rule));
  auto set = std::move(builder).build();
  if (!set) return Failure{ExitCode::usage, set.error().where + " " + set.error().message};
  return LoadedRules{std::move(set).value(), kind, std::move(loaded.document->sources),
                     std::move(warnings)};
}

}  // namespace dosimeter::sim
