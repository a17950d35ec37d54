// What moves the volume from one recorder to another, against predictions of the recorders
// themselves.

#include "sim/compare/compare_replay.h"
#include "sim/compare/volume.h"
#include "sim/predict/fleet_model.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <cmath>
#include <string>

namespace dosimeter::sim {
namespace {

using test::TemporaryFile;

std::vector<Rule> document() {
  RuleSpec spec;
  spec.name = "api";
  spec.priority = 1;
  spec.url_path = "/Api/*";
  spec.reservoir_size = 2;
  spec.fixed_rate = 0.25;
  return {Rule::from(spec).value()};
}

struct Compared {
  Report a;
  Report b;
  VolumeComparison volume;
};

Compared compare(const Recorder& a, const Recorder& b, const FleetSettings& fleet_a,
                 const FleetSettings& fleet_b, const std::string& text) {
  const TemporaryFile log(text);
  const auto compile = [](const Recorder& recorder) {
    return RuleSetBuilder(recorder).add(document()).build().value();
  };
  const CompareConfig config{
      document(), compile(a), compile(b), {{log.path()}, {}, {}, {}}, {}, Tally::kDefaultOpenBytes,
      true};
  CompareResult result = compare_replay(config).value();
  ReportContext context;
  context.fleet = fleet_a;
  Report report_a = make_report(config.a, context, std::move(result.a), {});
  context.fleet = fleet_b;
  Report report_b = make_report(config.b, context, std::move(result.b), {});
  VolumeComparison volume = compare_volume(report_a, report_b);
  return {std::move(report_a), std::move(report_b), std::move(volume)};
}

std::string random_log() {
  Random random;
  std::string text = "time,path,trace_header\n";
  for (int second = 0; second < 100; ++second) {
    for (std::size_t i = random.below(7); i > 0; --i) {
      text += std::to_string(1'600'000'000 + second) + "." + std::to_string(random.below(10)) +
              (random.chance(0.5) ? ",/Api/x," : ",/other,") +
              (random.chance(0.2) ? "Sampled=1" : "") + "\n";
    }
  }
  return text;
}

std::vector<std::string> keys(const VolumeComparison& volume) {
  std::vector<std::string> keys;
  for (const VolumeShift& shift : volume.shifts) keys.emplace_back(shift.key);
  return keys;
}

double expected(const Report& report) {
  return report.prediction.total.recorded.expected;
}

TEST_CASE("volume: recorders alike move nothing") {
  const Compared compared = compare({}, {}, {}, {}, random_log());
  CHECK(compared.volume.shifts.empty());
  CHECK(compared.volume.remainder == 0);
}

TEST_CASE("volume: one difference is the whole way") {
  const std::string log = random_log();
  Recorder b;
  FleetSettings fleet_b;
  std::string key;
  SECTION("window") {
    b.reservoir.window = ReservoirWindow::empty_bucket;
    key = "window";
  }
  SECTION("default reservoir") {
    b.reservoir.default_reservoir = DefaultReservoir::drained_by_all;
    key = "default_reservoir";
  }
  SECTION("quota") {
    b.quota.use = QuotaUse::never_used;
    key = "quota";
  }
  SECTION("mode") {
    fleet_b.mode = RuleKind::local;
    fleet_b.instances = 3;
    key = "quota";
  }
  SECTION("draw") {
    b.reservoir.draw = DrawComparison::below_whole_percent;
    key = "draw";
  }
  SECTION("upstream") {
    b.reservoir.decided_upstream = DecidedUpstream::consults_rules;
    key = "decided_upstream";
  }
  SECTION("rules") {
    b.match.absent_field.fill(AbsentField::matches_none);
    b.text.query_string = QueryString::kept;
    key = "rules";
  }
  const Compared compared = compare({}, b, {}, fleet_b, log);
  REQUIRE(keys(compared.volume) == std::vector<std::string>{key});
  CHECK(compared.volume.shifts[0].recorded ==
        Approx(expected(compared.b) - expected(compared.a)).margin(1e-9));
  CHECK(std::abs(compared.volume.remainder) < 1e-9);
}

TEST_CASE("volume: shifts and what is left of them are the way from A to B") {
  Recorder b;
  b.reservoir.window = ReservoirWindow::first_request;
  b.reservoir.draw = DrawComparison::below_whole_percent;
  b.reservoir.decided_upstream = DecidedUpstream::consults_rules;
  b.quota.use = QuotaUse::never_used;
  const Compared compared = compare({}, b, {}, {}, random_log());
  CHECK(keys(compared.volume) ==
        std::vector<std::string>{"window", "quota", "draw", "decided_upstream"});
  double sum = compared.volume.remainder;
  double usd = compared.volume.usd_remainder.value();
  for (const VolumeShift& shift : compared.volume.shifts) {
    sum += shift.recorded;
    usd += shift.usd_per_month.value();
  }
  CHECK(sum == Approx(expected(compared.b) - expected(compared.a)).margin(1e-9));
  CHECK(usd == Approx(compared.b.prediction.month->usd.expected -
                      compared.a.prediction.month->usd.expected)
                   .margin(1e-9));
}

}  // namespace
}  // namespace dosimeter::sim
