#include "sim/compare/change_list.h"
#include "sim/compare/row_memo.h"
#include "tests/support/catch.h"

using namespace dosimeter;
using namespace dosimeter::sim;

TEST_CASE("change list: kinds are told apart by both rules and by their causes") {
  ChangeList list;
  list.add(1, 2, {1, false}, 5);
  list.add(1, 2, {1, true}, 1);
  list.add(1, 2, {2, false}, 1);
  list.add(2, 1, {1, false}, 7);
  list.add(1, 2, {1, false}, 2);
  const auto changes = std::move(list).sorted();
  REQUIRE(changes.size() == 4);
  // Most first, of equals the one met first.
  CHECK(changes[0].requests == 7);
  CHECK(changes[0].from == 1);
  CHECK(changes[1].from == 2);
  CHECK(changes[2].causes == Causes{1, true});
  CHECK(changes[3].causes == Causes{2, false});
}

TEST_CASE("change list: what does not fit is counted") {
  ChangeList list;
  for (Decider from = 0; from < ChangeList::kMostChanges; ++from) {
    REQUIRE(list.add(from, 1, {}, 1) != nullptr);
  }
  CHECK(list.add(5000, 1, {}, 3) == nullptr);
  CHECK(list.add(7, 1, {}, 10) != nullptr);
  CHECK(list.requests_left_out() == 3);
  CHECK(std::move(list).sorted().front().from == 7);
}

TEST_CASE("example request: long texts are cut, and it says so") {
  const std::string path(kMostExampleBytes + 1, 'x');
  LogRow row;
  row.host = "h";
  row.target = path;
  const ExampleRequest example = example_request(row, "f", 3);
  CHECK(example.cut);
  CHECK(example.target->size() == kMostExampleBytes);
  CHECK(example.host == "h");
  CHECK_FALSE(example.service_name.has_value());
}

TEST_CASE("row memo: rows that differ in any text do not share what is remembered") {
  RowMemo<int> memo;
  std::vector<LogRow> rows(6);
  rows[1].host = "";
  rows[2].host = "a";
  rows[3].service_type = "a";
  rows[4].host = "a";
  rows[4].http_method = "b";
  rows[5].host = "ab";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(memo.find(rows[i]) == nullptr);
    memo.remember(static_cast<int>(i));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int* found = memo.find(rows[i]);
    // A later row may have taken the place.
    if (found != nullptr) CHECK(*found == static_cast<int>(i));
  }
  CHECK(*memo.find(rows[5]) == 5);
}

TEST_CASE("row memo: very long rows are not remembered") {
  RowMemo<int> memo;
  const std::string path(2000, 'x');
  LogRow row;
  row.target = path;
  CHECK(memo.find(row) == nullptr);
  memo.remember(1);
  CHECK(memo.find(row) == nullptr);
}
