#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

/// What each recorder's reservoir takes, written from what is known of the recorder and in its own
/// arithmetic; slow, for one thread, and without the engine. Times are nanoseconds since 1970.
namespace dosimeter::oracle {

__extension__ using Wide = __int128;

inline std::int64_t floored(std::int64_t time, std::int64_t step) {
  const std::int64_t whole = time / step;
  return time % step < 0 ? whole - 1 : whole;
}

class ReservoirTwin {
 public:
  ReservoirTwin() = default;
  ReservoirTwin(const ReservoirTwin&) = delete;
  ReservoirTwin& operator=(const ReservoirTwin&) = delete;
  virtual ~ReservoirTwin() = default;
  virtual bool take(std::int64_t now, std::int64_t size) = 0;
};

/// A counter for the second it is; any other second, also an earlier one, begins at zero.
class SecondTwin : public ReservoirTwin {
 public:
  bool take(std::int64_t now, std::int64_t size) override {
    if (size == 0) return false;
    const std::int64_t second = second_of(now);
    if (!open_ || begins_anew(second)) {
      open_ = true;
      second_ = second;
      used_ = 0;
    }
    if (used_ >= size) return false;
    ++used_;
    return true;
  }

 protected:
  virtual std::int64_t second_of(std::int64_t now) const { return floored(now, 1'000'000'000); }
  virtual bool begins_anew(std::int64_t second) const { return second != second_; }
  [[nodiscard]] std::int64_t second() const { return second_; }

 private:
  bool open_ = false;
  std::int64_t second_ = 0;
  std::int64_t used_ = 0;
};

/// As documented: a clock that goes back changes nothing.
class PatientSecondTwin : public SecondTwin {
  bool begins_anew(std::int64_t now) const override { return now > second(); }
};

/// Whole milliseconds, rounded to seconds, halves up.
class RoundedSecondTwin : public SecondTwin {
  std::int64_t second_of(std::int64_t now) const override {
    return floored(floored(now, 1'000'000) + 500, 1000);
  }
};

/// More than a second after the window's first request, the next request begins another.
class FirstRequestTwin : public ReservoirTwin {
 public:
  bool take(std::int64_t now, std::int64_t size) override {
    if (size == 0) return false;
    if (!open_ || now - since_ > 1'000'000'000) {
      open_ = true;
      since_ = now;
      used_ = 0;
    }
    if (used_ >= size) return false;
    ++used_;
    return true;
  }

 private:
  bool open_ = false;
  std::int64_t since_ = 0;
  std::int64_t used_ = 0;
};

/// Reset a second after the last reset; what may have been used by now is looked up in a table of
/// tenths, by how much of the second is to come.
class TenthsTwin : public ReservoirTwin {
 public:
  bool take(std::int64_t now, std::int64_t size) override {
    if (size == 0) return false;
    std::int64_t most_by_tenth[10];
    for (int i = 0; i < 10; ++i) most_by_tenth[i] = size % 10 + (i + 1) * (size / 10);
    int tenth = 0;
    if (!open_ || now >= next_reset_) {
      open_ = true;
      next_reset_ = now + 1'000'000'000;
      used_ = 0;
    } else {
      // A clock that went back is none that this recorder knows: as if no time had passed.
      const std::int64_t to_come = std::min<std::int64_t>(next_reset_ - now, 1'000'000'000);
      tenth = 10 - static_cast<int>(std::max<std::int64_t>(to_come / 100'000'000, 1));
    }
    if (used_ >= (size < 10 ? size : most_by_tenth[tenth])) return false;
    ++used_;
    return true;
  }

 private:
  bool open_ = false;
  std::int64_t next_reset_ = 0;
  std::int64_t used_ = 0;
};

/// A bucket in whole readings of a clock, full to begin with.
class WholeReadingsTwin : public ReservoirTwin {
 public:
  explicit WholeReadingsTwin(std::int64_t nanoseconds_a_reading)
      : step_(nanoseconds_a_reading), readings_a_second_(1e9 / static_cast<double>(step_)) {}

  bool take(std::int64_t now, std::int64_t size) override {
    if (size == 0) return false;
    const double credits_a_reading = static_cast<double>(size) / readings_a_second_;
    const auto cost = static_cast<std::int64_t>(1.0 / credits_a_reading);
    const auto most = static_cast<std::int64_t>(static_cast<double>(size) / credits_a_reading);
    const std::int64_t reading = floored(now, step_);
    if (!begun_) balance_ = reading - most;
    begun_ = true;
    const std::int64_t available = std::min(reading - balance_, most) - cost;
    if (available < 0) return false;
    balance_ = reading - available;
    return true;
  }

 private:
  std::int64_t step_;
  double readings_a_second_;
  bool begun_ = false;
  std::int64_t balance_ = 0;
};

/// A bucket in floating-point milliseconds, empty to begin with. `Ruby` reads its clock as
/// floating-point seconds and divides the other way round.
template <bool kRuby>
class FloatingTwin : public ReservoirTwin {
 public:
  FloatingTwin() = default;
  explicit FloatingTwin(std::int64_t begun) : begun_(true), floor_(milliseconds(begun)) {}

  bool take(std::int64_t now, std::int64_t size) override {
    if (size == 0) return false;
    const double ceiling = milliseconds(now);
    if (!begun_) floor_ = ceiling;
    begun_ = true;
    const double quota = static_cast<double>(size);
    const double cost = kRuby ? 1 / (quota / 1000.0) : 1 * 1000.0 / quota;
    const double pending = std::min(ceiling - floor_, 1000.0) - cost;
    if (!(pending >= 0)) return false;
    floor_ = ceiling - pending;
    return true;
  }

 private:
  static double milliseconds(std::int64_t time) {
    if (kRuby) return static_cast<double>(time) / 1e9 * 1000;
    return static_cast<double>(floored(time, 1'000'000));
  }

  bool begun_ = false;
  double floor_ = 0;
};

/// A bucket in exact microseconds, empty to begin with: what it has gained less what it has paid
/// out, in millionths of a token. Of another size it keeps whole microseconds of flow.
class MicrosecondTwin : public ReservoirTwin {
 public:
  MicrosecondTwin() = default;
  explicit MicrosecondTwin(std::int64_t begun) : begun_(true), floor_(floored(begun, 1000)) {}

  bool take(std::int64_t now, std::int64_t size) override {
    if (size == 0) return false;
    const std::int64_t reading = floored(now, 1000);
    if (!begun_) floor_ = reading;
    begun_ = true;
    if (size_ != size) {
      floor_ += static_cast<std::int64_t>(paid_ / std::max<Wide>(size_, 1));
      paid_ = 0;
      size_ = size;
    }
    // In parts of a microsecond, `size` to one: what flowed in since the floor.
    Wide flowed = Wide{reading - floor_} * size - paid_;
    const Wide most = Wide{1'000'000} * size;
    if (flowed > most) {
      floor_ = reading - 1'000'000;
      paid_ = 0;
      flowed = most;
    }
    if (flowed < 1'000'000) return false;
    paid_ += 1'000'000;
    return true;
  }

 private:
  bool begun_ = false;
  std::int64_t floor_ = 0;
  std::int64_t size_ = 0;
  Wide paid_ = 0;
};

/// A bucket that gains when it is found without a token; the balance is in billionths of one, which
/// is what a nanosecond brings at one a second.
class TickTwin : public ReservoirTwin {
 public:
  bool take(std::int64_t now, std::int64_t size) override {
    return size != 0 && take(now, size, false);
  }
  bool take(std::int64_t now, std::int64_t quota, bool borrowed) {
    constexpr Wide kOne = 1'000'000'000;
    if (!ticking_) {
      ticking_ = true;
      last_tick_ = now;
      balance_ = borrowed ? kOne : quota * kOne;
    }
    if (balance_ >= kOne) {
      balance_ -= kOne;
      return true;
    }
    const std::int64_t elapsed = std::max<std::int64_t>(now - last_tick_, 0);
    last_tick_ += elapsed;
    if (borrowed) {
      balance_ += elapsed > 1'000'000'000 ? kOne : Wide{elapsed};
    } else {
      balance_ = std::min(balance_ + Wide{elapsed} * quota, quota * kOne);
    }
    if (balance_ < kOne) return false;
    balance_ -= kOne;
    return true;
  }

 private:
  bool ticking_ = false;
  std::int64_t last_tick_ = 0;
  Wide balance_ = 0;
};

/// When a draw keeps a request, and the chance that one does.
struct DrawTwin {
  std::function<bool(double draw, double rate)> keeps;
  std::function<double(double rate)> chance;
};

inline DrawTwin less() {
  return {[](double draw, double rate) { return draw < rate; }, [](double rate) { return rate; }};
}
inline DrawTwin at_most() {
  return {[](double draw, double rate) { return draw <= rate; }, [](double rate) { return rate; }};
}
/// The recorder's own draw has 24 bits, and so has its rate.
inline DrawTwin less_in_24_bits() {
  const auto keeps = [](double draw, double rate) {
    const float own = static_cast<float>(std::floor(draw * 16777216.0)) / 16777216.0f;
    return own < static_cast<float>(rate);
  };
  const auto chance = [](double rate) {
    const double wanted = static_cast<double>(static_cast<float>(rate)) * 16777216.0;
    double draws = 0;
    if (wanted > 0) draws = std::floor(wanted) + (std::floor(wanted) < wanted ? 1 : 0);
    return draws / 16777216.0;
  };
  return {keeps, chance};
}
/// A toss of 0 to 99 is less than a hundred times the rate.
inline DrawTwin toss_of_a_hundred() {
  const auto chance = [](double rate) {
    int tosses = 0;
    for (int toss = 0; toss < 100; ++toss) tosses += toss < 100 * rate ? 1 : 0;
    return tosses / 100.0;
  };
  return {[chance](double draw, double rate) { return draw < chance(rate); }, chance};
}

/// What a recorder does with a reservoir that is all its own.
struct SamplingTwin {
  std::function<std::unique_ptr<ReservoirTwin>()> reservoir;
  DrawTwin draw;
  /// It borrows one a second whatever the size, but for 0.
  bool borrows = false;
  /// Default's reservoir is asked before any other's.
  bool drains_default = false;
  /// Rules are asked although the header has decided.
  bool asks_all = false;
};

template <typename Twin, auto... kArguments>
std::unique_ptr<ReservoirTwin> made() {
  return std::make_unique<Twin>(kArguments...);
}

inline SamplingTwin sampling_twin(std::string_view recorder, bool local) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  static const std::map<std::string_view, SamplingTwin> central = {
      {"documented", {made<PatientSecondTwin>, less()}},
      {"xray-python", {made<SecondTwin>, at_most()}},
      {"xray-node", {made<SecondTwin>, at_most(), true}},
      {"xray-go", {made<SecondTwin>, less()}},
      {"xray-java", {made<SecondTwin>, less(), false, false, true}},
      {"xray-ruby", {made<SecondTwin>, at_most()}},
      {"xray-dotnet", {made<SecondTwin>, at_most()}},
      {"otel-go", {made<TickTwin>, less()}},
      {"adot-go", {made<TickTwin>, less()}},
      {"otel-java", {made<WholeReadingsTwin, std::int64_t{1}>, less()}},
      {"otel-js", {made<FloatingTwin<false>>, less()}},
      {"otel-python", {made<MicrosecondTwin>, less()}},
      {"adot-python", {made<MicrosecondTwin>, less()}},
      {"otel-ruby", {made<FloatingTwin<true>>, less()}},
      {"otel-dotnet", {made<WholeReadingsTwin, kMillisecond>, less()}},
      {"envoy", {made<FirstRequestTwin>, toss_of_a_hundred()}}};
  static const std::map<std::string_view, SamplingTwin> of_documents = {
      {"documented", {made<PatientSecondTwin>, less()}},
      {"xray-python", {made<SecondTwin>, less()}},
      {"xray-node", {made<RoundedSecondTwin>, less()}},
      {"xray-go", {made<SecondTwin>, less()}},
      {"xray-java", {made<TenthsTwin>, less_in_24_bits(), false, false, true}},
      {"xray-ruby", {made<SecondTwin>, at_most(), false, true}},
      {"xray-dotnet", {made<SecondTwin>, at_most()}},
      {"envoy", {made<FirstRequestTwin>, toss_of_a_hundred()}}};
  return (local ? of_documents : central).at(recorder);
}

}  // namespace dosimeter::oracle
