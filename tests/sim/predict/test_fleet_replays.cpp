// What is computed of several instances, against replays of that many real Samplers.

#include <dosimeter/sampler.h>

#include "sim/predict/fleet.h"
#include "sim/predict/month.h"
#include "sim/predict/normal.h"
#include "sim/predict/routed_takes.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kReplays = 20'000;

struct Shape {
  std::string name;
  std::uint64_t reservoir;
  std::uint64_t instances;
  RuleKind mode;
  /// Requests in one second after the other.
  std::vector<std::uint64_t> loads;
};

const Shape kShapes[] = {
    {"steady, local", 1, 4, RuleKind::local, {5, 4, 6, 5, 3, 7, 5, 4}},
    {"bursts, shares of a central reservoir", 5, 3, RuleKind::central, {1, 22, 0, 2, 14}},
    {"sparse, more instances than the reservoir has requests",
     2,
     5,
     RuleKind::central,
     {1, 2, 1, 0, 3, 1, 2, 1, 2, 0, 1, 4}},
};

RuleSet one_rule(std::uint64_t reservoir, double rate) {
  RuleSpec spec;
  spec.name = "Default";
  spec.reservoir_size = static_cast<std::int64_t>(reservoir);
  spec.fixed_rate = rate;
  return RuleSetBuilder().add(Rule::from(spec).value()).build().value();
}

/// Replays a shape again and again, each time some seconds later and routed anew.
class Replayer {
 public:
  Replayer(const Shape& shape, double rate) : shape_(shape) {
    for (const ReservoirGroup& group :
         reservoir_groups(shape.reservoir, shape.instances, shape.mode, Allocation::even)) {
      for (std::uint64_t i = 0; i < group.instances; ++i) {
        samplers_.push_back(std::make_unique<Sampler>(one_rule(group.size, rate)));
        deciders_.push_back(samplers_.back()->decider());
      }
    }
  }

  struct Counts {
    double taken = 0;
    double recorded = 0;
  };

  Counts replay() {
    Counts counts;
    for (const std::uint64_t load : shape_.loads) {
      now_ += std::chrono::seconds(1);
      for (std::uint64_t i = 0; i < load; ++i) {
        const Decision decision =
            deciders_[random_.below(deciders_.size())].decide({}, now_, random_.unit());
        if (decision.cause == Cause::reservoir) ++counts.taken;
        if (decision.sampled) ++counts.recorded;
      }
    }
    return counts;
  }

 private:
  const Shape& shape_;
  // One seed: three standard errors are too few for any.
  Random random_{20'000};
  TimePoint now_{std::chrono::seconds(1'000'000'000)};
  std::vector<std::unique_ptr<Sampler>> samplers_;
  std::vector<Decider> deciders_;
};

TakesMoments computed(const Shape& shape) {
  LoadHistogramBuilder builder;
  for (const std::uint64_t load : shape.loads) builder.add(0, load);
  const LoadHistogram load = std::move(builder).build();
  RoutedTakes takes(
      reservoir_groups(shape.reservoir, shape.instances, shape.mode, Allocation::even));
  return takes.of_log(load.entries());
}

std::uint64_t requests_of(const Shape& shape) {
  std::uint64_t requests = 0;
  for (const std::uint64_t load : shape.loads) requests += load;
  return requests;
}

TEST_CASE("fleet replays: mean and variance of what is taken, and of what is recorded") {
  constexpr double kRate = 0.3;
  const double n = static_cast<double>(kReplays);
  for (const Shape& shape : kShapes) {
    CAPTURE(shape.name);
    const TakesMoments expected = computed(shape);
    Replayer replayer(shape, kRate);
    std::vector<Replayer::Counts> counts;
    for (std::size_t i = 0; i < kReplays; ++i) counts.push_back(replayer.replay());

    const RuleTakes takes{
        {},
        Rate::from(kRate).value(),
        RandomTakes{expected.taken, static_cast<double>(requests_of(shape)) - expected.taken,
                    expected.variance, std::nullopt}};
    const double recorded = takes.taken() + takes.refused() * kRate;
    const auto check = [&](auto of, double mean, double variance) {
      double sum = 0;
      for (const Replayer::Counts& count : counts) sum += of(count);
      const double got = sum / n;
      double second = 0;
      double fourth = 0;
      for (const Replayer::Counts& count : counts) {
        const double square = (of(count) - got) * (of(count) - got);
        second += square / n;
        fourth += square * square / n;
      }
      CAPTURE(got, mean, second, variance);
      CHECK(std::abs(got - mean) < 3 * std::sqrt(variance / n));
      CHECK(std::abs(second - variance) < 3 * std::sqrt((fourth - second * second) / n));
    };
    check([](const Replayer::Counts& count) { return count.taken; }, expected.taken,
          expected.variance);
    check([](const Replayer::Counts& count) { return count.recorded; }, recorded,
          takes.recorded_variance());
  }
}

TEST_CASE("fleet replays: an interval holds as many outcomes as its own coverage says") {
  constexpr double kRate = 0.4;
  const double n = static_cast<double>(kReplays);
  const Shape shape = {"busy", 2, 3, RuleKind::local, {9, 12, 7, 15, 10}};
  const TakesMoments moments = computed(shape);
  const double requests = static_cast<double>(requests_of(shape));
  const RuleTakes takes{
      {},
      Rate::from(kRate).value(),
      RandomTakes{moments.taken, requests - moments.taken, moments.variance, std::nullopt}};
  const RecordedDistribution distribution = recorded_by({&takes, 1});
  CHECK_FALSE(distribution.exact());
  Replayer replayer(shape, kRate);
  std::vector<double> recorded;
  for (std::size_t i = 0; i < kReplays; ++i) recorded.push_back(replayer.replay().recorded);
  for (const double confidence : {0.5, 0.8, 0.95}) {
    const CountInterval interval = distribution.interval(confidence);
    const auto below = [&](double count) {
      return normal_upper_tail((distribution.expected() - count) /
                               distribution.standard_deviation());
    };
    const double coverage = below(static_cast<double>(interval.high) + 0.5) -
                            below(static_cast<double>(interval.low) - 0.5);
    double inside = 0;
    for (const double count : recorded) {
      if (count >= static_cast<double>(interval.low) &&
          count <= static_cast<double>(interval.high)) {
        ++inside;
      }
    }
    CAPTURE(confidence, interval.low, interval.high, coverage, inside / n);
    CHECK(coverage > confidence - 0.05);
    CHECK(std::abs(inside / n - coverage) < 3 * std::sqrt(coverage * (1 - coverage) / n));
  }
}

TEST_CASE("fleet replays: of one instance the interval is exact, and so is its coverage") {
  constexpr double kRate = 0.2;
  const double n = static_cast<double>(kReplays);
  const Shape shape = {"one", 2, 1, RuleKind::central, {9, 3, 1, 6}};
  const RuleTakes takes{{2 + 2 + 1 + 2, 7 + 1 + 0 + 4}, Rate::from(kRate).value()};
  const RecordedDistribution distribution = recorded_by({&takes, 1});
  Replayer replayer(shape, kRate);
  std::vector<double> counts(32);
  for (std::size_t i = 0; i < kReplays; ++i) {
    ++counts[static_cast<std::size_t>(replayer.replay().recorded)];
  }
  for (const double confidence : {0.6, 0.9, 0.99}) {
    const CountInterval interval = distribution.interval(confidence);
    double coverage = 0;
    double inside = 0;
    for (std::uint64_t x = interval.low; x <= interval.high; ++x) {
      const std::uint64_t drawn = x - 7;
      coverage += std::tgamma(13.0) / std::tgamma(static_cast<double>(drawn) + 1) /
                  std::tgamma(13.0 - static_cast<double>(drawn)) *
                  std::pow(kRate, static_cast<double>(drawn)) *
                  std::pow(1 - kRate, 12.0 - static_cast<double>(drawn));
      inside += counts[static_cast<std::size_t>(x)];
    }
    CAPTURE(confidence, coverage);
    CHECK(coverage >= confidence);
    CHECK(std::abs(inside / n - coverage) < 3 * std::sqrt(coverage * (1 - coverage) / n));
  }
}

}  // namespace
}  // namespace dosimeter::sim
