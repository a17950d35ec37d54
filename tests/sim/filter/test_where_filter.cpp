#include "sim/filter/where_filter.h"
#include "sim/log/timestamp.h"
#include "tests/oracle/glob_table.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cctype>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

LogRow example_row() {
  LogRow row;
  row.time = parse_timestamp("2026-05-04T10:15:02.5Z")->time;
  row.http_method = "POST";
  row.host = "Shop.example:8080";
  row.target = "/api/orders/17?next=%2F&x";
  row.service_name = "back end";
  row.count = 3;
  row.status = 503;
  return row;
}

std::shared_ptr<const WhereFilter> filter_of(const std::string& expression) {
  auto filter = WhereFilter::parse({&expression, 1});
  INFO(expression << ": " << (filter ? "" : filter.error().message));
  REQUIRE(filter);
  return std::move(filter).value();
}

bool keeps(const std::string& expression, const LogRow& row) {
  return filter_of(expression)->keeps(row);
}

std::string complaint(const std::string& expression) {
  const auto filter = WhereFilter::parse({&expression, 1});
  INFO(expression);
  REQUIRE_FALSE(filter);
  CHECK(filter.error().code == ExitCode::usage);
  return filter.error().message;
}

}  // namespace

TEST_CASE("where filter: what an expression keeps") {
  struct Example {
    const char* expression;
    bool kept;
  };
  const Example examples[] = {
      {"status >= 500 and method = POST", true},
      {"status>=500 AND method=post", true},
      {"status < 503", false},
      {"status <= 503", true},
      {"status > 503", false},
      {"status = 503", true},
      {"status != 503", false},
      {"status = 5xx", true},
      {"status != 5XX", false},
      {"status < 5xx", false},
      {"status <= 5xx", true},
      {"status > 4xx", true},
      {"status >= 6xx", false},
      {"status > 5xx", false},
      {"status = -", false},
      {"status != -", true},
      {"Status != - and STATUS = 5xx", true},
      {"count = 3", true},
      {"count > 3", false},
      {"path = /api/orders/17", true},
      {"path = /API/*", true},
      {"path = /api/*?next*", false},  // the query is none of the path
      {"path != /api/*", false},
      {"path = /api", false},
      {"query = next=*", true},
      {"query = -", false},
      {"host = shop.example:8080", true},
      {"host = shop.example", false},
      {"host = ????.example*", true},
      {"service = 'back end'", true},
      {"service = \"Back End\"", true},
      {"service=back*", true},
      {"service-type = -", true},
      {"service_type != -", false},
      {"service_type = anything", false},
      {"service_type != anything", false},
      {"instance = -", true},
      {"trace_header = - and resource_arn = -", true},
      {"time >= 2026-05-04", true},
      {"time < 2026-05-05 and time > 2026-05-04T10:15:02Z", true},
      {"time = '2026-05-04 10:15:02.500'", true},
      {"time > 1777889702.5", false},
      {"  method\t=\nPOST  ", true},
  };
  for (const Example& example : examples) {
    INFO(example.expression);
    CHECK(keeps(example.expression, example_row()) == example.kept);
  }
}

TEST_CASE("where filter: an absent field fails every condition but that of being absent") {
  LogRow row;
  row.target = "-";
  for (const std::string field : {"method", "host", "path", "query", "service", "service_type",
                                  "resource_arn", "trace_header", "instance", "status"}) {
    INFO(field);
    CHECK(keeps(field + " = -", row));
    CHECK(keeps(field + " = '-'", row));
    CHECK_FALSE(keeps(field + " != -", row));
    const std::string value = field == "status" ? "200" : "x";
    CHECK_FALSE(keeps(field + " = " + value, row));
    CHECK_FALSE(keeps(field + " != " + value, row));
  }
  CHECK_FALSE(keeps("path = *", row));
  CHECK_FALSE(keeps("status >= 100", row));
  CHECK_FALSE(keeps("status < 100", example_row()));
}

TEST_CASE("where filter: quotes") {
  LogRow row;
  row.service_name = "it's \"me\" and you";
  CHECK(keeps("service = \"it's \"\"me\"\" and you\" and count = 1", row));
  CHECK(keeps("service = 'it''s \"me\" and you'", row));
  row.service_name = "and";
  CHECK(keeps("service = 'and'", row));
  row.service_name = "a\"b";
  CHECK(keeps("service = a\"b", row));
}

TEST_CASE("where filter: all expressions must hold") {
  const std::string expressions[] = {"status = 503", "method = GET"};
  CHECK_FALSE(WhereFilter::parse(expressions).value()->keeps(example_row()));
  CHECK(WhereFilter::parse({expressions, 1}).value()->keeps(example_row()));
  CHECK(WhereFilter::parse(expressions).value()->asks_for(RowField::method));
  CHECK_FALSE(WhereFilter::parse(expressions).value()->asks_for(RowField::host));
}

TEST_CASE("where filter: what is wrong, where, and what was meant") {
  const std::string fields =
      "expected a field (time, method, host, path, query, service, service_type, status, "
      "resource_arn, trace_header, instance or count), got ";
  CHECK(complaint("") == "--where \"\", character 1: " + fields + "the end");
  CHECK(complaint("statsu = 500") ==
        "--where \"statsu = 500\", character 1: " + fields + "\"statsu\": did you mean status?");
  CHECK(complaint("status_code = 500") == "--where \"status_code = 500\", character 1: " + fields +
                                              "\"status_code\": did you mean status?");
  CHECK(complaint("= 500") == "--where \"= 500\", character 1: " + fields + "\"=\"");
  CHECK(complaint("status => 500") ==
        "--where \"status => 500\", character 8: expected =, !=, <, <=, > or >= behind status, got "
        "\"=>\": did you mean >=?");
  CHECK(
      complaint("status") ==
      "--where \"status\", character 7: expected =, !=, <, <=, > or >= behind status, got the end");
  CHECK(
      complaint("path ~ /api/*") ==
      "--where \"path ~ /api/*\", character 6: expected = or != behind path, which is a text, got "
      "\"~\": = takes * and ?");
  CHECK(complaint("path > /api") ==
        "--where \"path > /api\", character 6: expected = or != behind path, which is a text, got "
        "\">\"");
  CHECK(complaint("status = 5000") ==
        "--where \"status = 5000\", character 10: expected a status from 100 to 999, a class like "
        "5xx, or - for none, got \"5000\"");
  CHECK(complaint("status > -") ==
        "--where \"status > -\", character 10: expected a status from 100 to 999, or a class like "
        "5xx, got \"-\": - goes with = and !=");
  CHECK(complaint("count = 1.5") ==
        "--where \"count = 1.5\", character 9: expected a whole number "
        "from 0 to 1000000000000, got \"1.5\"");
  CHECK(complaint("time > noon") ==
        "--where \"time > noon\", character 8: expected a time like "
        "2026-05-04T10:00:00Z or a date, got \"noon\"");
  CHECK(complaint("method = ") ==
        "--where \"method = \", character 10: expected a value, got the end");
  CHECK(complaint("method = and status = 500") ==
        "--where \"method = and status = 500\", character 10: expected a value, got \"and\": in "
        "quotes it would be one");
  CHECK(complaint("method = ''") ==
        "--where \"method = ''\", character 10: expected a text, or - "
        "for none, got \"''\": an empty field counts as absent");
  CHECK(complaint("method = GET or method = POST") ==
        "--where \"method = GET or method = POST\", character 14: expected and, or the end, got "
        "\"or\": conditions are joined by and alone");
  CHECK(complaint("method = GET &&") ==
        "--where \"method = GET &&\", character 14: expected and, or "
        "the end, got \"&&\": did you mean and?");
  CHECK(complaint("method = GET and") ==
        "--where \"method = GET and\", character 17: " + fields + "the end");
  CHECK(complaint("service = 'back end") ==
        "--where \"service = 'back end\", character 11: expected "
        "a closing ', got \"'back end\"");
  CHECK(complaint("service = 'a'b") ==
        "--where \"service = 'a'b\", character 14: expected a blank "
        "behind the closing ', got \"b\"");
  CHECK(complaint("service = 'b\xC3\xA4' status") ==
        "--where \"service = 'b\xC3\xA4' status\", character 16: expected and, or the end, got "
        "\"status\"");
}

TEST_CASE("where filter: the ends of numbers") {
  LogRow row;
  row.time = TimePoint::min();
  CHECK(keeps("time < 1700-01-01", row));
  row.count = 0;
  CHECK_FALSE(keeps("count < 0", row));
  CHECK(keeps("count <= 0", row));
  row.count = 1'000'000'000'000;
  CHECK(keeps("count = 1000000000000", row));
  CHECK_FALSE(keeps("count > 1000000000000", row));
  row.status = 100;
  CHECK(keeps("status < 101", row));
  CHECK_FALSE(keeps("status < 1xx", row));
  row.status = 999;
  CHECK(keeps("status >= 999 and status = 9xx", row));
}

namespace {

/// One condition in words of its own, and what it says of a row, told apart text by text.
struct SlowCondition {
  std::string field;
  std::string op;
  std::string value;
};

std::string lower_of(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// As a person would check it by hand: the field's text looked up by name, numbers compared as
/// numbers.
bool slow_holds(const SlowCondition& condition, const LogRow& row) {
  std::string text;
  const auto set = [&](const FieldText& field) { text = field ? std::string(*field) : "-"; };
  if (condition.field == "status") text = row.status == 0 ? "-" : std::to_string(row.status);
  if (condition.field == "count") text = std::to_string(row.count);
  if (condition.field == "method") set(row.http_method);
  if (condition.field == "path") {
    set(row.target);
    if (const auto mark = text.find('?'); mark != text.npos) text.erase(mark);
  }
  if (condition.value == "-") return (text == "-") == (condition.op == "=");
  if (text == "-") return false;
  if (condition.field == "method" || condition.field == "path") {
    return oracle::matches_by_table(lower_of(condition.value), lower_of(text)) ==
           (condition.op == "=");
  }
  std::string low = condition.value;
  std::string high = condition.value;
  if (lower_of(low).ends_with("xx")) {
    low = low.substr(0, 1) + "00";
    high = high.substr(0, 1) + "99";
  }
  const long number = std::stol(text);
  if (condition.op == "=") return number >= std::stol(low) && number <= std::stol(high);
  if (condition.op == "!=") return number < std::stol(low) || number > std::stol(high);
  if (condition.op == "<") return number < std::stol(low);
  if (condition.op == "<=") return number <= std::stol(high);
  if (condition.op == ">") return number > std::stol(high);
  return number >= std::stol(low);
}

}  // namespace

TEST_CASE("where filter: random expressions against the slow twin, without allocation") {
  Random random;
  INFO("seed " << Random::default_seed());
  const auto pick = [&](std::initializer_list<const char*> of) {
    return std::string(of.begin()[random.below(of.size())]);
  };
  std::size_t kept = 0;
  constexpr std::size_t kRounds = 20'000;
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::vector<SlowCondition> conditions(1 + random.below(3));
    std::string expression;
    for (SlowCondition& condition : conditions) {
      condition.field = pick({"status", "count", "method", "path"});
      const bool number = condition.field == "status" || condition.field == "count";
      condition.op = number ? pick({"=", "!=", "<", "<=", ">", ">="}) : pick({"=", "!="});
      if (condition.field == "status") condition.value = pick({"200", "404", "4xx", "2XX", "503"});
      if (condition.field == "count") condition.value = pick({"0", "1", "2", "7"});
      if (condition.field == "method") condition.value = pick({"GET", "p*", "?ET", "-"});
      if (condition.field == "path") condition.value = pick({"/a*", "*/b", "/?", "-", "/A/b"});
      if (condition.field == "status" && (condition.op == "=" || condition.op == "!=") &&
          random.chance(0.2)) {
        condition.value = "-";
      }
      expression += expression.empty() ? "" : " and ";
      const std::string blank = random.chance(0.5) ? " " : "";
      expression += condition.field + blank + condition.op + blank +
                    (random.chance(0.3) ? "'" + condition.value + "'" : condition.value);
    }
    LogRow row;
    const std::string method = pick({"GET", "post", "PUT"});
    const std::string target = pick({"/a", "/a/b", "/a/b?c=/", "/", "/b?", "/c/b"});
    if (random.chance(0.8)) row.http_method = method;
    if (random.chance(0.8)) row.target = target;
    const std::uint16_t statuses[] = {0, 200, 299, 404, 503};
    row.status = statuses[random.below(5)];
    row.count = random.below(4);
    const std::shared_ptr<const WhereFilter> filter = filter_of(expression);
    const bool expected =
        std::all_of(conditions.begin(), conditions.end(),
                    [&](const SlowCondition& condition) { return slow_holds(condition, row); });
    const std::size_t allocations = allocation_count();
    const bool got = filter->keeps(row);
    REQUIRE(allocation_count() == allocations);
    INFO(expression);
    REQUIRE(got == expected);
    kept += got ? 1 : 0;
  }
  CHECK(kept > kRounds / 20);
  CHECK(kept < kRounds / 2);
}
