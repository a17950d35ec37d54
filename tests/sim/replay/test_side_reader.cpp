#include <dosimeter/explanation.h>

#include "sim/replay/replay_side.h"
#include "sim/replay/side_reader.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

/// Rules on every field, in patterns of both cases and beyond ASCII.
std::vector<Rule> some_rules() {
  const std::vector<RuleSpec> specs = {
      {.name = "a", .priority = 1, .url_path = "/a*"},
      {.name = "b", .priority = 2, .host = "*.EU.example.com", .http_method = "get"},
      {.name = "c", .priority = 3, .service_name = "shop-?", .url_path = "/*/7"},
      {.name = "d", .priority = 4, .service_type = "AWS::EC2*", .url_path = "*\xC3\x89*"},
      {.name = "e", .priority = 5, .host = "h*", .resource_arn = "arn:*"},
      {.name = "f", .priority = 6, .http_method = "POST", .url_path = "*.txt"}};
  std::vector<Rule> rules;
  for (const RuleSpec& spec : specs) rules.push_back(Rule::from(spec).value());
  return rules;
}

/// Rows of a few texts, and of many.
class Rows {
 public:
  explicit Rows(std::uint64_t seed) : random_(seed) {}

  LogRow next() {
    LogRow row;
    row.service_name = one_of({"shop-1", "shop-22", "", "-", "SHOP-3"});
    row.service_type = one_of({"AWS::EC2::Instance", "x"});
    row.host = one_of({"h", "h:80", "a.eu.example.com", "A.EU.EXAMPLE.COM:443", ":1"});
    row.http_method = one_of({"GET", "get", "POST", "-"});
    row.resource_arn = one_of({"arn:x", ""});
    std::string target = "/" + std::to_string(random_.below(random_.below(2) == 0 ? 9 : 5000));
    constexpr const char* kEnds[] = {"",     "/7",         "?q=1",       "/x.txt?a?b", "/%41",
                                     "/a/7", "/\xC3\xA9x", "/\xC4\xB0x", ".txt",       "/\xFF"};
    target += kEnds[random_.below(std::size(kEnds))];
    if (random_.below(50) == 0) target += std::string(random_.below(900), 'z');
    texts_.push_back(target);
    if (random_.below(20) != 0) row.target = texts_.back();
    constexpr const char* kHeaders[] = {"Root=1-a;Sampled=1", "Sampled=?", "Root=1-a"};
    if (random_.below(10) == 0) row.trace_header = kHeaders[random_.below(3)];
    row.count = random_.below(9) == 0 ? random_.below(4) : 1;
    row.time = TimePoint{std::chrono::milliseconds{1'777'889'702'000 + 7 * texts_.size()}};
    return row;
  }

 private:
  FieldText one_of(std::initializer_list<const char*> texts) {
    const std::size_t at = random_.below(texts.size() + 1);
    if (at == texts.size()) return std::nullopt;
    return std::string_view(texts.begin()[at]);
  }

  Random random_;
  std::deque<std::string> texts_;
};

unsigned present_fields(const Request& request) {
  unsigned fields = 0;
  for (const Field field : kFields) {
    fields |= unsigned{request.field(field).has_value()} << static_cast<unsigned>(field);
  }
  return fields;
}

}  // namespace

TEST_CASE("side reader: every recorder's rules say of a row what they say without a memory") {
  const std::uint64_t seed = Random::default_seed();
  for (const Recorder& recorder : recorders()) {
    CAPTURE(seed, recorder.name);
    Rows rows(seed);
    const RuleSet rules = RuleSetBuilder(recorder).add(some_rules()).build().value();
    const RequestDefaults defaults{"fallback", {}, "*.example.com", "/shop"};
    ReplaySide side(rules, defaults, {});
    SideReader reader(side.rules());
    RequestMapper mapper(rules, defaults);
    const auto scratch = std::make_unique<MatchScratch>();
    BlockSide block = side.make_block();
    side.begin(block);
    std::uint64_t broken = 0;
    unsigned fields = 0;
    for (int i = 0; i < 600; ++i) {
      const LogRow row = rows.next();
      reader.put(row, false, block);
      const Placement& placement = reader.placement();
      const Request request = mapper.map(row);
      REQUIRE_FALSE(placement.late);
      REQUIRE(placement.rule.has_value() == (request.upstream == UpstreamDecision::none));
      if (!placement.rule) continue;
      REQUIRE(*placement.rule == rules.match(request, *scratch));
      fields |= present_fields(request);
      if (explain(rules, request).broken) broken += row.count;
      REQUIRE(block.field_seen == fields);
      REQUIRE(block.counts.broken_requests == broken);
    }
  }
}
