#include "engine/src/part_table.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <map>
#include <vector>

using namespace dosimeter::detail;

namespace {

/// By hash, in order; of a part that is only known none.
using Twin = std::map<std::uint64_t, std::vector<PatternId>>;

/// Few starts and few ends, so that many want one place and some are the same; the last start runs
/// over the end of the table.
std::uint64_t random_hash(Random& random) {
  const std::uint64_t start = random.chance(0.3) ? 0xFFFF'FFFF : random.below(3);
  return start << 32 | random.below(40);
}

}  // namespace

TEST_CASE("part table: gives the patterns of every hash, and of no other") {
  Random random;
  INFO("seed " << Random::default_seed());
  std::size_t known = 0;
  std::size_t unknown = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<PartTable::Entry> entries;
    Twin twin;
    const std::size_t count = 1 + random.below(60);
    for (PatternId pattern = 0; pattern < count; ++pattern) {
      const std::uint64_t hash = random_hash(random);
      const bool only_known = random.chance(0.2);
      entries.push_back({hash, only_known ? PartTable::kNoPattern : pattern});
      std::vector<PatternId>& own = twin[hash];
      if (!only_known) own.push_back(pattern);
    }
    const PartTable table(entries);
    REQUIRE_FALSE(table.empty());
    for (int i = 0; i < 200; ++i) {
      const std::uint64_t hash = random_hash(random);
      const PartTable::Found found = table.find(hash);
      const auto expected = twin.find(hash);
      const bool is_known = expected != twin.end();
      (is_known ? known : unknown) += 1;
      REQUIRE(found.known == is_known);
      std::vector<PatternId> patterns(found.patterns.begin(), found.patterns.end());
      std::sort(patterns.begin(), patterns.end());
      REQUIRE(patterns == (is_known ? expected->second : std::vector<PatternId>{}));
    }
  }
  CHECK(known > 10'000);
  CHECK(unknown > 10'000);
}

TEST_CASE("part table: of nothing") {
  CHECK(PartTable().empty());
  CHECK(PartTable(std::vector<PartTable::Entry>{}).empty());
}
