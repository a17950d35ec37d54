#include "sim/recorders/member_choice.h"

#include <array>

namespace dosimeter::sim {
namespace {

ChoiceWords quota_use_words(QuotaUse value) noexcept {
  switch (value) {
    case QuotaUse::used:
      return {"used", "a quota is spent in place of the reservoir's size"};
    case QuotaUse::never_used:
      return {"never_used", "no quota is ever spent"};
  }
  return {};
}

ChoiceWords borrowing_words(Borrowing value) noexcept {
  switch (value) {
    case Borrowing::whenever_without_quota:
      return {"whenever_without_quota",
              "one a second is borrowed before the first quota and after each expired"};
    case Borrowing::until_first_target:
      return {"until_first_target",
              "one a second is borrowed before the first target, never after"};
  }
  return {};
}

ChoiceWords quota_expiry_words(QuotaExpiry value) noexcept {
  switch (value) {
    case QuotaExpiry::through_its_instant:
      return {"through_its_instant", "a quota may be spent until it expires and at that instant"};
    case QuotaExpiry::before_its_instant:
      return {"before_its_instant", "a quota may be spent until it expires, not at that instant"};
    case QuotaExpiry::before_its_instant_by_milliseconds:
      return {"before_its_instant_by_milliseconds",
              "a quota may be spent until it expires, or up to 1 ms longer"};
    case QuotaExpiry::through_its_second:
      return {"through_its_second", "a quota may be spent to the end of the second it expires in"};
    case QuotaExpiry::through_start_of_its_second:
      return {"through_start_of_its_second",
              "a quota may be spent to the start of the second it expires in"};
  }
  return {};
}

ChoiceWords absent_quota_words(AbsentQuota value) noexcept {
  switch (value) {
    case AbsentQuota::keeps_last:
      return {"keeps_last", "a target without a quota leaves the last one, or none"};
    case AbsentQuota::keeps_last_or_zero:
      return {"keeps_last_or_zero", "a target without a quota leaves the last one, or makes it 0"};
    case AbsentQuota::is_zero:
      return {"is_zero", "a target without a quota makes it 0"};
    case AbsentQuota::is_one:
      return {"is_one", "a target without a quota makes it 1 if the rule has a reservoir"};
  }
  return {};
}

ChoiceWords absent_expiry_words(AbsentExpiry value) noexcept {
  switch (value) {
    case AbsentExpiry::keeps_last:
      return {"keeps_last", "a target without an expiry leaves the last one"};
    case AbsentExpiry::expired:
      return {"expired", "a target without an expiry brings a quota that has expired"};
  }
  return {};
}

ChoiceWords target_reservoir_words(TargetReservoir value) noexcept {
  switch (value) {
    case TargetReservoir::goes_on:
      return {"goes_on", "a target leaves what has been taken from the reservoir"};
    case TargetReservoir::starts_anew:
      return {"starts_anew", "a target makes the reservoir begin anew"};
  }
  return {};
}

ChoiceWords refresh_keeps_words(RefreshKeeps value) noexcept {
  switch (value) {
    case RefreshKeeps::reservoir_and_quota:
      return {"reservoir_and_quota",
              "fetched anew, a rule keeps reservoir and quota, not a target's rate"};
    case RefreshKeeps::quota:
      return {"quota", "fetched anew, a rule keeps its quota, not takes and a target's rate"};
    case RefreshKeeps::all:
      return {"all", "fetched anew, a rule keeps reservoir, quota and rate, changed or not"};
    case RefreshKeeps::all_if_unchanged:
      return {"all_if_unchanged",
              "fetched anew, a rule keeps reservoir, quota and rate if unchanged"};
    case RefreshKeeps::all_if_unchanged_and_at_rate:
      return {"all_if_unchanged_and_at_rate",
              "fetched anew, a rule keeps all if unchanged and still at its own rate"};
    case RefreshKeeps::all_if_no_rule_changed:
      return {"all_if_no_rule_changed",
              "fetched anew, rules keep all if not one of them has changed"};
    case RefreshKeeps::nothing:
      return {"nothing", "fetched anew, a rule keeps nothing"};
  }
  return {};
}

ChoiceWords stale_rules_words(StaleRules value) noexcept {
  switch (value) {
    case StaleRules::after_an_hour:
      return {"after_an_hour", "rules of more than an hour are not used"};
    case StaleRules::after_an_hour_of_seconds:
      return {"after_an_hour_of_seconds",
              "rules of more than an hour, in whole seconds, are not used"};
    case StaleRules::never:
      return {"never", "rules are used however old they are"};
  }
  return {};
}

ChoiceWords boosted_rate_words(BoostedRate value) noexcept {
  switch (value) {
    case BoostedRate::ignored:
      return {"ignored", "a boosted rate is ignored"};
    case BoostedRate::replaces_rate:
      return {"replaces_rate", "a boosted rate stands for the rate while it lasts"};
    case BoostedRate::replaces_lower_rate:
      return {"replaces_lower_rate",
              "a boosted rate stands for a rate that is not higher while it lasts"};
    case BoostedRate::replaces_from_target_on:
      return {"replaces_from_target_on",
              "a boosted rate replaces the rate, the rule's own before its target"};
  }
  return {};
}

ChoiceWords borrowed_count_words(BorrowedCount value) noexcept {
  switch (value) {
    case BorrowedCount::as_borrowed_and_sampled:
      return {"as_borrowed_and_sampled",
              "a borrowed request is reported as borrowed and as sampled"};
    case BorrowedCount::as_borrowed:
      return {"as_borrowed", "a borrowed request is reported as borrowed alone"};
  }
  return {};
}

template <auto kMember, auto kWords>
constexpr Choice<QuotaChoices> choice(std::string_view key, std::string_view name) {
  return member_choice<kMember, kWords, QuotaChoices>(key, name);
}

constexpr std::array<Choice<QuotaChoices>, 10> kChoices = {
    choice<&QuotaChoices::use, quota_use_words>("use", "quota"),
    choice<&QuotaChoices::borrowing, borrowing_words>("borrowing", "borrowing"),
    choice<&QuotaChoices::expiry, quota_expiry_words>("expiry", "expiry of a quota"),
    choice<&QuotaChoices::absent_quota, absent_quota_words>("absent_quota",
                                                            "target without a quota"),
    choice<&QuotaChoices::absent_expiry, absent_expiry_words>("absent_expiry",
                                                              "target without an expiry"),
    choice<&QuotaChoices::target_reservoir, target_reservoir_words>("target_reservoir",
                                                                    "reservoir at a target"),
    choice<&QuotaChoices::refresh_keeps, refresh_keeps_words>("refresh_keeps", "kept at a refresh"),
    choice<&QuotaChoices::stale_rules, stale_rules_words>("stale_rules", "age of rules"),
    choice<&QuotaChoices::boosted_rate, boosted_rate_words>("boosted_rate", "boosted rate"),
    choice<&QuotaChoices::borrowed_count, borrowed_count_words>("borrowed_count",
                                                                "count of borrowed requests"),
};

/// Each choice is one byte. Where this fails a member is new: list it above, in its place, with
/// words for its values.
static_assert(sizeof(QuotaChoices) == kChoices.size());

}  // namespace

std::span<const Choice<QuotaChoices>> quota_choices() noexcept {
  return kChoices;
}

}  // namespace dosimeter::sim
