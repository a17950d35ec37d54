#pragma once

#include <dosimeter/decision.h>
#include <dosimeter/sampling_target.h>

#include "tests/oracle/reservoir_twins.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

/// One central rule in the hands of each recorder that asks X-Ray: what it takes, borrows and draws
/// as quotas come and expire and rules are fetched anew. Written from what is known of the
/// recorders; the engine's value types alone are used. Times are nanoseconds since 1970.
namespace dosimeter::oracle {

struct CentralOutcome {
  bool sampled = false;
  Cause cause = Cause::refused_by_rate;
  friend bool operator==(const CentralOutcome&, const CentralOutcome&) = default;
};

/// What X-Ray says of the rule.
struct CentralRule {
  std::int64_t size = 0;
  double rate = 0;
  /// Stands for all else that it says.
  std::int64_t edition = 0;
};

inline std::int64_t nanoseconds(TimePoint time) {
  return time.time_since_epoch().count();
}
inline std::int64_t second_of(std::int64_t time) {
  return floored(time, 1'000'000'000);
}

class CentralTwin {
 public:
  CentralTwin() = default;
  CentralTwin(const CentralTwin&) = delete;
  CentralTwin& operator=(const CentralTwin&) = delete;
  virtual ~CentralTwin() = default;

  /// The rules were asked for at `now`.
  virtual void fetched(const CentralRule& rule, std::int64_t now) = 0;
  virtual void target(const SamplingTarget& target, std::int64_t now) = 0;
  virtual CentralOutcome decide(std::int64_t now, double draw) = 0;
  /// Whether the rules are too old.
  virtual bool stale(std::int64_t now) const = 0;
  /// Whether a borrowed request counts as sampled, too.
  virtual bool counts_borrowed_twice() const = 0;
};

/// The X-Ray SDKs: one counter for takes and one for loans, both of the second it is.
class XraySdkTwin : public CentralTwin {
 public:
  struct Manner {
    bool ignores_quotas = false;     // Node.js
    bool zero_before_first = false;  // Go and Java: the quota is 0 until one comes
    bool absent_is_zero = false;     // .NET: and an absent expiry is in the past
    bool forgets_counts = false;     // .NET, when rules are fetched
    bool compares_instants = false;  // Java
    bool draws_below = false;        // Go and Java
  };
  explicit XraySdkTwin(Manner manner) : manner_(manner) {}

  void fetched(const CentralRule& rule, std::int64_t now) override {
    rule_ = rule;
    rate_ = rule.rate;
    fetched_ = now;
    if (manner_.forgets_counts) taken_ = borrowed_ = 0;
  }

  void target(const SamplingTarget& target, std::int64_t) override {
    if (target.fixed_rate) rate_ = target.fixed_rate->value();
    if (target.reservoir_quota) {
      quota_ = std::max<std::int64_t>(*target.reservoir_quota, 0);
    } else if (manner_.absent_is_zero) {
      quota_ = 0;
    }
    if (target.quota_expiry) {
      expiry_ = nanoseconds(*target.quota_expiry);
    } else if (manner_.absent_is_zero) {
      expiry_.reset();
    }
  }

  CentralOutcome decide(std::int64_t now, double draw) override {
    if (!second_ || *second_ != second_of(now)) {
      second_ = second_of(now);
      taken_ = borrowed_ = 0;
    }
    if (fresh(now)) {
      if (taken_ < quota_.value_or(0)) {
        ++taken_;
        return {true, Cause::reservoir};
      }
    } else if (rule_.size != 0 && borrowed_ == 0) {
      ++borrowed_;
      return {true, Cause::borrow};
    }
    const bool kept = manner_.draws_below ? draw < rate_ : draw <= rate_;
    return {kept, kept ? Cause::rate : Cause::refused_by_rate};
  }

  bool stale(std::int64_t now) const override {
    if (manner_.compares_instants) return now > fetched_ + 3600 * std::int64_t{1'000'000'000};
    return second_of(now) > second_of(fetched_) + 3600;
  }
  bool counts_borrowed_twice() const override { return false; }

 private:
  bool fresh(std::int64_t now) const {
    if (manner_.ignores_quotas || !expiry_) return false;
    if (!quota_ && !manner_.zero_before_first) return false;
    return manner_.compares_instants ? now <= *expiry_ : second_of(now) <= second_of(*expiry_);
  }

  Manner manner_;
  CentralRule rule_;
  double rate_ = 0;
  std::int64_t fetched_ = 0;
  std::optional<std::int64_t> quota_;
  std::optional<std::int64_t> expiry_;
  std::optional<std::int64_t> second_;
  std::int64_t taken_ = 0;
  std::int64_t borrowed_ = 0;
};

/// The OpenTelemetry samplers for Go: one bucket for quota and loans.
class OtelGoTwin : public CentralTwin {
 public:
  void fetched(const CentralRule& rule, std::int64_t now) override {
    fetched_ = now;
    // A rule whose rate is not that of the definition any more is a changed one.
    const bool same = known_ && rule.size == rule_.size && rule.edition == rule_.edition &&
                      rule.rate == rule_.rate;
    if (same) return;
    known_ = true;
    rule_ = rule;
    quota_ = 0;
    expiry_.reset();
    bucket_ = std::make_unique<TickTwin>();
  }

  void target(const SamplingTarget& target, std::int64_t) override {
    if (target.fixed_rate) rule_.rate = target.fixed_rate->value();
    if (target.reservoir_quota) quota_ = std::max<std::int64_t>(*target.reservoir_quota, 0);
    if (target.quota_expiry) expiry_ = second_of(nanoseconds(*target.quota_expiry));
  }

  CentralOutcome decide(std::int64_t now, double draw) override {
    const bool expired = !expiry_ || now > *expiry_ * 1'000'000'000;
    if (rule_.size != 0 && bucket_->take(now, quota_, expired)) {
      return {true, expired ? Cause::borrow : Cause::reservoir};
    }
    return {draw < rule_.rate, draw < rule_.rate ? Cause::rate : Cause::refused_by_rate};
  }

  bool stale(std::int64_t now) const override {
    return now > fetched_ + 3600 * std::int64_t{1'000'000'000};
  }
  bool counts_borrowed_twice() const override { return false; }

 private:
  bool known_ = false;
  CentralRule rule_;
  std::int64_t fetched_ = 0;
  std::int64_t quota_ = 0;
  std::optional<std::int64_t> expiry_;
  std::unique_ptr<TickTwin> bucket_;
};

/// The other OpenTelemetry samplers: a limiter that is made anew for every target.
class OtelTwin : public CentralTwin {
 public:
  struct Manner {
    /// A limiter made at that time.
    std::function<std::unique_ptr<ReservoirTwin>(std::int64_t begun)> limiter;
    /// One step of the clock that times are told by.
    std::int64_t step = 1;
    bool keeps_loan = false;     // a target without a quota leaves a limiter of one a second
    bool keeps_changed = false;  // .NET: a changed rule keeps everything, even its rate
    bool never_stale = false;
    bool stale_by_seconds = false;
    bool boosts = false;
    bool boosts_upward = false;    // and only if the boosted rate is no lower
    bool own_rate_before = false;  // without a boost, a boost of its own rate that ends at once
    std::int64_t left_in = 1;      // what is left to an expiry is reckoned in so many nanoseconds
  };
  explicit OtelTwin(Manner manner) : manner_(std::move(manner)) {}

  void fetched(const CentralRule& rule, std::int64_t now) override {
    fetched_ = now;
    const bool same =
        rule.size == rule_.size && rule.edition == rule_.edition && rule.rate == rule_.rate;
    if (limiter_ && (same || manner_.keeps_changed)) return;
    rule_ = rule;
    rate_ = rule.rate;
    borrows_ = true;
    limiter_ = manner_.limiter(now);
    size_ = rule.size > 0 ? 1 : 0;
    expiry_ = std::numeric_limits<std::int64_t>::max();
    boost_end_.reset();
  }

  void target(const SamplingTarget& target, std::int64_t now) override {
    borrows_ = false;
    if (target.fixed_rate) rate_ = target.fixed_rate->value();
    size_ = manner_.keeps_loan && rule_.size > 0 ? 1 : 0;
    if (target.reservoir_quota) size_ = std::max<std::int64_t>(*target.reservoir_quota, 0);
    limiter_ = manner_.limiter(now);
    expiry_ = std::numeric_limits<std::int64_t>::min();
    if (target.quota_expiry) {
      const std::int64_t left = floored(nanoseconds(*target.quota_expiry), manner_.left_in) -
                                floored(now, manner_.left_in);
      expiry_ =
          manner_.left_in == 1 ? nanoseconds(*target.quota_expiry) : now + left * manner_.left_in;
    }
    boost_end_.reset();
    if (manner_.own_rate_before) {
      boost_ = rule_.rate;
      boost_end_ = floored(now, manner_.step) * manner_.step;
    }
    if (manner_.boosts && target.boost_rate && target.boost_expiry &&
        (!manner_.boosts_upward || target.boost_rate->value() >= rate_)) {
      boost_ = target.boost_rate->value();
      boost_end_ = nanoseconds(*target.boost_expiry);
    }
  }

  CentralOutcome decide(std::int64_t now, double draw) override {
    const bool expired = expiry_ != std::numeric_limits<std::int64_t>::max() &&
                         floored(now, manner_.step) >= floored(expiry_, manner_.step);
    if (!expired && limiter_->take(now, size_)) {
      return {true, borrows_ ? Cause::borrow : Cause::reservoir};
    }
    const double rate = boost_end_ && now < *boost_end_ ? boost_ : rate_;
    return {draw < rate, draw < rate ? Cause::rate : Cause::refused_by_rate};
  }

  bool stale(std::int64_t now) const override {
    if (manner_.never_stale) return false;
    const std::int64_t step = manner_.stale_by_seconds ? 1'000'000'000 : manner_.step;
    return floored(now, step) > floored(fetched_, step) + 3600 * (1'000'000'000 / step);
  }
  bool counts_borrowed_twice() const override { return true; }

 private:
  Manner manner_;
  CentralRule rule_;
  double rate_ = 0;
  std::int64_t fetched_ = 0;
  bool borrows_ = false;
  std::int64_t size_ = 0;
  std::int64_t expiry_ = 0;
  std::unique_ptr<ReservoirTwin> limiter_;
  double boost_ = 0;
  std::optional<std::int64_t> boost_end_;
};

template <typename Twin>
std::unique_ptr<ReservoirTwin> begun_at(std::int64_t time) {
  return std::make_unique<Twin>(time);
}
template <std::int64_t kStep>
std::unique_ptr<ReservoirTwin> full_whenever(std::int64_t) {
  return std::make_unique<WholeReadingsTwin>(kStep);
}

inline std::unique_ptr<CentralTwin> central_twin(std::string_view recorder) {
  using Sdk = XraySdkTwin::Manner;
  static const std::map<std::string_view, Sdk> sdks = {
      {"xray-python", {}},
      {"xray-node", {.ignores_quotas = true}},
      {"xray-go", {.zero_before_first = true, .draws_below = true}},
      {"xray-java", {.zero_before_first = true, .compares_instants = true, .draws_below = true}},
      {"xray-ruby", {}},
      {"xray-dotnet", {.absent_is_zero = true, .forgets_counts = true}}};
  if (const auto sdk = sdks.find(recorder); sdk != sdks.end()) {
    return std::make_unique<XraySdkTwin>(sdk->second);
  }
  if (recorder == "otel-go" || recorder == "adot-go") return std::make_unique<OtelGoTwin>();
  OtelTwin::Manner manner;
  if (recorder == "otel-java") {
    manner.limiter = full_whenever<1>;
    manner.never_stale = manner.boosts = manner.boosts_upward = true;
    manner.left_in = 1'000'000;
  } else if (recorder == "otel-js") {
    manner.limiter = begun_at<FloatingTwin<false>>;
    manner.step = 1'000'000;
    manner.keeps_loan = true;
  } else if (recorder == "otel-python" || recorder == "adot-python") {
    manner.limiter = begun_at<MicrosecondTwin>;
    manner.step = 1000;
    manner.boosts = manner.own_rate_before = recorder == "adot-python";
  } else if (recorder == "otel-ruby") {
    manner.limiter = begun_at<FloatingTwin<true>>;
    manner.keeps_loan = manner.stale_by_seconds = true;
  } else if (recorder == "otel-dotnet") {
    manner.limiter = full_whenever<1'000'000>;
    manner.keeps_changed = true;
    manner.step = 1'000'000;
  } else {
    return nullptr;
  }
  return std::make_unique<OtelTwin>(std::move(manner));
}

}  // namespace dosimeter::oracle
