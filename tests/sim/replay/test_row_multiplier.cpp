// How many requests rows stand for: whole multiples, and draws that no order changes.

#include "sim/replay/replay_result.h"
#include "sim/replay/row_multiplier.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

constexpr std::size_t kBytes = std::size_t{64} << 10;

LogRow row_at(std::int64_t second, std::string_view path, std::uint64_t count = 1) {
  LogRow row;
  row.time = TimePoint{std::chrono::seconds(second)};
  row.target = path;
  row.count = count;
  return row;
}

TrafficScale scaled(double factor, std::uint64_t seed = 1) {
  return {1, factor, seed, kBytes};
}

/// Requests by second and path.
std::map<std::pair<std::int64_t, std::string>, std::uint64_t> requests(
    const std::vector<LogRow>& rows, RowMultiplier& multiplier) {
  std::map<std::pair<std::int64_t, std::string>, std::uint64_t> found;
  for (const LogRow& row : rows) {
    const auto second =
        std::chrono::floor<std::chrono::seconds>(row.time.time_since_epoch()).count();
    found[{second, std::string(*row.target)}] += multiplier.requests(row);
  }
  return found;
}

}  // namespace

TEST_CASE("row multiplier: whole multiples are exact, up to more than may be") {
  RowMultiplier sampled({10, 1, 1, kBytes});
  CHECK(sampled.changes());
  CHECK(sampled.requests(row_at(1, "/")) == 10);
  CHECK(sampled.requests(row_at(1, "/", 0)) == 0);
  CHECK(sampled.requests(row_at(1, "/", 7)) == 70);
  CHECK(sampled.requests(row_at(1, "/", kMaximumRequests)) == kMaximumRequests + 1);
  RowMultiplier tripled({10, 3, 1, kBytes});
  CHECK(tripled.requests(row_at(1, "/", 7)) == 210);
  CHECK_FALSE(RowMultiplier({1, 1, 1, kBytes}).changes());
  RowMultiplier many({1'000'000'000, 1e6, 1, kBytes});
  CHECK(many.requests(row_at(1, "/", 1'000'000'000)) == kMaximumRequests + 1);
}

TEST_CASE("row multiplier: of a row with many requests only the rest of one is drawn") {
  RowMultiplier multiplier(scaled(2.5));
  CHECK(multiplier.requests(row_at(1, "/", 1000)) == 2500);
  const std::uint64_t one = multiplier.requests(row_at(1, "/", 1001));
  CHECK((one == 2502 || one == 2503));
  CHECK(multiplier.requests(row_at(1, "/", 0)) == 0);
}

TEST_CASE("row multiplier: as many as the factor says, by neither order nor text") {
  const std::uint64_t seed = Random::default_seed();
  CAPTURE(seed);
  Random random(seed);
  const std::vector<std::string> paths = {"/a", "/b", "", "/users/7"};
  std::vector<LogRow> rows;
  // Fewer different ones than are told apart for certain.
  while (rows.size() < 20'000) {
    rows.push_back(row_at(static_cast<std::int64_t>(random.below(300)),
                          paths[static_cast<std::size_t>(random.below(paths.size()))]));
  }
  for (const double factor : {0.3, 1.75}) {
    CAPTURE(factor);
    RowMultiplier multiplier(scaled(factor));
    const auto expected = requests(rows, multiplier);
    CHECK_FALSE(multiplier.may_have_repeated());
    std::uint64_t all = 0;
    for (const auto& [who, count] : expected) all += count;
    const double rows_count = static_cast<double>(rows.size());
    const double share = factor - std::floor(factor);
    const double deviation = std::sqrt(rows_count * share * (1 - share));
    CHECK(std::abs(static_cast<double>(all) - factor * rows_count) < 5 * deviation);
    for (int shuffle = 0; shuffle < 3; ++shuffle) {
      for (std::size_t i = rows.size(); i > 1; --i) {
        std::swap(rows[i - 1], rows[static_cast<std::size_t>(random.below(i))]);
      }
      RowMultiplier again(scaled(factor));
      CHECK(requests(rows, again) == expected);
    }
    RowMultiplier other(scaled(factor, 2));
    CHECK(requests(rows, other) != expected);
  }
}

TEST_CASE("row multiplier: what hangs on a row is all that the log says of it") {
  const auto draws = [](const LogRow& row) {
    RowMultiplier multiplier(scaled(0.5));
    std::string text;
    for (int i = 0; i < 64; ++i) text += multiplier.requests(row) == 0 ? '0' : '1';
    return text;
  };
  const LogRow row = row_at(1, "/");
  const std::string expected = draws(row);
  CHECK(draws(row) == expected);
  for (FieldText LogRow::*member :
       {&LogRow::service_name, &LogRow::service_type, &LogRow::host, &LogRow::http_method,
        &LogRow::target, &LogRow::resource_arn, &LogRow::trace_header, &LogRow::instance}) {
    LogRow other = row;
    other.*member = "";
    CHECK(draws(other) != expected);
  }
  LogRow other = row;
  other.status = 500;
  CHECK(draws(other) != expected);
  other = row;
  other.time += std::chrono::nanoseconds(1);
  CHECK(draws(other) != expected);
}

TEST_CASE("occurrence counter: as a map, until it forgets, which it says where it may matter") {
  const std::uint64_t seed = Random::default_seed();
  CAPTURE(seed);
  Random random(seed);
  OccurrenceCounter counter(kBytes);
  std::map<std::uint64_t, std::uint64_t> expected;
  // A generation of 64 KiB / 2 holds 1,536.
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t hash = random.below(1500) * 0x9E3779B97F4A7C15u;
    REQUIRE(counter.next(hash, TimePoint{std::chrono::seconds(i)}) == expected[hash]++);
  }
  CHECK_FALSE(counter.may_have_repeated());
  // In order it may forget as it likes: equal rows are near each other.
  for (std::uint64_t second = 0; second < 10'000; ++second) {
    const TimePoint time{std::chrono::seconds(30'000 + second)};
    REQUIRE(counter.next(~second, time) == 0);
    REQUIRE(counter.next(~second, time) == 1);
  }
  CHECK_FALSE(counter.may_have_repeated());
  static_cast<void>(counter.next(~std::uint64_t{0}, TimePoint{std::chrono::seconds(30'000)}));
  CHECK(counter.may_have_repeated());
}
