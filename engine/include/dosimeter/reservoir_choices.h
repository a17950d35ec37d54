#pragma once

/// How many requests a recorder takes: used when a request is decided. ReservoirChoices say how a
/// reservoir of a given size is spent, in a local document and in X-Ray alike; QuotaChoices say how
/// much of a central rule's reservoir a recorder has.
namespace dosimeter {

/// The time in which a reservoir's size may be taken once, or the bucket that the size flows into.
/// A bucket is paid out one token a request, gains its size in tokens each second, and never holds
/// more than that.
enum class ReservoirWindow : unsigned char {
  calendar_second,  // from one whole second to the next
  rounded_second,   // from half a second before a whole one to half a second after it
  first_request,    // opened by a request, over when more than a second has passed
  // Opened by a request, over when a second has passed. A size of 10 or more is let out by tenths:
  // one to begin with (and what a tenth leaves over), one more as soon as any time has passed, then
  // one every 100 ms, all of it in the last two.
  tenths_of_a_second,
  full_bucket,   // holds its size to begin with
  empty_bucket,  // holds nothing to begin with
  // Full to begin with. Gains only when asked while it holds less than one token, and then up to
  // its size, for all the time since it last gained.
  lazy_bucket,
};

/// How a recorder reads the time that a window or a bucket goes by.
enum class ClockReading : unsigned char {
  nanoseconds,
  microseconds,      // without what is below
  milliseconds,      // without what is below
  floating_seconds,  // as a binary floating-point number of seconds, good to some 240 ns today
};

/// How a bucket counts.
enum class BucketCount : unsigned char {
  exact,
  // A token is worth so many readings of the clock, without the fraction; with more tokens a second
  // than the clock has readings it is worth nothing and the bucket has no end.
  whole_readings,
  // The time at which the bucket would have been empty, in milliseconds since 1970, is a binary
  // floating-point number: good to some 240 ns today, so that of requests at one instant the last
  // may be refused.
  floating_milliseconds,
};

/// What a reservoir does with a time before its window: it draws from the window it is in, or
/// starts anew. Buckets gain nothing then; those that subtract the time they began at have less.
enum class BackwardClock : unsigned char { stays_in_window, restarts_window };

/// When a draw in [0, 1) keeps a request.
enum class DrawComparison : unsigned char {
  below_rate,
  at_most_rate,
  below_rate_as_float,  // both in 24 bits
  below_whole_percent,  // the rate rounded up to whole percents
  trace_id_ratio,       // below the rate, and the draw is made from the trace id: the same for one
};

/// Whether other rules' requests take from the Default rule's reservoir, too. If so, what they get
/// there is of no use to them.
enum class DefaultReservoir : unsigned char { for_its_own, drained_by_all };

/// Whether a request whose header decides is put to the rules all the same (it then drains the
/// reservoir and is counted, and the header's answer stands).
enum class DecidedUpstream : unsigned char { bypasses_rules, consults_rules };

struct ReservoirChoices {
  ReservoirWindow window = ReservoirWindow::calendar_second;
  ClockReading clock = ClockReading::nanoseconds;
  BucketCount bucket_count = BucketCount::exact;
  BackwardClock backward_clock = BackwardClock::stays_in_window;
  DrawComparison draw = DrawComparison::below_rate;
  DefaultReservoir default_reservoir = DefaultReservoir::for_its_own;
  DecidedUpstream decided_upstream = DecidedUpstream::bypasses_rules;

  friend bool operator==(const ReservoirChoices&, const ReservoirChoices&) = default;
};
inline constexpr ReservoirChoices kDocumentedReservoir{};

/// Whether a recorder spends the quotas that X-Ray assigns.
enum class QuotaUse : unsigned char { used, never_used };

/// When a recorder that has no quota for a rule borrows one request a second, provided that the
/// rule's reservoir is not empty.
enum class Borrowing : unsigned char {
  whenever_without_quota,  // also after a quota has expired
  until_first_target,      // from then on the rate alone decides without a quota
};

/// Until when a quota may be spent.
enum class QuotaExpiry : unsigned char {
  through_its_instant,  // also at it
  before_its_instant,   // not at it
  // Not at it; but from its target on, both times without what is below a millisecond, so that it
  // may be up to one late.
  before_its_instant_by_milliseconds,
  through_its_second,           // to the end of the calendar second it is in
  through_start_of_its_second,  // to the beginning of the calendar second it is in, that included
};

/// What a target without a quota does.
enum class AbsentQuota : unsigned char {
  keeps_last,          // if there was none, there is none
  keeps_last_or_zero,  // if there was none, it is 0
  is_zero,
  is_one,  // if the rule's reservoir is not empty; else 0
};

/// What a target without an expiry does.
enum class AbsentExpiry : unsigned char {
  keeps_last,
  expired,  // the quota cannot be spent
};

/// What becomes of tokens or takes counted so far when a target comes.
enum class TargetReservoir : unsigned char { goes_on, starts_anew };

/// What a rule keeps of its reservoir, its quota and the rate a target brought when the rules are
/// fetched anew, by its name. What is not kept is as when the recorder began.
enum class RefreshKeeps : unsigned char {
  reservoir_and_quota,  // the rate is the definition's again
  quota,                // and the second's takes are forgotten, the rate is the definition's
  all,                  // also where the rule has changed: its new rate is not applied
  all_if_unchanged,
  all_if_unchanged_and_at_rate,  // and no target has brought another rate
  all_if_no_rule_changed,
  nothing,
};

/// When rules are too old to be used, counted from when they were asked for.
enum class StaleRules : unsigned char {
  after_an_hour,
  after_an_hour_of_seconds,  // both times without the fraction of their second
  never,
};

/// A boosted rate that a target brings, while it lasts.
enum class BoostedRate : unsigned char {
  ignored,
  replaces_rate,
  replaces_lower_rate,
  // Replaces it; and at times before a target that brings no boost, should the clock have gone
  // back, the definition's rate stands for the target's.
  replaces_from_target_on,
};

/// Where a borrowed request is counted when statistics are reported.
enum class BorrowedCount : unsigned char { as_borrowed_and_sampled, as_borrowed };

struct QuotaChoices {
  QuotaUse use = QuotaUse::used;
  Borrowing borrowing = Borrowing::whenever_without_quota;
  QuotaExpiry expiry = QuotaExpiry::through_its_instant;
  AbsentQuota absent_quota = AbsentQuota::keeps_last;
  AbsentExpiry absent_expiry = AbsentExpiry::keeps_last;
  TargetReservoir target_reservoir = TargetReservoir::goes_on;
  RefreshKeeps refresh_keeps = RefreshKeeps::reservoir_and_quota;
  StaleRules stale_rules = StaleRules::after_an_hour;
  BoostedRate boosted_rate = BoostedRate::replaces_rate;
  BorrowedCount borrowed_count = BorrowedCount::as_borrowed_and_sampled;

  friend bool operator==(const QuotaChoices&, const QuotaChoices&) = default;
};

}  // namespace dosimeter
