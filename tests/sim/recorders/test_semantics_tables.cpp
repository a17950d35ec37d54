#include "sim/recorders/choice_list.h"
#include "sim/recorders/recorder_profile.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/// docs/semantics.md has tables that come from the code: each stands between a line `<!-- table:
/// NAME -->` and an empty line. With DOSIMETER_UPDATE_DOCUMENTS in the environment they are written
/// instead of compared.
using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

constexpr const char* kDocument = DOSIMETER_SOURCE_DIR "/docs/semantics.md";

std::string recorder_table() {
  std::string table =
      "| recorder | what it is | rules | source | files | patterns | selection |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const Recorder& recorder : recorders()) {
    const RecorderSource& source = recorder.source;
    std::string row = "| `" + std::string(recorder.name) + "` | " + std::string(recorder.title);
    row += recorder.reads_central_rules ? " | central" : " | ";
    row += !recorder.local ? "" : recorder.reads_central_rules ? ", local" : "local";
    row += " | " + std::string(source.repository);
    if (!source.revision.empty()) row += " at " + std::string(source.revision);
    row += " | " + std::string(source.files) + " | ";
    row += std::string(evidence_name(source.pattern_evidence)) + " | " +
           std::string(evidence_name(source.rule_evidence)) + " |\n";
    table += row;
  }
  return table;
}

/// One row: what is documented, then each other value with the recorders that have it, in the order
/// of the recorders.
struct Row {
  std::string key;
  std::string documented;
  std::vector<std::pair<std::string, std::string>> others;
};

std::string to_text(const Row& row) {
  std::string others;
  for (const auto& [meaning, names] : row.others) {
    others += (others.empty() ? "" : "; ") + meaning + ": " + names;
  }
  return "| `" + row.key + "` | " + row.documented + " | " + others + " |\n";
}

/// The choices of one group: `documented` comes first and gives the rows.
std::string choice_table(ChoiceTopic topic, std::string_view title) {
  std::vector<Row> rows;
  for (const Recorder& recorder : recorders()) {
    const RecorderProfile profile = profile_of(recorder);
    for (const ChoiceGroup& group : profile.groups) {
      if (group.topic != topic || group.title != title) continue;
      for (std::size_t i = 0; i < group.lines.size(); ++i) {
        const ChoiceLine& line = group.lines[i];
        if (recorder.name == kDocumentedRecorder.name) {
          rows.push_back({std::string(line.key), std::string(line.meaning), {}});
        }
        if (!line.departs) continue;
        auto& others = rows.at(i).others;
        auto same = std::find_if(others.begin(), others.end(),
                                 [&](const auto& other) { return other.first == line.meaning; });
        if (same == others.end())
          same = others.insert(others.end(), {std::string(line.meaning), ""});
        same->second += (same->second.empty() ? "" : ", ") + std::string(recorder.name);
      }
    }
  }
  std::string table = "| choice | documented | otherwise |\n|---|---|---|\n";
  for (const Row& row : rows) table += to_text(row);
  return table;
}

/// What a recorder does otherwise with local documents than with central rules.
std::string local_table(ChoiceTopic topic) {
  std::string table = "| recorder | choice | with local documents |\n|---|---|---|\n";
  for (const Recorder& recorder : recorders()) {
    const RecorderProfile profile = profile_of(recorder);
    for (const ChoiceGroup& group : profile.groups) {
      if (group.topic != topic) continue;
      for (const ChoiceLine& line : group.lines) {
        table += "| `" + std::string(recorder.name) + "` | `" + std::string(line.key) + "` | " +
                 std::string(line.meaning) + " |\n";
      }
    }
  }
  return table;
}

/// By the name in the document.
std::string table_of(const std::string& name) {
  if (name == "recorders") return recorder_table();
  if (name == "local documents") return local_table(ChoiceTopic::local);
  if (name == "local reservoirs") return local_table(ChoiceTopic::local_reservoir);
  for (const ChoiceGroup& group : profile_of(kDocumentedRecorder).groups) {
    if (group.title == name) return choice_table(group.topic, group.title);
  }
  return "no table is called " + name + "\n";
}

std::string read_document() {
  std::ifstream file(kDocument);
  REQUIRE(file.is_open());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The document with every table as it should be; `names` gets what they are called.
std::string with_tables(const std::string& document, std::vector<std::string>& names) {
  static const std::string mark = "<!-- table: ";
  std::istringstream lines(document);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    result += line + "\n";
    if (!line.starts_with(mark)) continue;
    names.push_back(line.substr(mark.size(), line.rfind(" -->") - mark.size()));
    result += table_of(names.back());
    while (std::getline(lines, line) && !line.empty()) {
    }
    result += "\n";
  }
  return result;
}

}  // namespace

TEST_CASE("semantics: the tables of the document are those of the code, and all are there") {
  const std::string document = read_document();
  std::vector<std::string> names;
  const std::string right = with_tables(document, names);
  if (std::getenv("DOSIMETER_UPDATE_DOCUMENTS") != nullptr) {
    std::ofstream(kDocument) << right;
    return;
  }
  CHECK(document == right);

  std::vector<std::string> expected = {"recorders", "local documents", "local reservoirs"};
  for (const ChoiceGroup& group : profile_of(kDocumentedRecorder).groups) {
    expected.emplace_back(group.title);
  }
  std::sort(names.begin(), names.end());
  std::sort(expected.begin(), expected.end());
  CHECK(names == expected);
}
