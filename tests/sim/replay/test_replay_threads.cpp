#include "sim/compare/compare_replay.h"
#include "sim/replay/replay.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <atomic>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;
using dosimeter::test::TemporaryFile;

namespace {

constexpr unsigned kThreads[] = {1, 2, 3, 8};

std::vector<Rule> path_rules() {
  std::vector<Rule> rules;
  for (int i = 0; i < 5; ++i) {
    RuleSpec spec;
    spec.name = "rule" + std::to_string(i);
    spec.priority = i + 1;
    spec.url_path = "/" + std::to_string(i) + "/*";
    rules.push_back(Rule::from(spec).value());
  }
  return rules;
}

RuleSet compiled(const Recorder& recorder = kDocumentedRecorder) {
  return RuleSetBuilder(recorder).add(path_rules()).build().value();
}

/// A log of several blocks, and what is simple to say of it.
struct MadeLog {
  std::string text = "time,path,host,trace_header,pod,n\n";
  std::uint64_t rows = 0;
  std::uint64_t rejected = 0;
  std::uint64_t requests = 0;
  std::uint64_t out_of_order = 0;
};

/// Rows not quite in order, of many seconds, with all that rows can be.
MadeLog make_log(std::uint64_t seed, std::size_t bytes, std::size_t jitter) {
  MadeLog log;
  Random random(seed);
  std::int64_t now = 1'777'889'702'000;
  std::int64_t latest = 0;
  while (log.text.size() < bytes) {
    ++log.rows;
    const std::size_t kind = random.below(200);
    if (kind == 0) {
      log.text += "now,/x,h,,a,1\n";
      ++log.rejected;
      continue;
    }
    now += static_cast<std::int64_t>(random.below(200));
    const std::int64_t time = now - static_cast<std::int64_t>(random.below(jitter));
    const std::uint64_t count = random.below(3) == 0 ? random.below(4) : 1;
    const std::string host = "h" + std::to_string(random.below(5000)) + ":8080";
    log.text += std::to_string(time) + ",\"/" + std::to_string(random.below(7)) +
                (kind == 1 ? "/a\n\"\"b\"\",?x\"," : "/a,b\",") + host + ',' +
                (kind < 20 ? "Root=1-a;Sampled=1" : "") + ",pod" +
                std::to_string(random.below(40)) + ',' + std::to_string(count) + '\n';
    log.rows += count;
    --log.rows;
    log.requests += count;
    if (time < latest) {
      log.out_of_order += count;
    } else {
      latest = time;
    }
  }
  return log;
}

/// All of a result that is worth a line.
std::string digest(const ReplayResult& result) {
  const InputCounts& counts = result.counts;
  std::string text;
  const auto add = [&](auto number) { text += std::to_string(number) + ' '; };
  for (const std::uint64_t count :
       {counts.rows, counts.requests, counts.rejected_rows, counts.skipped_rows,
        counts.filtered_rows, counts.late_rows, counts.out_of_order_rows, counts.upstream_decided,
        counts.broken_requests, result.upstream_consulted}) {
    add(count);
  }
  for (const RejectedExample& example : counts.rejected_examples) {
    text += '\n' + example.file.substr(example.file.size() - 2) + ':' +
            std::to_string(example.line) + ' ' + example.message;
  }
  text += '\n';
  if (result.span) {
    add(result.span->first.time_since_epoch().count());
    add(result.span->last.time_since_epoch().count());
    add(result.span->rows);
    add(result.span->time_digits);
  }
  for (const bool seen : result.field_seen) add(int{seen});
  for (const RuleTally& rule : result.rules) {
    text += '\n';
    add(rule.matched);
    const auto add_loads = [&](const LoadHistogram& load) {
      for (const LoadEntry& entry : load.entries()) {
        add(entry.hour);
        add(entry.load);
        add(entry.seconds);
      }
    };
    add_loads(rule.load);
    for (const LoadHistogram& load : rule.instance_loads) add_loads(load);
  }
  text += '\n';
  for (const std::string& instance : result.instances) text += instance + ' ';
  std::uint64_t arrivals = 0;
  for (const Arrival& arrival : result.arrivals.entries()) {
    arrivals = arrivals * 31 + static_cast<std::uint64_t>(arrival.time.time_since_epoch().count()) +
               arrival.rule * 7 + arrival.instance * 3 + arrival.count * 2 +
               unsigned{arrival.decides};
  }
  add(arrivals);
  return text;
}

}  // namespace

TEST_CASE("replay threads: every figure is the same at any number of threads") {
  const std::uint64_t seed = Random::default_seed();
  CAPTURE(seed);
  const MadeLog first = make_log(seed, 3 * kReadBlockBytes / 2, 1500);
  const MadeLog second = make_log(seed + 1, 3 * kReadBlockBytes / 2, 1500);
  // One stray quote: from here on every line by itself.
  const TemporaryFile one(first.text);
  const TemporaryFile two(second.text + "\"\n" + second.text.substr(34));
  for (const bool small : {false, true}) {
    ReplayConfig config{compiled(), {{one.path(), two.path()}, {}, {}, {}}, {}};
    config.logs.log.columns.set_instance("pod");
    config.keep_arrivals = true;
    if (small) config.reorder_bytes = Tally::kMinimumOpenBytes;
    std::string expected;
    for (const unsigned threads : kThreads) {
      CAPTURE(threads, small);
      config.logs.threads = threads;
      const ReplayResult result = replay(config).value();
      if (expected.empty()) expected = digest(result);
      CHECK(digest(result) == expected);
      CHECK((result.counts.late_rows > 0) == small);
      CHECK(result.instances.size() == 40);
    }
  }
}

TEST_CASE("replay threads: rows that are known need not be read, and no figure shows it") {
  class KeepsAll final : public RowFilter {
   public:
    bool keeps(const LogRow&) const noexcept override { return true; }
  };
  const std::uint64_t seed = Random::default_seed();
  CAPTURE(seed);
  Random random(seed);
  // Few requests, again and again, and now and then what is no plain row.
  std::string text = "time,path,host,trace_header,pod,n\n";
  while (text.size() < 2 * kReadBlockBytes) {
    constexpr const char* kPaths[] = {"/0/a", "/1/b?c=d",     "\"/2/e,f\"", "-",
                                      "",     "http://x/3/g", " /4/h",      "/0/\"i"};
    constexpr const char* kHeaders[] = {"", "", "", "", "", "", "Sampled=1", "Sampled=?"};
    text += random.below(300) == 0 ? "now" : std::to_string(1'777'889'702 + random.below(50));
    text += std::string(",") + kPaths[random.below(std::size(kPaths))] + ",h" +
            std::to_string(random.below(9)) + "\xC3\xA9," + kHeaders[random.below(8)] + ",pod" +
            std::to_string(random.below(3)) + ',' + std::to_string(random.below(3)) + '\n';
  }
  const TemporaryFile log(text);
  for (const char* name : {"xray-go", "xray-node", "envoy"}) {
    const Recorder* const recorder = find_recorder(name);
    REQUIRE(recorder != nullptr);
    ReplayConfig config{compiled(*recorder), {{log.path()}, {}, {}, {}}, {}};
    config.logs.log.columns.set_instance("pod");
    const std::string known = digest(replay(config).value());
    config.logs.where = std::make_shared<KeepsAll>();
    CAPTURE(name);
    CHECK(digest(replay(config).value()) == known);
  }
}

TEST_CASE("replay threads: rows of a time and known texts count the same many at a time") {
  const std::uint64_t seed = Random::default_seed();
  CAPTURE(seed);
  Random random(seed);
  // Where there may be a trace header, rows are put one by one. As long as the other, as blocks
  // decide which rows are late.
  std::string alone = "time,path,host,anything_its\n";
  std::string with_headers = "time,path,host,trace_header\n";
  std::int64_t now = 1'777'889'702'000;
  while (alone.size() < 3 * kReadBlockBytes) {
    constexpr const char* kPaths[] = {"/0/a", "/1/b?c=d", "\"/2/e,f\"", "/9/x", "-", "/9/%C4%B0x"};
    now += static_cast<std::int64_t>(random.below(60));
    const std::int64_t time =
        now - static_cast<std::int64_t>(random.below(random.below(50) == 0 ? 400'000 : 3000));
    // Rows with a quote and new ones are read one by one in either log: the finest stamps are in
    // others.
    const char* const quote = random.below(99) == 0 ? "\"" : "";
    const char* const fraction = *quote == '\0' && random.below(999) == 0 ? ".25" : "";
    const std::string row = quote + std::to_string(time) + fraction + quote + ',' +
                            kPaths[random.below(std::size(kPaths))] + ",h" +
                            std::to_string(random.below(9)) + ",\n";
    alone += row;
    with_headers += row;
  }
  const TemporaryFile log(alone);
  const TemporaryFile twin(with_headers);
  const std::optional<TimePoint> from(TimePoint{std::chrono::milliseconds{1'777'889'800'000}});
  const std::optional<TimePoint> to(TimePoint{std::chrono::milliseconds{now - 90'000}});
  std::uint64_t late = 0;
  std::uint64_t broken = 0;
  for (const char* name : {"documented", "xray-go", "xray-node", "envoy"}) {
    const Recorder* const recorder = find_recorder(name);
    REQUIRE(recorder != nullptr);
    const RuleSet rules =
        RuleSetBuilder(*recorder)
            .add(path_rules())
            .add({Rule::from({.name = "text", .priority = 9, .url_path = "*.txt"}).value()})
            .build()
            .value();
    for (const bool all : {true, false}) {
      CAPTURE(name, all);
      const auto digest_of = [&](const std::string& path) {
        ReplayConfig config{rules, {{path}, {}, {}, {}}, {}};
        if (!all) {
          config.logs.from = from;
          config.logs.to = to;
          config.reorder_bytes = Tally::kMinimumOpenBytes;
        }
        config.keep_arrivals = all;
        const ReplayResult result = replay(config).value();
        late += result.counts.late_rows;
        broken += result.counts.broken_requests;
        return digest(result);
      };
      CHECK(digest_of(log.path()) == digest_of(twin.path()));
    }
  }
  CHECK(late > 0);
  CHECK(broken > 0);
}

TEST_CASE("replay threads: rows, rejects and rows out of order are what was written") {
  const MadeLog made = make_log(Random::default_seed(), 3 * kReadBlockBytes, 2500);
  const TemporaryFile log(made.text);
  for (const unsigned threads : kThreads) {
    ReplayConfig config{compiled(), {{log.path()}, {}, {}, {}}, {}};
    config.logs.threads = threads;
    const InputCounts counts = replay(config).value().counts;
    CHECK(counts.rows == made.rows);
    CHECK(counts.rejected_rows == made.rejected);
    CHECK(counts.requests == made.requests);
    CHECK(counts.out_of_order_rows == made.out_of_order);
    CHECK(counts.rows == counts.requests + counts.rejected_rows);
  }
}

TEST_CASE("replay threads: where a pass ends does not depend on how many there are") {
  MadeLog made = make_log(Random::default_seed(), 2 * kReadBlockBytes, 1500);
  const TemporaryFile rejects(made.text);
  std::string many = "time,count\n";
  for (int i = 0; i < 61'000; ++i)
    many += i % 2 == 0 ? "100000000,0\n" : "100000000,300000000000\n";
  const TemporaryFile requests(many);
  for (const auto& [path, strict] :
       {std::pair(rejects.path(), true), std::pair(requests.path(), false)}) {
    std::string expected;
    for (const unsigned threads : kThreads) {
      ReplayConfig config{compiled(), {{path}, {}, {}, {}}, {}};
      config.logs.strict = strict;
      config.logs.threads = threads;
      const auto result = replay(config);
      REQUIRE_FALSE(result.has_value());
      if (expected.empty()) expected = result.error().message;
      CHECK(result.error().message == expected);
    }
  }
  // 2^53 / 3e11 rows that count, each behind one that does not, and the header.
  ReplayConfig config{compiled(), {{requests.path()}, {}, {}, {}}, {}};
  CHECK(replay(config).error().message ==
        requests.path() +
            ":60049: expected at most 2^53 requests in all, got more with this row's count");
}

TEST_CASE("replay threads: a stop ends behind whole blocks, on any number of threads") {
  const MadeLog made = make_log(Random::default_seed(), 6 * kReadBlockBytes, 1500);
  const TemporaryFile log(made.text);
  for (const unsigned threads : kThreads) {
    ReplayConfig config{compiled(), {{log.path()}, {}, {}, {}}, {}};
    config.logs.threads = threads;
    std::atomic<bool> stops = false;
    int calls = 0;
    const ReplayResult result = replay(config, {[&](const ReplayProgress& progress) {
                                                  CHECK(progress.bytes_read > 0);
                                                  CHECK(progress.rows > 0);
                                                  if (++calls == 2) stops = true;
                                                },
                                                [&] { return stops.load(); }})
                                    .value();
    CHECK(result.partial);
    CHECK(calls == 2);
    CHECK(result.counts.rows > 0);
    CHECK(result.counts.rows < made.rows);
  }
}

TEST_CASE("replay threads: a comparison's changes and their first examples") {
  const MadeLog made = make_log(Random::default_seed(), 2 * kReadBlockBytes, 1500);
  const TemporaryFile log(made.text);
  const Recorder& other = *find_recorder("xray-python");
  std::string expected;
  for (const unsigned threads : kThreads) {
    CompareConfig config{path_rules(), compiled(), compiled(other), {{log.path()}, {}, {}, {}}, {}};
    config.logs.threads = threads;
    const CompareResult result = compare_replay(config).value();
    std::string text = digest(result.a) + digest(result.b) + std::to_string(result.requests) + '/' +
                       std::to_string(result.changed);
    for (const Change& change : result.changes) {
      text += '\n' + std::to_string(change.from) + ">" + std::to_string(change.to) + ' ' +
              std::to_string(change.requests) + ' ' + std::to_string(change.causes.choices) + ' ' +
              std::to_string(change.example.line) + ' ' + change.example.target.value_or("absent");
    }
    if (expected.empty()) expected = text;
    CHECK(text == expected);
  }
}
