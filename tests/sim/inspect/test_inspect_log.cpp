// What an inspection counts, against a replay of the same log and against what was written.

#include "sim/inspect/inspect_log.h"
#include "sim/replay/replay.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;
using dosimeter::test::TemporaryFile;

namespace {

RuleSet rules() {
  RuleSpec users{.name = "users", .priority = 1, .host = "api.*", .url_path = "/users/*"};
  RuleSpec posts{.name = "posts", .priority = 2, .http_method = "POST"};
  return RuleSetBuilder()
      .add(Rule::from(users).value())
      .add(Rule::from(posts).value())
      .build()
      .value();
}

}  // namespace

TEST_CASE("inspect: agrees with a replay, on any number of threads") {
  Random random(Random::default_seed());
  std::string text = "time,method,host,path,trace_header\n";
  std::uint64_t without_host = 0;
  std::uint64_t undecided = 0;
  while (text.size() < 2 * kReadBlockBytes) {
    const std::int64_t time =
        1'777'889'702'000 + static_cast<std::int64_t>(text.size() + random.below(5000));
    const bool has_host = random.below(3) != 0;
    const bool is_user = random.below(2) == 0;
    const bool is_decided = random.below(9) == 0;
    const bool is_address = random.below(20) == 0;
    if (!has_host) ++without_host;
    if (!has_host && is_user && !is_decided) ++undecided;
    text += std::to_string(time) + (random.below(2) == 0 ? ",GET," : ",POST,") +
            (has_host ? is_address ? "192.0.2.7:80" : "api.example" : "") +
            (is_user ? ",/users/7" : ",/health") + (is_decided ? ",Root=1-a;Sampled=1" : ",") +
            '\n';
    if (random.below(50) == 0) text += "soon,GET,,/,\n";
  }
  const TemporaryFile log(text);
  for (const unsigned threads : {1U, 3U}) {
    CAPTURE(threads);
    InspectConfig config{rules(), {{log.path()}, {}, {}, {}}, {}, 4};
    config.logs.threads = threads;
    const Inspection inspection = inspect_log(config).value();
    ReplayConfig replayed_config{rules(), config.logs, {}};
    const ReplayResult replayed = replay(replayed_config).value();
    CHECK(inspection.rows.rows == replayed.counts.rows);
    CHECK(inspection.rows.rejected_rows == replayed.counts.rejected_rows);
    CHECK(inspection.quality.requests == replayed.counts.requests);
    CHECK(inspection.out_of_order_rows == replayed.counts.out_of_order_rows);
    CHECK(inspection.upstream_decided == replayed.counts.upstream_decided);
    CHECK(inspection.span->first == replayed.span->first);
    CHECK(inspection.span->last == replayed.span->last);
    CHECK(inspection.span->time_digits == replayed.span->time_digits);
    CHECK(inspection.quality.absent[static_cast<std::size_t>(Field::host)] == without_host);
    CHECK(inspection.quality.undecided[static_cast<std::size_t>(Field::host)] == undecided);
    CHECK(inspection.quality.undecided_requests == undecided);
    CHECK(replayed.quality.requests == inspection.quality.requests);
    CHECK(replayed.quality.absent == inspection.quality.absent);
    CHECK(replayed.quality.undecided == inspection.quality.undecided);
    CHECK(replayed.quality.undecided_requests == inspection.quality.undecided_requests);
    CHECK(replayed.quality.address_hosts == inspection.quality.address_hosts);
    const auto minutes = inspection.quality.minutes.coverage();
    const auto replayed_minutes = replayed.quality.minutes.coverage();
    REQUIRE((minutes && replayed_minutes));
    CHECK(replayed_minutes->minutes == minutes->minutes);
    CHECK(replayed_minutes->empty_minutes == minutes->empty_minutes);
    CHECK(replayed_minutes->longest_gaps == minutes->longest_gaps);
    REQUIRE(inspection.first_rows.size() == 4);
    CHECK(inspection.first_rows.front().line == 2);
    REQUIRE(inspection.formats.size() == 1);
    CHECK(inspection.formats.front().mapping.name == "csv");
    CHECK(inspection.formats.front().mapping.sources.size() == 5);
  }
}

TEST_CASE("inspect: inputs that are read alike are told once") {
  const TemporaryFile one("time,path\n100000000,/a\n");
  const TemporaryFile two("time,path\n100000001,/b\n");
  const TemporaryFile other("time,url\n100000002,/c\n");
  const InspectConfig config{rules(), {{one.path(), other.path(), two.path()}, {}, {}, {}}, {}, 9};
  const Inspection inspection = inspect_log(config).value();
  REQUIRE(inspection.formats.size() == 2);
  CHECK(inspection.formats[0].files == 2);
  CHECK(inspection.formats[0].first_file == one.path());
  CHECK(inspection.formats[1].mapping.sources.back().from == "url");
  REQUIRE(inspection.first_rows.size() == 3);
  CHECK(inspection.first_rows[1].file == other.path());
}
