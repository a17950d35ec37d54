// A comparison against two replays, and against the deciders of each row.

#include "sim/compare/compare_replay.h"
#include "sim/log/log_block.h"
#include "sim/replay/replay.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <map>

using namespace dosimeter;
using namespace dosimeter::sim;
using dosimeter::test::TemporaryFile;

namespace {

std::vector<Rule> document() {
  std::vector<Rule> rules;
  const char* paths[] = {"/a", "/A*", "/b?q", "*"};
  const char* hosts[] = {"*", "h", "h:80", "H"};
  for (std::size_t i = 0; i < 4; ++i) {
    RuleSpec spec;
    spec.name = "rule-" + std::to_string(i);
    spec.priority = static_cast<std::int64_t>(i);
    spec.url_path = paths[i];
    spec.host = hosts[i];
    rules.push_back(Rule::from(spec).value());
  }
  return rules;
}

RuleSet compile(const std::vector<Rule>& rules, const Recorder& recorder) {
  RuleSetBuilder builder(recorder);
  for (const Rule& rule : rules) builder.add(rule);
  return std::move(builder).build().value();
}

std::string random_log(Random& random, int rows) {
  const char* paths[] = {"/a", "/A", "/b?q", "/b", "/a?x", "", "-"};
  const char* hosts[] = {"h", "h:80", "H", "", "x"};
  const char* headers[] = {"", "", "", "Sampled=1", "sampled=0", "Sampled=?"};
  std::string text = "time,path,host,count,trace_header\n";
  for (int i = 0; i < rows; ++i) {
    if (random.chance(0.02)) {
      text += "nonsense,/a,h,1,\n";
      continue;
    }
    text += std::to_string(100000000 + i / 3 + static_cast<int>(random.below(4))) + "," +
            paths[random.below(7)] + "," + hosts[random.below(5)] + "," +
            std::to_string(random.below(4)) + "," + headers[random.below(6)] + "\n";
  }
  return text;
}

bool same(const InputCounts& a, const InputCounts& b) {
  return a.rows == b.rows && a.requests == b.requests && a.rejected_rows == b.rejected_rows &&
         a.skipped_rows == b.skipped_rows && a.filtered_rows == b.filtered_rows &&
         a.late_rows == b.late_rows && a.out_of_order_rows == b.out_of_order_rows &&
         a.upstream_decided == b.upstream_decided &&
         a.rejected_examples.size() == b.rejected_examples.size();
}

void check_same(const ReplayResult& a, const ReplayResult& b) {
  CHECK(same(a.counts, b.counts));
  CHECK(a.field_seen == b.field_seen);
  CHECK(a.notices == b.notices);
  CHECK(a.span->seconds() == b.span->seconds());
  REQUIRE(a.rules.size() == b.rules.size());
  for (std::size_t i = 0; i < a.rules.size(); ++i) {
    CHECK(a.rules[i].matched == b.rules[i].matched);
    CHECK(a.rules[i].load == b.rules[i].load);
  }
}

std::uint64_t matched(const ReplayResult& result, const RuleSet& rules, std::string_view name) {
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    if (rules.rules()[i].name() == name) return result.rules[i].matched;
  }
  return 0;
}

}  // namespace

TEST_CASE("compare: each side is what its own replay is, and movements are what lies between") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::uint64_t changed = 0;
  for (int round = 0; round < 40; ++round) {
    const TemporaryFile log(random_log(random, 300));
    const Recorder& a = recorders()[random.below(recorders().size())];
    const Recorder& b = recorders()[random.below(recorders().size())];
    CAPTURE(round, a.name, b.name);
    CompareConfig config{
        document(), compile(document(), a), compile(document(), b), {{log.path()}, {}, {}, {}}, {}};
    if (random.chance(0.3)) config.logs.from = TimePoint(std::chrono::seconds(100000020));
    if (random.chance(0.3)) config.logs.to = TimePoint(std::chrono::seconds(100000070));
    const CompareResult result = compare_replay(config).value();
    check_same(result.a, replay({config.a, config.logs, {}}).value());
    check_same(result.b, replay({config.b, config.logs, {}}).value());
    CHECK(result.requests == result.a.counts.requests);
    std::uint64_t left = 0;
    std::uint64_t came = 0;
    for (Decider decider = 0; decider < result.names.size(); ++decider) {
      const Movement& movement = result.movements[decider];
      left += movement.left;
      came += movement.came;
      const auto name = result.names.name(decider);
      if (decider == kDecidedUpstream) {
        CHECK(result.a.counts.upstream_decided + movement.came ==
              result.b.counts.upstream_decided + movement.left);
      } else {
        CHECK(matched(result.a, config.a, name) + movement.came ==
              matched(result.b, config.b, name) + movement.left);
      }
    }
    std::uint64_t listed = result.changes_left_out;
    for (const Change& change : result.changes) {
      listed += change.requests;
      CHECK(change.causes.choices != 0);
      CHECK(change.example.line > 1);
    }
    CHECK(left == result.changed);
    CHECK(came == result.changed);
    CHECK(listed == result.changed);
    changed += result.changed;
  }
  CHECK(changed > 1000);
}

TEST_CASE("compare: the example is the log's first request of its kind, as the log has it") {
  const TemporaryFile log(
      "time,path,host,service\n"
      "100000000,/b,h:80,s\n"
      "100000001,/b?q,h:80,s\n"
      "100000002,/b?q,h:80,other\n");
  Recorder keeps;
  keeps.text.query_string = QueryString::kept;
  const CompareConfig config{document(),
                             compile(document(), {}),
                             compile(document(), keeps),
                             {{log.path()}, {}, {}, {}},
                             {}};
  const CompareResult result = compare_replay(config).value();
  REQUIRE(result.changes.size() == 1);
  const Change& change = result.changes[0];
  CHECK(change.requests == 2);
  CHECK(result.names.name(change.to) == "rule-2");
  CHECK_FALSE(change.causes.together);
  CHECK(change.causes.choices == 1);
  CHECK(result.differences.at(0).key == "query_string");
  CHECK(change.example.file == log.path());
  CHECK(change.example.line == 3);
  CHECK(change.example.target == "/b?q");
  CHECK(change.example.host == "h:80");
  CHECK(change.example.service_name == "s");
  CHECK_FALSE(change.example.http_method.has_value());
  CHECK_FALSE(change.example.cut);
}

TEST_CASE("compare: a request that is late for one recorder is in no figure of the comparison") {
  // A second of one rule under A, of two under B: B's memory is full before A's.
  std::string text = "time,path\n";
  for (int i = 0; i < 900; ++i) {
    const std::string second = std::to_string(100000000 + i);
    text += second + ",/x\n" + second + ",/a\n";
  }
  // Seconds are folded between blocks alone; a blank row as long as one begins another.
  text += std::string(kReadBlockBytes, ' ') + '\n';
  for (int i = 0; i < 200; ++i) text += std::to_string(100000000 + i) + ",/a\n";
  const TemporaryFile log(text);
  Recorder ignores;
  ignores.match.other_version = RuleFeature::rule_ignored;
  std::vector<Rule> rules;
  RuleSpec spec;
  spec.name = "old";
  spec.url_path = "/a";
  spec.version = 2;
  rules.push_back(Rule::from(spec).value());
  CompareConfig config{
      rules, compile(rules, ignores), compile(rules, {}), {{log.path()}, {}, {}, {}},
      {},    Tally::kMinimumOpenBytes};
  const CompareResult result = compare_replay(config).value();
  const std::uint64_t late_a = result.a.counts.late_rows;
  const std::uint64_t late_b = result.b.counts.late_rows;
  CHECK(late_a == 0);
  CHECK(late_b == 200);
  CHECK(result.requests == 2000 - late_b);
  check_same(result.a, replay({config.a, config.logs, {}, Tally::kMinimumOpenBytes}).value());
  check_same(result.b, replay({config.b, config.logs, {}, Tally::kMinimumOpenBytes}).value());
}

TEST_CASE("compare: with more rules than causes are sought for, changes have none") {
  std::vector<Rule> rules;
  for (std::size_t i = 0; i <= kMostAttributedRules; ++i) {
    RuleSpec spec;
    spec.name = "rule-" + std::to_string(i);
    spec.host = "h";
    rules.push_back(Rule::from(spec).value());
  }
  const TemporaryFile log("time,host\n100000000,h:80\n");
  Recorder removes;
  removes.text.host_port = HostPort::removed;
  const CompareConfig config{
      rules, compile(rules, {}), compile(rules, removes), {{log.path()}, {}, {}, {}}, {}};
  const CompareResult result = compare_replay(config).value();
  CHECK_FALSE(result.causes_sought);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes[0].causes == Causes{});
}

TEST_CASE("compare: stopped, it is what was read, marked partial on both sides") {
  std::string text = "time\n";
  for (int i = 0; i < 100000; ++i) text += "100000000\n";
  const TemporaryFile log(text);
  const CompareConfig config{
      document(), compile(document(), {}), compile(document(), {}), {{log.path()}, {}, {}, {}}, {}};
  int looks = 0;
  const CompareResult result =
      compare_replay(config, {[](const ReplayProgress&) {}, [&] { return ++looks == 3; }}).value();
  CHECK(result.a.partial);
  CHECK(result.b.partial);
  CHECK(result.requests == result.a.counts.rows);
  CHECK(result.requests < 100000);
}
