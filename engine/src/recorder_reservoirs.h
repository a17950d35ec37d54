#pragma once

#include <dosimeter/reservoir_choices.h>

/// How each recorder of the table spends reservoirs and comes by quotas. Each begins as documented,
/// or as what its family has in common, and says what it does otherwise.
namespace dosimeter::detail {

/// What the six X-Ray SDKs have in common for central rules and for local ones.
constexpr ReservoirChoices xray_sdk_reservoir(DrawComparison draw) {
  ReservoirChoices reservoir;
  reservoir.backward_clock = BackwardClock::restarts_window;
  reservoir.draw = draw;
  return reservoir;
}

/// They drop a target's rate when they fetch the rules, and keep the rest by a rule's name.
constexpr QuotaChoices xray_sdk_quota() {
  QuotaChoices quota;
  quota.expiry = QuotaExpiry::through_its_second;
  quota.stale_rules = StaleRules::after_an_hour_of_seconds;
  quota.boosted_rate = BoostedRate::ignored;
  quota.borrowed_count = BorrowedCount::as_borrowed;
  return quota;
}

/// It rounds the milliseconds of its clock to seconds, and floors them for central rules.
constexpr ReservoirChoices xray_node_local_reservoir() {
  ReservoirChoices reservoir = xray_sdk_reservoir(DrawComparison::below_rate);
  reservoir.window = ReservoirWindow::rounded_second;
  reservoir.clock = ClockReading::milliseconds;
  return reservoir;
}

/// It takes the quota's expiry, which is in seconds, for milliseconds: every quota expired in 1970.
constexpr QuotaChoices xray_node_quota() {
  QuotaChoices quota = xray_sdk_quota();
  quota.use = QuotaUse::never_used;
  return quota;
}

constexpr QuotaChoices xray_go_quota() {
  QuotaChoices quota = xray_sdk_quota();
  quota.absent_quota = AbsentQuota::keeps_last_or_zero;
  return quota;
}

constexpr ReservoirChoices xray_java_reservoir() {
  ReservoirChoices reservoir = xray_sdk_reservoir(DrawComparison::below_rate);
  reservoir.decided_upstream = DecidedUpstream::consults_rules;
  return reservoir;
}

/// Its clock here is one that does not go back.
constexpr ReservoirChoices xray_java_local_reservoir() {
  ReservoirChoices reservoir = xray_java_reservoir();
  reservoir.window = ReservoirWindow::tenths_of_a_second;
  reservoir.backward_clock = BackwardClock::stays_in_window;
  reservoir.draw = DrawComparison::below_rate_as_float;
  return reservoir;
}

constexpr QuotaChoices xray_java_quota() {
  QuotaChoices quota = xray_go_quota();
  quota.expiry = QuotaExpiry::through_its_instant;
  quota.stale_rules = StaleRules::after_an_hour;
  return quota;
}

/// It decides by the default before it looks for a rule.
constexpr ReservoirChoices xray_ruby_local_reservoir() {
  ReservoirChoices reservoir = xray_sdk_reservoir(DrawComparison::at_most_rate);
  reservoir.default_reservoir = DefaultReservoir::drained_by_all;
  return reservoir;
}

constexpr QuotaChoices xray_dotnet_quota() {
  QuotaChoices quota = xray_sdk_quota();
  quota.absent_quota = AbsentQuota::is_zero;
  quota.absent_expiry = AbsentExpiry::expired;
  quota.refresh_keeps = RefreshKeeps::quota;
  return quota;
}

/// What the OpenTelemetry samplers have in common: a bucket, and a draw by trace id.
constexpr ReservoirChoices otel_bucket(ReservoirWindow window, ClockReading clock,
                                       BucketCount count) {
  ReservoirChoices reservoir;
  reservoir.window = window;
  reservoir.clock = clock;
  reservoir.bucket_count = count;
  reservoir.draw = DrawComparison::trace_id_ratio;
  return reservoir;
}

/// What they have in common but for Go: a target makes a new bucket, and ends borrowing for good.
constexpr QuotaChoices otel_quota(AbsentQuota absent_quota) {
  QuotaChoices quota;
  quota.borrowing = Borrowing::until_first_target;
  quota.expiry = QuotaExpiry::before_its_instant;
  quota.absent_quota = absent_quota;
  quota.absent_expiry = AbsentExpiry::expired;
  quota.target_reservoir = TargetReservoir::starts_anew;
  quota.refresh_keeps = RefreshKeeps::all_if_unchanged;
  quota.boosted_rate = BoostedRate::ignored;
  return quota;
}

constexpr ReservoirChoices otel_go_reservoir() {
  return otel_bucket(ReservoirWindow::lazy_bucket, ClockReading::nanoseconds, BucketCount::exact);
}

constexpr QuotaChoices otel_go_quota() {
  QuotaChoices quota;
  quota.expiry = QuotaExpiry::through_start_of_its_second;
  quota.absent_quota = AbsentQuota::keeps_last_or_zero;
  quota.refresh_keeps = RefreshKeeps::all_if_unchanged_and_at_rate;
  quota.boosted_rate = BoostedRate::ignored;
  quota.borrowed_count = BorrowedCount::as_borrowed;
  return quota;
}

constexpr ReservoirChoices otel_java_reservoir() {
  return otel_bucket(ReservoirWindow::full_bucket, ClockReading::nanoseconds,
                     BucketCount::whole_readings);
}

constexpr QuotaChoices otel_java_quota() {
  QuotaChoices quota = otel_quota(AbsentQuota::is_zero);
  quota.expiry = QuotaExpiry::before_its_instant_by_milliseconds;
  quota.refresh_keeps = RefreshKeeps::all_if_no_rule_changed;
  quota.stale_rules = StaleRules::never;
  quota.boosted_rate = BoostedRate::replaces_lower_rate;
  return quota;
}

constexpr ReservoirChoices otel_js_reservoir() {
  return otel_bucket(ReservoirWindow::empty_bucket, ClockReading::milliseconds,
                     BucketCount::floating_milliseconds);
}

/// Its decimals of 28 digits are exact. The clock they are given is a floating-point number of
/// milliseconds, good to some 240 ns, which is not modelled: here it has microseconds.
constexpr ReservoirChoices otel_python_reservoir() {
  return otel_bucket(ReservoirWindow::empty_bucket, ClockReading::microseconds, BucketCount::exact);
}

constexpr QuotaChoices adot_python_quota() {
  QuotaChoices quota = otel_quota(AbsentQuota::is_zero);
  quota.boosted_rate = BoostedRate::replaces_from_target_on;
  return quota;
}

constexpr ReservoirChoices otel_ruby_reservoir() {
  return otel_bucket(ReservoirWindow::empty_bucket, ClockReading::floating_seconds,
                     BucketCount::floating_milliseconds);
}

constexpr QuotaChoices otel_ruby_quota() {
  QuotaChoices quota = otel_quota(AbsentQuota::is_one);
  quota.stale_rules = StaleRules::after_an_hour_of_seconds;
  return quota;
}

constexpr ReservoirChoices otel_dotnet_reservoir() {
  return otel_bucket(ReservoirWindow::full_bucket, ClockReading::milliseconds,
                     BucketCount::whole_readings);
}

/// A rule that has changed keeps even the rate it had.
constexpr QuotaChoices otel_dotnet_quota() {
  QuotaChoices quota = otel_quota(AbsentQuota::is_zero);
  quota.refresh_keeps = RefreshKeeps::all;
  return quota;
}

constexpr ReservoirChoices envoy_reservoir() {
  ReservoirChoices reservoir;
  reservoir.window = ReservoirWindow::first_request;
  reservoir.draw = DrawComparison::below_whole_percent;
  return reservoir;
}

}  // namespace dosimeter::detail
