#include "sim/recorders/recorder_json.h"

#include "sim/json_text.h"
#include "sim/recorders/choice_list.h"

namespace dosimeter::sim {
namespace {

template <typename Choices>
Json choices_json(std::span<const Choice<Choices>> choices, const Choices& values) {
  Json json = Json::object();
  for (const Choice<Choices>& choice : choices) {
    json[std::string(choice.key)] = choice.value(values);
  }
  return json;
}

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json source_json(const RecorderSource& source) {
  return {{"repository", source.repository},
          {"revision", text_or_null(source.revision)},
          {"files", text_or_null(source.files)},
          {"pattern_evidence", evidence_name(source.pattern_evidence)},
          {"rule_evidence", evidence_name(source.rule_evidence)}};
}

Json departures_json(const RecorderProfile& profile) {
  Json departures = Json::array();
  for (const ChoiceGroup& group : profile.groups) {
    for (const ChoiceLine& line : group.lines) {
      if (!line.departs) continue;
      departures.push_back({{"topic", topic_name(group.topic)},
                            {"key", line.key},
                            {"value", line.value},
                            {"meaning", line.meaning}});
    }
  }
  return departures;
}

Json local_json(const std::optional<LocalChoices>& local) {
  if (!local) return nullptr;
  return {{"match", choices_json(match_choices(), local->match)},
          {"document", choices_json(document_choices(), local->document)},
          {"reservoir", choices_json(reservoir_choices(), local->reservoir)}};
}

void add_recorder(const RecorderProfile& profile, Json& json) {
  const Recorder& recorder = *profile.recorder;
  json["name"] = recorder.name;
  json["title"] = recorder.title;
  json["source"] = source_json(recorder.source);
  json["reads_central_rules"] = recorder.reads_central_rules;
  json["central"] = choices_json(match_choices(), recorder.match);
  json["local"] = local_json(recorder.local);
  json["text"] = choices_json(text_choices(), recorder.text);
  json["reservoir"] = choices_json(reservoir_choices(), recorder.reservoir);
  json["quota"] = choices_json(quota_choices(), recorder.quota);
  json["departures"] = departures_json(profile);
}

}  // namespace

std::string write_recorder_list_json(std::span<const RecorderProfile> profiles) {
  Json recorders = Json::array();
  for (const RecorderProfile& profile : profiles) {
    add_recorder(profile, recorders.emplace_back(Json::object()));
  }
  const Json json = {{"schema_version", kRecorderSchemaVersion},
                     {"recorders", std::move(recorders)}};
  return json_text(json);
}

std::string write_recorder_json(const RecorderProfile& profile) {
  Json json = {{"schema_version", kRecorderSchemaVersion}};
  add_recorder(profile, json);
  return json_text(json);
}

}  // namespace dosimeter::sim
