#include "sim/recorders/recorder_profile.h"

#include "sim/recorders/choice_list.h"

#include <algorithm>
#include <array>

namespace dosimeter::sim {
namespace {

/// Where a group begins in the order of a list of choices.
struct GroupStart {
  std::string_view key;
  std::string_view title;
};

constexpr std::array<GroupStart, 3> kMatchGroups = {{{"field_use.ServiceName", "Fields"},
                                                     {"literal_letter_case", "Patterns"},
                                                     {"attributes", "Rules"}}};
constexpr std::array<GroupStart, 2> kTextGroups = {
    {{"service_type_supply", "What the rules see"}, {"header_blanks", "Trace header"}}};

template <typename Choices>
ChoiceLine line_of(const Choice<Choices>& choice, const Choices& own, const Choices& documented) {
  return {choice.key, choice.name, choice.value(own), choice.meaning(own),
          !choice.same(own, documented)};
}

template <typename Choices>
void add_groups(std::span<const Choice<Choices>> choices, const Choices& own,
                const Choices& documented, ChoiceTopic topic, std::span<const GroupStart> starts,
                std::vector<ChoiceGroup>& groups) {
  for (const Choice<Choices>& choice : choices) {
    const auto start = std::find_if(starts.begin(), starts.end(),
                                    [&](const GroupStart& s) { return s.key == choice.key; });
    if (start != starts.end()) groups.push_back({topic, start->title, {}});
    groups.back().lines.push_back(line_of(choice, own, documented));
  }
}

template <typename Choices>
ChoiceGroup group_of(std::span<const Choice<Choices>> choices, const Choices& own,
                     const Choices& documented, ChoiceTopic topic, std::string_view title) {
  ChoiceGroup group{topic, title, {}};
  for (const Choice<Choices>& choice : choices) {
    group.lines.push_back(line_of(choice, own, documented));
  }
  return group;
}

/// Of local documents nothing but what differs from what the recorder does with central rules.
template <typename Choices>
ChoiceGroup local_group(std::span<const Choice<Choices>> choices, const Choices& local,
                        const Choices& central, const Choices& documented, ChoiceTopic topic,
                        std::string_view title) {
  ChoiceGroup group{topic, title, {}};
  for (const Choice<Choices>& choice : choices) {
    if (!choice.same(local, central)) group.lines.push_back(line_of(choice, local, documented));
  }
  return group;
}

}  // namespace

RecorderProfile profile_of(const Recorder& recorder) {
  const Recorder& documented = kDocumentedRecorder;
  RecorderProfile profile{&recorder, {}};
  std::vector<ChoiceGroup>& groups = profile.groups;
  add_groups(match_choices(), recorder.match, documented.match, ChoiceTopic::central, kMatchGroups,
             groups);
  if (recorder.local && documented.local) {
    groups.push_back(local_group(match_choices(), recorder.local->match, recorder.match,
                                 documented.local->match, ChoiceTopic::local,
                                 "Local documents, where they are matched otherwise"));
  }
  add_groups(text_choices(), recorder.text, documented.text, ChoiceTopic::text, kTextGroups,
             groups);
  groups.push_back(group_of(reservoir_choices(), recorder.reservoir, documented.reservoir,
                            ChoiceTopic::reservoir, "Reservoir"));
  if (recorder.local && documented.local) {
    groups.push_back(local_group(reservoir_choices(), recorder.local->reservoir, recorder.reservoir,
                                 documented.local->reservoir, ChoiceTopic::local_reservoir,
                                 "Reservoir of local documents, where it differs"));
  }
  groups.push_back(
      group_of(quota_choices(), recorder.quota, documented.quota, ChoiceTopic::quota, "Quota"));
  if (recorder.local && documented.local) {
    groups.push_back(group_of(document_choices(), recorder.local->document,
                              documented.local->document, ChoiceTopic::document,
                              "Which local documents it takes"));
  }
  groups.erase(std::remove_if(groups.begin(), groups.end(),
                              [](const ChoiceGroup& group) { return group.lines.empty(); }),
               groups.end());
  return profile;
}

std::size_t RecorderProfile::departures() const noexcept {
  std::size_t count = 0;
  for (const ChoiceGroup& group : groups) {
    count += static_cast<std::size_t>(
        std::count_if(group.lines.begin(), group.lines.end(),
                      [](const ChoiceLine& line) { return line.departs; }));
  }
  return count;
}

std::string_view topic_name(ChoiceTopic topic) noexcept {
  switch (topic) {
    case ChoiceTopic::central:
      return "central";
    case ChoiceTopic::local:
      return "local";
    case ChoiceTopic::text:
      return "text";
    case ChoiceTopic::reservoir:
      return "reservoir";
    case ChoiceTopic::local_reservoir:
      return "local_reservoir";
    case ChoiceTopic::quota:
      return "quota";
    case ChoiceTopic::document:
      return "document";
  }
  return "";
}

std::string_view evidence_name(Evidence evidence) noexcept {
  switch (evidence) {
    case Evidence::documented:
      return "documented";
    case Evidence::read:
      return "read";
    case Evidence::run:
      return "run";
  }
  return "";
}

}  // namespace dosimeter::sim
