#include <dosimeter/recorder.h>

#include "tests/support/catch.h"

using namespace dosimeter;

TEST_CASE("recorder: the choices of documented are pinned") {
  const Recorder* found = find_recorder("documented");
  REQUIRE(found != nullptr);
  const MatchChoices& match = found->match;
  for (const Field field : kFields) {
    CHECK(match.absent(field) == (field == Field::resource_arn ? AbsentField::matches_only_star
                                                               : AbsentField::matches_any_pattern));
  }
  CHECK(match.absent_attribute == AbsentField::matches_none);
  CHECK(match.blank_text == BlankText::empty_or_dash_is_absent);
  CHECK(match.literal_letter_case == LetterCase::folded);
  CHECK(match.literal_anchoring == Anchoring::whole_text);
  CHECK(match.question_mark == QuestionMark::one_code_point);
  CHECK(match.star_in_text == StarInText::is_like_any_other);
  CHECK(match.line_breaks == LineBreaks::are_like_any_other);
  CHECK(match.attributes == RuleFeature::honoured);
  CHECK(match.resource_arn == RuleFeature::honoured);
  CHECK(match.other_version == RuleFeature::honoured);
  CHECK(match.priority_tie == PriorityTie::by_name);
  CHECK(match.default_place == DefaultPlace::last);
  CHECK(found->reservoir.window == ReservoirWindow::calendar_second);
  CHECK(found->reservoir.clock == ClockReading::nanoseconds);
  CHECK(found->reservoir.backward_clock == BackwardClock::stays_in_window);
  CHECK(found->reservoir.draw == DrawComparison::below_rate);
  CHECK(found->reservoir.decided_upstream == DecidedUpstream::bypasses_rules);
  CHECK(found->reservoir.default_reservoir == DefaultReservoir::for_its_own);
  CHECK(found->local->reservoir == found->reservoir);
  CHECK(found->quota.use == QuotaUse::used);
  CHECK(found->quota.borrowing == Borrowing::whenever_without_quota);
  CHECK(found->quota.expiry == QuotaExpiry::through_its_instant);
  CHECK(found->quota.absent_quota == AbsentQuota::keeps_last);
  CHECK(found->quota.absent_expiry == AbsentExpiry::keeps_last);
  CHECK(found->quota.target_reservoir == TargetReservoir::goes_on);
  CHECK(found->quota.refresh_keeps == RefreshKeeps::reservoir_and_quota);
  CHECK(found->quota.stale_rules == StaleRules::after_an_hour);
  CHECK(found->quota.boosted_rate == BoostedRate::replaces_rate);
  CHECK(found->quota.borrowed_count == BorrowedCount::as_borrowed_and_sampled);
  CHECK(found->text.query_string == QueryString::removed);
  CHECK(found->text.host_port == HostPort::kept);
  CHECK(found->text.path_encoding == PathEncoding::as_sent);
  CHECK(found->text.header_blanks == HeaderBlanks::trimmed);
  CHECK(found->text.header_keys == HeaderKeys::any_case);
  CHECK(found->text.unclear_sampled == UnclearSampled::undecided);
  CHECK(found->text.header_validity == HeaderValidity::any_header);
}

TEST_CASE("recorder: names are found exactly or not at all") {
  REQUIRE_FALSE(recorders().empty());
  CHECK(recorders()[0].name == "documented");
  for (const Recorder& recorder : recorders()) {
    CHECK(find_recorder(recorder.name)->name == recorder.name);
  }
  CHECK(find_recorder("Documented") == nullptr);
  CHECK(find_recorder("") == nullptr);
}
