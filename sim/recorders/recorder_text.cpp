#include "sim/recorders/recorder_text.h"

#include "sim/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

using Align = TextTable::Align;

/// As wide as the longest name of one choice.
constexpr std::size_t kNameWidth = 42;

/// `Fields:` is easier to find than `Fields` among indented lines.
std::string heading(std::string_view title) {
  return fmt::format("\n{}:\n", title);
}

std::string_view rules_text(const Recorder& recorder) {
  if (!recorder.reads_central_rules) return "local";
  return recorder.local ? "central, local" : "central";
}

std::string evidence_text(Evidence evidence) {
  switch (evidence) {
    case Evidence::documented:
      return "documented by AWS";
    case Evidence::read:
      return "read in its source";
    case Evidence::run:
      return "read in its source and seen by running it";
  }
  return "";
}

/// `aws/aws-xray-sdk-go at 9e7a6072`.
std::string source_text(const RecorderSource& source) {
  if (source.revision.empty()) return std::string(source.repository);
  return fmt::format("{} at {}", source.repository, source.revision);
}

/// Where the choices come from and how they are known.
std::string source_lines(const Recorder& recorder) {
  const RecorderSource& source = recorder.source;
  std::string text = "  " + source_text(source) + "\n";
  if (!source.files.empty()) text += fmt::format("  {}\n", source.files);
  if (source.pattern_evidence == source.rule_evidence) {
    return text + fmt::format("  {}\n", evidence_text(source.rule_evidence));
  }
  return text + fmt::format("  patterns {}, rules {}\n", evidence_text(source.pattern_evidence),
                            evidence_text(source.rule_evidence));
}

std::string_view of_array(std::string_view key) {
  return key.substr(0, key.find('.'));
}

std::string_view element(std::string_view key) {
  return key.substr(key.find('.') + 1);
}

/// Departing choices; elements of one array with one value are one line.
struct Departure {
  ChoiceLine first;
  std::string name;
};

std::vector<Departure> departures_of(const ChoiceGroup& group) {
  std::vector<Departure> departures;
  for (const ChoiceLine& line : group.lines) {
    if (!line.departs) continue;
    const auto same = std::find_if(departures.begin(), departures.end(), [&](const Departure& d) {
      return line.key.find('.') != std::string_view::npos &&
             of_array(d.first.key) == of_array(line.key) && d.first.value == line.value;
    });
    if (same == departures.end()) {
      departures.push_back({line, std::string(line.name)});
    } else {
      same->name += fmt::format(", {}", element(line.key));
    }
  }
  return departures;
}

/// In lines of at most kNameWidth characters, broken after commas.
std::vector<std::string> wrapped(std::string_view name) {
  std::vector<std::string> lines;
  while (name.size() > kNameWidth) {
    const std::size_t comma = name.rfind(", ", kNameWidth - 1);
    if (comma == std::string_view::npos) break;
    lines.emplace_back(name.substr(0, comma + 1));
    name.remove_prefix(comma + 2);
  }
  lines.emplace_back(name);
  return lines;
}

std::string departure_lines(const RecorderProfile& profile) {
  TextTable table({Align::left, Align::left});
  for (const ChoiceGroup& group : profile.groups) {
    const bool local =
        group.topic == ChoiceTopic::local || group.topic == ChoiceTopic::local_reservoir;
    const std::string_view where = local ? "local: " : "";
    for (const Departure& departure : departures_of(group)) {
      std::string_view meaning = departure.first.meaning;
      for (const std::string& name : wrapped(departure.name)) {
        table.add({fmt::format("  {}{}", where, name), std::string(meaning)});
        meaning = "";
      }
    }
  }
  return table.to_string();
}

}  // namespace

std::string write_recorder_list(std::span<const RecorderProfile> profiles) {
  TextTable table({Align::left, Align::left, Align::left, Align::left, Align::left, Align::right});
  table.add({"recorder", "", "rules", "patterns", "selection", "departures"});
  for (const RecorderProfile& profile : profiles) {
    const Recorder& recorder = *profile.recorder;
    table.add({std::string(recorder.name), std::string(recorder.title),
               std::string(rules_text(recorder)),
               std::string(evidence_name(recorder.source.pattern_evidence)),
               std::string(evidence_name(recorder.source.rule_evidence)),
               fmt::format("{}", profile.departures())});
  }
  std::string text = fmt::format(
      "How a recorder matches a pattern and how it selects a rule is known by documentation, by "
      "reading its\n"
      "source, or by running it too. Departures are choices made otherwise than by {}.\n\n{}",
      kDocumentedRecorder.name, table.to_string());
  for (const RecorderProfile& profile : profiles) {
    const Recorder& recorder = *profile.recorder;
    text += fmt::format("\n{}: {}\n{}", recorder.name, recorder.title, source_lines(recorder));
    text += departure_lines(profile);
  }
  return text;
}

std::string write_recorder(const RecorderProfile& profile) {
  const Recorder& recorder = *profile.recorder;
  std::string text =
      fmt::format("{}: {}\n{}", recorder.name, recorder.title, source_lines(recorder));
  if (!recorder.reads_central_rules) {
    text +=
        "  reads no central rules; it is given them as if they had been written as its local "
        "document\n";
  } else if (!recorder.local) {
    text += "  does not read local documents\n";
  }
  const std::size_t departures = profile.departures();
  text +=
      fmt::format("\n{} {} from {}, marked with !\n", departures,
                  departures == 1 ? "choice departs" : "choices depart", kDocumentedRecorder.name);
  for (const ChoiceGroup& group : profile.groups) {
    TextTable table({Align::left, Align::left, Align::left});
    for (const ChoiceLine& line : group.lines) {
      table.add({fmt::format("{} {}", line.departs ? "!" : " ", line.key), std::string(line.value),
                 std::string(line.meaning)});
    }
    text += heading(group.title) + table.to_string();
  }
  return text;
}

}  // namespace dosimeter::sim
