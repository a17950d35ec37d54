#pragma once

#include <dosimeter/recorder.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// One choice of a recorder, in words. Views of what lives as long as the program.
struct ChoiceLine {
  std::string_view key;
  std::string_view name;
  std::string_view value;
  std::string_view meaning;
  /// Whether `documented` chooses otherwise.
  bool departs = false;
};

/// What a group of choices is about.
enum class ChoiceTopic : unsigned char {
  central,  // how central rules are matched
  local,    // how local documents are, where that differs
  text,     // what the rules see of a request, and how its header is read
  reservoir,
  local_reservoir,  // of local documents, where it differs from that of central rules
  quota,
  document,  // which local documents are taken
};

struct ChoiceGroup {
  ChoiceTopic topic{};
  std::string_view title;
  std::vector<ChoiceLine> lines;
};

/// All choices of a recorder. Groups without a line are left out.
struct RecorderProfile {
  const Recorder* recorder = nullptr;
  std::vector<ChoiceGroup> groups;

  [[nodiscard]] std::size_t departures() const noexcept;
};

/// `recorder` must outlive the profile.
[[nodiscard]] RecorderProfile profile_of(const Recorder& recorder);

/// `central`, `local`, `text`, `reservoir`, `local_reservoir`, `quota`, `document`.
[[nodiscard]] std::string_view topic_name(ChoiceTopic topic) noexcept;

/// `documented`, `read`, `run`.
[[nodiscard]] std::string_view evidence_name(Evidence evidence) noexcept;

}  // namespace dosimeter::sim
