#include "sim/recorders/choice_list.h"
#include "sim/recorders/recorder_json.h"
#include "sim/recorders/recorder_profile.h"
#include "sim/recorders/recorder_text.h"
#include "tests/support/catch.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

std::vector<std::string> departing_keys(const RecorderProfile& profile, ChoiceTopic topic) {
  std::vector<std::string> keys;
  for (const ChoiceGroup& group : profile.groups) {
    for (const ChoiceLine& line : group.lines) {
      if (group.topic == topic && line.departs) keys.emplace_back(line.key);
    }
  }
  return keys;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    widest = std::max(widest, end - start);
    start = end + 1;
  }
  return widest;
}

/// A recorder that departs in one choice of each kind.
Recorder made_up() {
  Recorder recorder;
  recorder.name = "made-up";
  recorder.title = "a recorder of this test";
  recorder.source = {"somebody/something", "abcdef12", "src/sampling", Evidence::run,
                     Evidence::read};
  recorder.match.absent_field.fill(AbsentField::matches_none);
  recorder.match.question_mark = QuestionMark::one_byte;
  recorder.local->match = recorder.match;
  recorder.local->match.absent_host = AbsentHost::waives_every_field;
  recorder.text.host_port = HostPort::removed;
  recorder.reservoir.draw = DrawComparison::at_most_rate;
  recorder.local->reservoir = recorder.reservoir;
  recorder.local->reservoir.window = ReservoirWindow::rounded_second;
  recorder.quota.use = QuotaUse::never_used;
  return recorder;
}

}  // namespace

TEST_CASE("profile: documented departs from nothing") {
  CHECK(profile_of(kDocumentedRecorder).departures() == 0);
}

TEST_CASE("profile: every choice of the structs is there once") {
  const RecorderProfile profile = profile_of(kDocumentedRecorder);
  std::size_t lines = 0;
  for (const ChoiceGroup& group : profile.groups) {
    CHECK_FALSE(group.lines.empty());
    lines += group.lines.size();
  }
  CHECK(lines == match_choices().size() + text_choices().size() + reservoir_choices().size() +
                     quota_choices().size() + document_choices().size());
}

TEST_CASE("profile: what departs is told by topic, of local documents only what differs") {
  const Recorder recorder = made_up();
  const RecorderProfile profile = profile_of(recorder);
  using Keys = std::vector<std::string>;
  CHECK(departing_keys(profile, ChoiceTopic::central) ==
        Keys{"absent_field.ServiceName", "absent_field.ServiceType", "absent_field.Host",
             "absent_field.HTTPMethod", "absent_field.URLPath", "absent_field.ResourceARN",
             "question_mark"});
  CHECK(departing_keys(profile, ChoiceTopic::local) == Keys{"absent_host"});
  CHECK(departing_keys(profile, ChoiceTopic::text) == Keys{"host_port"});
  CHECK(departing_keys(profile, ChoiceTopic::reservoir) == Keys{"draw"});
  CHECK(departing_keys(profile, ChoiceTopic::local_reservoir) == Keys{"window"});
  CHECK(departing_keys(profile, ChoiceTopic::quota) == Keys{"use"});
  CHECK(departing_keys(profile, ChoiceTopic::document).empty());
  CHECK(profile.departures() == 12);
}

TEST_CASE("recorder text: elements of an array that share a value share a line") {
  const Recorder recorder = made_up();
  const RecorderProfile profile = profile_of(recorder);
  CHECK(write_recorder_list({&profile, 1}) ==
        "How a recorder matches a pattern and how it selects a rule is known by documentation, by "
        "reading its\n"
        "source, or by running it too. Departures are choices made otherwise than by documented.\n"
        "\n"
        "  recorder                           rules           patterns  selection  departures\n"
        "  made-up   a recorder of this test  central, local  run       read               12\n"
        "\n"
        "made-up: a recorder of this test\n"
        "  somebody/something at abcdef12\n"
        "  src/sampling\n"
        "  patterns read in its source and seen by running it, rules read in its source\n"
        "    absent ServiceName, ServiceType, Host,  an absent one matches no pattern\n"
        "    HTTPMethod, URLPath, ResourceARN\n"
        "    question mark                           `?` is one byte\n"
        "    local: request without a host           without a host every rule applies, whatever "
        "its method and path\n"
        "    port of the host                        the host is compared without its port\n"
        "    draw                                    a draw at or below the rate keeps the "
        "request\n"
        "    local: window                           the size may be taken once in a second that "
        "begins at .5\n"
        "    quota                                   no quota is ever spent\n");
}

TEST_CASE("recorder text: whoever reads no central rules or no local documents is told") {
  Recorder recorder = made_up();
  CHECK(write_recorder(profile_of(recorder)).find(" reads no ") == std::string::npos);
  CHECK(write_recorder(profile_of(recorder)).find("does not read") == std::string::npos);
  recorder.reads_central_rules = false;
  CHECK(write_recorder(profile_of(recorder)).find("\n  reads no central rules;") !=
        std::string::npos);
  recorder.reads_central_rules = true;
  recorder.local = std::nullopt;
  CHECK(write_recorder(profile_of(recorder)).find("\n  does not read local documents\n") !=
        std::string::npos);
}

TEST_CASE("recorder text: no line of the table of recorders is much wider than 120 characters") {
  std::vector<RecorderProfile> profiles;
  for (const Recorder& recorder : recorders()) {
    profiles.push_back(profile_of(recorder));
    INFO(recorder.name);
    CHECK(widest_line(write_recorder(profiles.back())) <= 124);
  }
  CHECK(widest_line(write_recorder_list(profiles)) <= 120);
}

TEST_CASE("recorder json: all choices by key, the departing ones again with their meaning") {
  const Recorder recorder = made_up();
  const auto json = nlohmann::json::parse(write_recorder_json(profile_of(recorder)));
  CHECK(json["schema_version"] == kRecorderSchemaVersion);
  CHECK(json["name"] == "made-up");
  CHECK(json["title"] == "a recorder of this test");
  CHECK(json["source"]["repository"] == "somebody/something");
  CHECK(json["source"]["revision"] == "abcdef12");
  CHECK(json["source"]["files"] == "src/sampling");
  CHECK(json["source"]["pattern_evidence"] == "run");
  CHECK(json["source"]["rule_evidence"] == "read");
  CHECK(json["central"].size() == match_choices().size());
  CHECK(json["central"]["question_mark"] == "one_byte");
  CHECK(json["local"]["match"]["absent_host"] == "waives_every_field");
  CHECK(json["local"]["match"]["question_mark"] == "one_byte");
  CHECK(json["local"]["document"].size() == document_choices().size());
  CHECK(json["text"]["host_port"] == "removed");
  CHECK(json["reservoir"]["draw"] == "at_most_rate");
  CHECK(json["local"]["reservoir"]["window"] == "rounded_second");
  CHECK(json["quota"]["use"] == "never_used");
  CHECK(json["departures"].size() == 12);
  CHECK(json["departures"][6]["topic"] == "central");
  CHECK(json["departures"][6]["meaning"] == "`?` is one byte");
}

TEST_CASE("recorder json: what there is not is null") {
  Recorder recorder;
  recorder.local = std::nullopt;
  const auto json = nlohmann::json::parse(write_recorder_json(profile_of(recorder)));
  CHECK(json["local"].is_null());
  CHECK(json["source"]["revision"].is_null());
  CHECK(json["source"]["files"].is_null());
}
