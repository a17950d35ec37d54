#include "sim/cli/recorders_command.h"

#include "sim/cli/input_text.h"
#include "sim/cli/recorders_help.h"
#include "sim/cli/recorders_options.h"
#include "sim/cli/rule_files.h"
#include "sim/log/byte_source.h"
#include "sim/recorders/check_json.h"
#include "sim/recorders/check_text.h"
#include "sim/recorders/recorder_json.h"
#include "sim/recorders/recorder_text.h"

namespace dosimeter::sim {
namespace {

std::string list_text(bool json) {
  std::vector<RecorderProfile> profiles;
  for (const Recorder& recorder : recorders()) profiles.push_back(profile_of(recorder));
  return json ? write_recorder_list_json(profiles) : write_recorder_list(profiles);
}

std::string one_text(const Recorder& recorder, bool json) {
  const RecorderProfile profile = profile_of(recorder);
  return json ? write_recorder_json(profile) : write_recorder(profile);
}

std::vector<const Recorder*> checked_recorders(const RecordersOptions& options) {
  if (!options.named.empty()) return options.named;
  std::vector<const Recorder*> all;
  for (const Recorder& recorder : recorders()) all.push_back(&recorder);
  return all;
}

bool is_local(rules::DocumentShape shape) {
  return shape == rules::DocumentShape::local_version_1 ||
         shape == rules::DocumentShape::local_version_2;
}

/// What recorders read is not what we would: a local document is put to them whatever we find wrong
/// with it.
Result<DocumentReport, Failure> check_document(const std::string& path,
                                               std::span<const Recorder* const> recorders,
                                               Console& console) {
  auto text = read_input_text(path, rules::kMaximumDocumentBytes);
  if (!text) return text.error();
  const rules::Source source{name_in_place(path), text.value()};
  const rules::LoadResult loaded = rules::load_rules({&source, 1});
  const std::optional<rules::DocumentShape> shape = loaded.shapes.front();
  // Some read local documents that we do not take for JSON: with comments, say.
  if (shape ? is_local(*shape) : passes_for_local(source))
    return check_local(source, shape, recorders);
  if (!loaded.ok()) return tell_problems(loaded, console);
  return check_central(*loaded.document, recorders);
}

Result<ExitCode, Failure> check(const RecordersOptions& options, Console& console) {
  auto checked = check_document(*options.check, checked_recorders(options), console);
  if (!checked) return checked.error();
  const DocumentReport report = std::move(checked).value();
  const std::string text = options.json ? write_check_json(report) : write_check(report);
  if (auto failure = console.print(text)) return *std::move(failure);
  const bool is_no = !options.named.empty() && !report.accepted_by_all();
  return is_no ? ExitCode::negative : ExitCode::done;
}

}  // namespace

Result<ExitCode, Failure> recorders_command(std::span<const std::string> arguments,
                                            Console& console) {
  auto parsed = RecordersOptions::parse(arguments);
  if (!parsed) return parsed.error();
  const RecordersOptions options = std::move(parsed).value();
  if (options.check && !options.help) return check(options, console);
  const std::string text = options.help    ? std::string(kRecordersHelpText)
                           : options.shown ? one_text(*options.shown, options.json)
                                           : list_text(options.json);
  if (auto failure = console.print(text)) return *std::move(failure);
  return ExitCode::done;
}

}  // namespace dosimeter::sim
