#include "sim/recorders/member_choice.h"

#include <array>

namespace dosimeter::sim {
namespace {

ChoiceWords reservoir_window_words(ReservoirWindow value) noexcept {
  switch (value) {
    case ReservoirWindow::calendar_second:
      return {"calendar_second", "the size may be taken once in a calendar second"};
    case ReservoirWindow::rounded_second:
      return {"rounded_second", "the size may be taken once in a second that begins at .5"};
    case ReservoirWindow::first_request:
      return {"first_request",
              "the size may be taken until more than 1 s has passed since a request"};
    case ReservoirWindow::tenths_of_a_second:
      return {"tenths_of_a_second",
              "a size of 10 or more is let out by tenths of 1 s from a request on"};
    case ReservoirWindow::full_bucket:
      return {"full_bucket", "the size flows into a bucket that is full to begin with"};
    case ReservoirWindow::empty_bucket:
      return {"empty_bucket", "the size flows into a bucket that is empty to begin with"};
    case ReservoirWindow::lazy_bucket:
      return {"lazy_bucket", "the size flows into a bucket, when asked while it is empty"};
  }
  return {};
}

ChoiceWords clock_reading_words(ClockReading value) noexcept {
  switch (value) {
    case ClockReading::nanoseconds:
      return {"nanoseconds", "the clock has nanoseconds"};
    case ClockReading::microseconds:
      return {"microseconds", "the clock has microseconds"};
    case ClockReading::milliseconds:
      return {"milliseconds", "the clock has milliseconds"};
    case ClockReading::floating_seconds:
      return {"floating_seconds",
              "the clock has binary floating-point seconds, good to some 240 ns"};
  }
  return {};
}

ChoiceWords bucket_count_words(BucketCount value) noexcept {
  switch (value) {
    case BucketCount::exact:
      return {"exact", "a bucket counts exactly"};
    case BucketCount::whole_readings:
      return {"whole_readings", "a bucket counts in whole readings of the clock, fractions lost"};
    case BucketCount::floating_milliseconds:
      return {"floating_milliseconds",
              "a bucket counts in binary floating-point milliseconds since 1970"};
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
    case DrawComparison::below_rate_as_float:
      return {"below_rate_as_float", "a draw below the rate keeps the request, both in 24 bits"};
    case DrawComparison::below_whole_percent:
      return {"below_whole_percent",
              "a draw below the rate, rounded up to whole %, keeps the request"};
    case DrawComparison::trace_id_ratio:
      return {"trace_id_ratio",
              "a draw made from the trace id and below the rate keeps the request"};
  }
  return {};
}

ChoiceWords default_reservoir_words(DefaultReservoir value) noexcept {
  switch (value) {
    case DefaultReservoir::for_its_own:
      return {"for_its_own", "the Default rule's reservoir is for its own requests"};
    case DefaultReservoir::drained_by_all:
      return {"drained_by_all", "the Default rule's reservoir is drained by every request"};
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

constexpr std::array<Choice<ReservoirChoices>, 7> kChoices = {
    choice<&ReservoirChoices::window, reservoir_window_words>("window", "window"),
    choice<&ReservoirChoices::clock, clock_reading_words>("clock", "clock"),
    choice<&ReservoirChoices::bucket_count, bucket_count_words>("bucket_count",
                                                                "count of a bucket"),
    choice<&ReservoirChoices::backward_clock, backward_clock_words>("backward_clock",
                                                                    "clock that goes back"),
    choice<&ReservoirChoices::draw, draw_comparison_words>("draw", "draw"),
    choice<&ReservoirChoices::default_reservoir, default_reservoir_words>("default_reservoir",
                                                                          "reservoir of Default"),
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
