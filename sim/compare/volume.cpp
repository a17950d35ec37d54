#include "sim/compare/volume.h"

#include "sim/compare/choice_difference.h"
#include "sim/predict/case_predictor.h"

namespace dosimeter::sim {
namespace {

/// A recorder's reservoirs and how instances share them.
struct Reservoirs {
  ReservoirBehaviour behaviour;
  FleetSettings fleet;
};

void copy_windows(const Reservoirs& from, Reservoirs& to) {
  const ReservoirChoices& choices = from.behaviour.choices;
  to.behaviour.choices.window = choices.window;
  to.behaviour.choices.clock = choices.clock;
  to.behaviour.choices.bucket_count = choices.bucket_count;
  to.behaviour.choices.backward_clock = choices.backward_clock;
}

void copy_default_reservoir(const Reservoirs& from, Reservoirs& to) {
  to.behaviour.choices.default_reservoir = from.behaviour.choices.default_reservoir;
}

void copy_quotas(const Reservoirs& from, Reservoirs& to) {
  to.behaviour.quota = from.behaviour.quota;
  to.fleet = from.fleet;
}

void copy_draw(const Reservoirs& from, Reservoirs& to) {
  to.behaviour.choices.draw = from.behaviour.choices.draw;
}

void copy_upstream(const Reservoirs& from, Reservoirs& to) {
  to.behaviour.choices.decided_upstream = from.behaviour.choices.decided_upstream;
}

struct Group {
  std::string_view key;
  std::string_view name;
  void (*copy)(const Reservoirs& from, Reservoirs& to);
};

constexpr Group kGroups[] = {
    {"window", "when a reservoir refills", copy_windows},
    {"default_reservoir", "who drains Default's reservoir", copy_default_reservoir},
    {"quota", "how instances share a reservoir", copy_quotas},
    {"draw", "how the rate is drawn", copy_draw},
    {"decided_upstream", "whether requests decided upstream drain reservoirs", copy_upstream},
};

bool same(const Reservoirs& a, const Reservoirs& b) {
  return a.behaviour.choices == b.behaviour.choices && a.behaviour.quota == b.behaviour.quota &&
         a.fleet.mode == b.fleet.mode;
}

Reservoirs reservoirs_of(const Report& report) {
  return {behaviour_of(report.rules.recorder(), report.fleet.mode), report.fleet};
}

VolumeShift shift(std::string_view key, std::string_view name, const Prediction& flipped,
                  const Prediction& a) {
  VolumeShift shift{key, name, flipped.total.recorded.expected - a.total.recorded.expected, {}};
  if (flipped.month && a.month) {
    shift.usd_per_month = flipped.month->usd.expected - a.month->usd.expected;
  }
  return shift;
}

/// What the selection of `selected` comes to with these reservoirs.
Prediction predicted(const Report& selected, const Reservoirs& reservoirs) {
  CasePredictor predictor(selected.rules, selected.replay, reservoirs.fleet, reservoirs.behaviour,
                          selected.settings);
  return predictor(predictor.model().main_case());
}

}  // namespace

VolumeComparison compare_volume(const Report& a, const Report& b) {
  VolumeComparison volume;
  if (!a.replay.span || !b.replay.span) return volume;
  const Reservoirs of_a = reservoirs_of(a);
  const Reservoirs of_b = reservoirs_of(b);
  if (!choice_differences(a.rules.recorder(), b.rules.recorder(), a.kind).empty()) {
    volume.shifts.push_back(
        shift("rules", "which rule has a request", predicted(b, of_a), a.prediction));
  }
  for (const Group& group : kGroups) {
    Reservoirs flipped = of_a;
    group.copy(of_b, flipped);
    if (same(flipped, of_a)) continue;
    volume.shifts.push_back(shift(group.key, group.name, predicted(a, flipped), a.prediction));
  }
  const VolumeShift all = shift("", "", b.prediction, a.prediction);
  volume.remainder = all.recorded;
  volume.usd_remainder = all.usd_per_month;
  for (const VolumeShift& part : volume.shifts) {
    volume.remainder -= part.recorded;
    if (volume.usd_remainder && part.usd_per_month) *volume.usd_remainder -= *part.usd_per_month;
  }
  return volume;
}

}  // namespace dosimeter::sim
