#include "sim/recorders/member_choice.h"

#include <array>

namespace dosimeter::sim {
namespace {

ChoiceWords reservoir_window_words(ReservoirWindow value) noexcept {
  switch (value) {
    case ReservoirWindow::calendar_second:
      return {"calendar_second", "the size may be taken once in a calendar second"};
  }
  return {};
}

ChoiceWords backward_clock_words(BackwardClock value) noexcept {
  switch (value) {
    case BackwardClock::stays_in_window:
      return {"stays_in_window", "a time before the window draws from the window"};
    case BackwardClock::restarts_window:
      return {"restarts_window", "a time before the window starts a new one"};
  }
  return {};
}

ChoiceWords draw_comparison_words(DrawComparison value) noexcept {
  switch (value) {
    case DrawComparison::below_rate:
      return {"below_rate", "a draw below the rate keeps the request"};
    case DrawComparison::at_most_rate:
      return {"at_most_rate", "a draw at or below the rate keeps the request"};
  }
  return {};
}

ChoiceWords decided_upstream_words(DecidedUpstream value) noexcept {
  switch (value) {
    case DecidedUpstream::bypasses_rules:
      return {"bypasses_rules", "a request decided upstream is not put to the rules"};
    case DecidedUpstream::consults_rules:
      return {"consults_rules", "a request decided upstream drains the reservoir all the same"};
  }
  return {};
}

template <auto kMember, auto kWords>
constexpr Choice<ReservoirChoices> choice(std::string_view key, std::string_view name) {
  return member_choice<kMember, kWords, ReservoirChoices>(key, name);
}

constexpr std::array<Choice<ReservoirChoices>, 4> kChoices = {
    choice<&ReservoirChoices::window, reservoir_window_words>("window", "window"),
    choice<&ReservoirChoices::backward_clock, backward_clock_words>("backward_clock",
                                                                    "clock that goes back"),
    choice<&ReservoirChoices::draw, draw_comparison_words>("draw", "draw"),
    choice<&ReservoirChoices::decided_upstream, decided_upstream_words>("decided_upstream",
                                                                        "decided upstream"),
};

/// Each choice is one byte. Where this fails a member is new: list it above, in its place, with
/// words for its values.
static_assert(sizeof(ReservoirChoices) == kChoices.size());

}  // namespace

std::span<const Choice<ReservoirChoices>> reservoir_choices() noexcept {
  return kChoices;
}

}  // namespace dosimeter::sim
