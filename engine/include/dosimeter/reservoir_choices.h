#pragma once

/// How many requests a recorder takes: used when a request is decided.
namespace dosimeter {

/// The time in which a reservoir's size may be taken once.
enum class ReservoirWindow : unsigned char { calendar_second };

/// What a reservoir does with a time before its window: it draws from the window it is in, or
/// starts anew.
enum class BackwardClock : unsigned char { stays_in_window, restarts_window };

/// When a draw in [0, 1) keeps a request.
enum class DrawComparison : unsigned char { below_rate, at_most_rate };

/// Whether a request whose header decides is put to the rules all the same (it then drains the
/// reservoir and is counted, and the header's answer stands).
enum class DecidedUpstream : unsigned char { bypasses_rules, consults_rules };

struct ReservoirChoices {
  ReservoirWindow window = ReservoirWindow::calendar_second;
  BackwardClock backward_clock = BackwardClock::stays_in_window;
  DrawComparison draw = DrawComparison::below_rate;
  DecidedUpstream decided_upstream = DecidedUpstream::bypasses_rules;
};

}  // namespace dosimeter
