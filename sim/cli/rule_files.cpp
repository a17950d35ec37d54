#include "sim/cli/rule_files.h"

#include <dosimeter/rules/check.h>

#include "sim/cli/input_text.h"
#include "sim/log/byte_source.h"

namespace dosimeter::sim {
namespace {

std::string to_string(const rules::Location& location) {
  if (location.line == 0) return location.file;
  return location.file + ":" + std::to_string(location.line) + ":" +
         std::to_string(location.column);
}

}  // namespace

Failure tell_problems(const rules::LoadResult& loaded, Console& console) {
  std::vector<std::string> errors;
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    if (diagnostic.severity == rules::Severity::error) {
      errors.push_back(to_string(diagnostic));
    } else {
      console.complain("warning: " + to_string(diagnostic));
    }
  }
  // The errors last, where they are seen.
  for (std::size_t i = 0; i + 1 < errors.size(); ++i) console.complain(errors[i]);
  return {ExitCode::usage, errors.back()};
}

Result<RuleDocument, Failure> read_rule_files(const std::vector<std::string>& paths,
                                              Console& console) {
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
  if (!loaded.ok()) return tell_problems(loaded, console);
  std::vector<Warning> warnings;
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    warnings.push_back({std::string(diagnostic.code), to_string(diagnostic)});
  }

  RuleDocument document{
      {}, loaded.document->kind, std::move(loaded.document->sources), std::move(warnings), ""};
  if (document.kind == RuleKind::local) document.local_text = std::move(texts.front());
  for (rules::RuleEntry& entry : loaded.document->rules) {
    document.rules.push_back(std::move(entry.rule));
  }
  return document;
}

std::optional<Failure> refusal(const RuleDocument& document, const Recorder& recorder) {
  if (document.kind == RuleKind::central) return std::nullopt;
  const std::string name(recorder.name);
  if (!recorder.local) {
    return Failure{ExitCode::usage, "expected central rules, because " + name +
                                        " knows no local documents, got local rules"};
  }
  const rules::Source source{document.sources.front().name, document.local_text};
  const rules::DocumentCheck check = rules::check_local_document(source, recorder);
  const auto failed = [&](std::string_view what) {
    return Failure{ExitCode::usage, to_string(check.location) + ": " + name + std::string(what) +
                                        ": " + check.message};
  };
  switch (check.acceptance) {
    case rules::Acceptance::refused:
      return failed(" refuses the document");
    case rules::Acceptance::partly_loaded:
      return failed(" uses only what stands before this");
    case rules::Acceptance::replaced:
      return failed(" quietly uses its own document instead");
    case rules::Acceptance::accepted:
      break;
  }
  return std::nullopt;
}

Result<RuleSet, Failure> compile_rules(const RuleDocument& document, const Recorder& recorder) {
  if (auto failure = refusal(document, recorder)) return *std::move(failure);
  auto set = RuleSetBuilder(recorder, document.kind).add(document.rules).build();
  if (!set) return Failure{ExitCode::usage, set.error().where + " " + set.error().message};
  return std::move(set).value();
}

Result<LoadedRules, Failure> load_rule_files(const std::vector<std::string>& paths,
                                             const Recorder& recorder, Console& console) {
  auto read = read_rule_files(paths, console);
  if (!read) return read.error();
  RuleDocument document = std::move(read).value();
  auto rules = compile_rules(document, recorder);
  if (!rules) return rules.error();
  return LoadedRules{std::move(rules).value(), document.kind, std::move(document.sources),
                     std::move(document.warnings)};
}

}  // namespace dosimeter::sim
