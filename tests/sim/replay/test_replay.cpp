#include "sim/replay/replay.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_file.h"

using namespace dosimeter;
using namespace dosimeter::sim;
using dosimeter::test::TemporaryFile;

namespace {

RuleSet path_rules() {
  RuleSpec spec;
  spec.name = "api";
  spec.priority = 1;
  spec.url_path = "/api/*";
  RuleSetBuilder builder;
  builder.add(Rule::from(spec).value());
  return std::move(builder).build().value();
}

ReplayConfig config(std::vector<std::string> paths) {
  return {path_rules(), {std::move(paths), {}, {}, {}}, {}};
}

constexpr const char* kLog =
    "time,path,count,trace_header\n"
    "2026-05-04T10:00:00.5Z,/api/a,1,\n"
    "2026-05-04T10:00:00.25Z,/api/b?x,3,\n"      // out of order, 3 requests
    "not a time,/api/a,1,\n"                     // rejected
    ",,,\n"                                      // skipped
    "2026-05-04T10:00:02Z,/health,1,\n"          // Default
    "2026-05-04T10:00:03Z,/api/a,2,Sampled=1\n"  // decided upstream
    "2026-05-04T11:00:00Z,/api/a,4,\n"           // filtered
    "2026-05-04T10:00:04Z,/api/a,0,\n";          // stands for no request

}  // namespace

TEST_CASE("replay: every row is in exactly one count") {
  const TemporaryFile log(kLog);
  ReplayConfig with_end = config({log.path()});
  with_end.logs.to =
      TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 4) + std::chrono::hours(11));
  const ReplayResult result = replay(with_end).value();
  const InputCounts& counts = result.counts;
  CHECK(counts.rows == 1 + 3 + 1 + 1 + 1 + 2 + 4 + 0);
  CHECK(counts.requests == 1 + 3 + 1 + 2);
  CHECK(counts.rejected_rows == 1);
  CHECK(counts.skipped_rows == 1);
  CHECK(counts.filtered_rows == 4);
  CHECK(counts.late_rows == 0);
  CHECK(counts.out_of_order_rows == 3);
  CHECK(counts.upstream_decided == 2);
  CHECK(counts.rows == counts.requests + counts.rejected_rows + counts.skipped_rows +
                           counts.filtered_rows + counts.late_rows);
  CHECK(result.rules[0].matched == 4);
  CHECK(result.rules[1].matched == 1);
  CHECK(counts.requests ==
        result.rules[0].matched + result.rules[1].matched + counts.upstream_decided);
  REQUIRE(result.rules[0].load.size() == 1);
  CHECK(result.rules[0].load.entries()[0].load == 4);
  CHECK(result.rules[0].load.entries()[0].seconds == 1);
  REQUIRE(counts.rejected_examples.size() == 1);
  CHECK(counts.rejected_examples[0].line == 4);
  CHECK(
      counts.rejected_examples[0].message ==
      "time cannot be read: expected a stamp like 2026-05-04T10:15:02Z or seconds since 1970, got "
      "\"not a time\"");
  REQUIRE(result.span);
  CHECK(result.span->rows == 4);
  CHECK(result.span->time_digits == 2);
  // 10:00:00.25 to 10:00:03, and the mean of three gaps.
  CHECK(*result.span->seconds() == Approx(2.75 + 2.75 / 3));
  CHECK(result.field_seen[static_cast<std::size_t>(Field::url_path)]);
  CHECK_FALSE(result.field_seen[static_cast<std::size_t>(Field::host)]);
  CHECK_FALSE(result.partial);
}

TEST_CASE("replay: from is in, to is out") {
  const TemporaryFile log("time\n100000000\n100000001\n100000002\n");
  ReplayConfig cut = config({log.path()});
  cut.logs.from = TimePoint(std::chrono::seconds(100000001));
  cut.logs.to = TimePoint(std::chrono::seconds(100000002));
  const ReplayResult result = replay(cut).value();
  CHECK(result.counts.requests == 1);
  CHECK(result.counts.filtered_rows == 2);
}

TEST_CASE("replay: out of order is told within each file") {
  const TemporaryFile late("time\n200000000\n");
  const TemporaryFile early("time\n100000000\n");
  CHECK(replay(config({late.path(), early.path()})).value().counts.out_of_order_rows == 0);
}

TEST_CASE("replay: earlier means earlier than the latest so far, not than the row before") {
  const TemporaryFile log("time\n100000010\n100000005\n100000007\n100000010\n");
  CHECK(replay(config({log.path()})).value().counts.out_of_order_rows == 2);
}

TEST_CASE("replay: a log that stands for more requests than can be counted is refused") {
  std::string text = "time,count\n";
  for (int i = 0; i < 9008; ++i) text += "100000000,1000000000000\n";
  const TemporaryFile log(text);
  const auto result = replay(config({log.path()}));
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ExitCode::usage);
  CHECK(result.error().message ==
        log.path() +
            ":9009: expected at most 2^53 requests in all, got more with this row's count");
}

TEST_CASE("replay: requests that would end the recorder are counted") {
  RuleSetBuilder builder(*find_recorder("xray-go"));
  builder.add(Rule::from({.name = "text", .priority = 1, .url_path = "*.txt"}).value());
  const TemporaryFile log("time,path\n100000000,/%C4%B0x\n100000001,/%C3%A9.txt\n100000002,/x\n");
  ReplayConfig made = config({log.path()});
  made.rules = std::move(builder).build().value();
  const ReplayResult result = replay(made).value();
  CHECK(result.counts.requests == 3);
  CHECK(result.counts.broken_requests == 1);
  CHECK(result.rules[0].matched == 1);
}

TEST_CASE(
    "replay: what upstream decided loads the rule of a recorder that asks them all the same") {
  Recorder consults;
  consults.reservoir.decided_upstream = DecidedUpstream::consults_rules;
  RuleSetBuilder builder(consults);
  const TemporaryFile log("time,trace_header\n100000000,Sampled=1\n100000000,\n");
  ReplayConfig made = config({log.path()});
  made.rules = std::move(builder).build().value();
  const ReplayResult result = replay(made).value();
  CHECK(result.counts.upstream_decided == 1);
  CHECK(result.counts.requests == 2);
  CHECK(result.rules[0].matched == 1);
  CHECK(result.upstream_consulted == 1);
  CHECK(result.rules[0].load == LoadHistogram{{100000000 / 3600, 2, 1}});
  made.rules = RuleSetBuilder().build().value();
  const ReplayResult other = replay(made).value();
  CHECK(other.upstream_consulted == 0);
  CHECK(other.rules[0].load == LoadHistogram{{100000000 / 3600, 1, 1}});
}

TEST_CASE("replay: strict ends at the first row that cannot be read, with its place") {
  const TemporaryFile log(kLog);
  ReplayConfig strict = config({log.path()});
  strict.logs.strict = true;
  const auto result = replay(strict);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ExitCode::usage);
  CHECK(result.error().message.starts_with(log.path() + ":4: "));
}

TEST_CASE("replay: a watcher who says stop gets what was read, marked partial") {
  std::string text = "time\n";
  for (int i = 0; i < 100000; ++i) text += "100000000\n";
  const TemporaryFile log(text);
  std::uint64_t rows_seen = 0;
  int looks = 0;
  const ReplayResult result =
      replay(config({log.path()}), {[&](const ReplayProgress& progress) {
                                      rows_seen = progress.rows;
                                      CHECK(progress.bytes_total == text.size());
                                    },
                                    [&] { return ++looks == 3; }})
          .value();
  CHECK(result.partial);
  CHECK(result.counts.rows == rows_seen);
  CHECK(rows_seen > 0);
  CHECK(rows_seen < 100000);
}

TEST_CASE("input span: one row says nothing, many at once say the resolution") {
  const auto span = [](std::int64_t first, std::int64_t last, std::uint64_t stamps, int digits) {
    return InputSpan{TimePoint(std::chrono::nanoseconds(first)),
                     TimePoint(std::chrono::nanoseconds(last)), stamps, digits}
        .seconds();
  };
  CHECK_FALSE(span(5, 5, 1, 0).has_value());
  CHECK(*span(5, 5, 3, 0) == 1);
  CHECK(*span(5, 5, 3, 3) == Approx(0.001));
  CHECK(*span(0, 9'000'000'000, 1000, 0) == Approx(10));
  CHECK(*span(0, 3'598'200'000'000, 2000, 1) == Approx(3600));
  // As far apart as times can be.
  const auto widest = InputSpan{TimePoint::min(), TimePoint::max(), 2, 0}.seconds();
  CHECK(*widest == Approx(2 * 18446744073.709551615).epsilon(1e-9));
}
