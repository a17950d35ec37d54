#include "sim/log/csv_format.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

namespace {

using namespace dosimeter::sim;

using Views = std::vector<std::string_view>;

constexpr std::string_view kTime = "1777889702";

struct Outcome {
  RowKind kind = RowKind::skipped;
  LogRow row;
  RejectedRow rejected;
};

/// A row of the columns time and those of `headers`.
Outcome read(const Views& headers, const Views& values) {
  Views all_headers = {"time"};
  all_headers.insert(all_headers.end(), headers.begin(), headers.end());
  Views fields = {kTime};
  fields.insert(fields.end(), values.begin(), values.end());
  const auto choice = choose_csv_columns(all_headers, {}, "x.csv:1");
  REQUIRE(choice.has_value());
  Outcome outcome;
  outcome.kind = CsvFormat(choice.value().columns).read(fields, outcome.row, outcome.rejected);
  return outcome;
}

std::string text(const dosimeter::FieldText& field) {
  return field ? std::string(*field) : "absent";
}

}  // namespace

TEST_CASE("csv format: every column reaches its field") {
  const Outcome outcome = read({"service", "service_type", "host", "method", "path", "resource_arn",
                                "trace_header", "status", "count"},
                               {"api", "AWS::ECS::Container", "shop:8080", "GET", "/a?b=%20",
                                "arn:aws:x", "Root=1-2-3;Sampled=1", "200", "12"});
  REQUIRE(outcome.kind == RowKind::row);
  const LogRow& row = outcome.row;
  CHECK(row.time.time_since_epoch().count() == 1'777'889'702'000'000'000);
  CHECK(row.time_digits == 0);
  CHECK(text(row.service_name) == "api");
  CHECK(text(row.service_type) == "AWS::ECS::Container");
  CHECK(text(row.host) == "shop:8080");
  CHECK(text(row.http_method) == "GET");
  CHECK(text(row.target) == "/a?b=%20");
  CHECK(text(row.resource_arn) == "arn:aws:x");
  CHECK(text(row.trace_header) == "Root=1-2-3;Sampled=1");
  CHECK(row.count == 12);
}

TEST_CASE("csv format: nothing of one row is left in the next") {
  const Views headers = {"time", "host", "path"};
  const CsvFormat format(choose_csv_columns(headers, {}, "x.csv:1").value().columns);
  LogRow row;
  RejectedRow rejected;
  REQUIRE(format.read(Views{kTime, "a", "/"}, row, rejected) == RowKind::row);
  REQUIRE(format.read(Views{kTime, "", "-"}, row, rejected) == RowKind::row);
  CHECK_FALSE(row.host.has_value());
  CHECK_FALSE(row.target.has_value());
  CHECK_FALSE(row.http_method.has_value());
  CHECK(row.count == 1);
}

TEST_CASE("csv format: blanks around a field's text do not count") {
  CHECK(text(read({"host"}, {" shop\t"}).row.host) == "shop");
  CHECK(text(read({"host"}, {"   "}).row.host) == "absent");
  CHECK(text(read({"host"}, {" - "}).row.host) == "absent");
  CHECK(text(read({"path"}, {" /a b "}).row.target) == "/a b");
}

TEST_CASE("csv format: a url is taken apart") {
  struct Row {
    std::string_view url;
    std::string host;
    std::string target;
  };
  const std::vector<Row> rows = {
      {"/a?b=http://x/y", "absent", "/a?b=http://x/y"},
      {"https://shop:443/a/b?c", "shop:443", "/a/b?c"},
      {"HTTP://shop", "shop", "/"},
      {"https://shop?q=1", "shop", "/"},
      {"https://shop#f", "shop", "/"},
      {"https://u:p@shop:1/a@b", "shop:1", "/a@b"},
      {"https://[2001:db8::1]:80/x", "[2001:db8::1]:80", "/x"},
      {"https:///x", "absent", "/x"},
      {"pkg.Service/Method", "absent", "pkg.Service/Method"},
      {"://x/y", "absent", "://x/y"},
      {"*", "absent", "*"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    const Outcome outcome = read({"url"}, {row.url});
    CHECK(text(outcome.row.host) == row.host);
    CHECK(text(outcome.row.target) == row.target);
  }
  CHECK(text(read({"host", "url"}, {"front", "https://shop/a"}).row.host) == "front");
  CHECK(text(read({"host", "url"}, {"-", "https://shop/a"}).row.host) == "shop");
}

TEST_CASE("csv format: a request line is taken apart") {
  struct Row {
    std::string_view line;
    std::string method;
    std::string target;
  };
  const std::vector<Row> rows = {
      {"GET /x HTTP/1.1", "GET", "/x"},
      {"GET /a b c HTTP/2.0", "GET", "/a b c"},
      {"GET /a b", "GET", "/a b"},
      {"GET /x", "GET", "/x"},
      {"GET https://shop:443/x HTTP/1.1", "GET", "/x"},
      {"/x", "absent", "/x"},
      {"GET", "absent", "absent"},
      {"- - -", "absent", "absent"},
      {"-", "absent", "absent"},
      {"GET / -", "GET", "/"},
      {"GET HTTP/1.1", "GET", "HTTP/1.1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const Outcome outcome = read({"request"}, {row.line});
    CHECK(text(outcome.row.http_method) == row.method);
    CHECK(text(outcome.row.target) == row.target);
  }
  const Outcome both = read({"request", "path"}, {"GET /x HTTP/1.1", "/y"});
  CHECK(text(both.row.http_method) == "GET");
  CHECK(text(both.row.target) == "/y");
}

TEST_CASE("csv format: a trace header is one by its content") {
  CHECK(text(read({"trace_id"}, {"4bf92f3577b34da6a3ce929d0e0e4736"}).row.trace_header) ==
        "absent");
  CHECK(text(read({"trace_id"}, {"q83vEjRWeJA="}).row.trace_header) == "absent");
  CHECK(text(read({"trace_id"}, {"Root=1-2-3"}).row.trace_header) == "Root=1-2-3");
  CHECK(text(read({"trace_id"}, {"sampled=0"}).row.trace_header) == "sampled=0");
  CHECK(text(read({"x_amzn_trace_id"}, {"Self=1-2-3"}).row.trace_header) == "Self=1-2-3");
  CHECK(text(read({"x_amzn_trace_id"}, {"1-2-3"}).row.trace_header) == "absent");
  CHECK(text(read({"x_amzn_trace_id", "trace_id"}, {"-", "Sampled=1"}).row.trace_header) ==
        "Sampled=1");
}

TEST_CASE("csv format: a count is a whole number") {
  const auto count = [](std::string_view value) { return read({"count"}, {value}).row.count; };
  CHECK(count("0") == 0);
  CHECK(count("007") == 7);
  CHECK(count(" 12 ") == 12);
  CHECK(count("3.0") == 3);
  CHECK(count("1000000000000") == kMaxRowCount);
  for (const std::string_view value : {"", "-", "-1", "+1", "1.5", "1.", ".0", "1e3", "1 000",
                                       "1000000000001", "99999999999999999999999", "x"}) {
    CAPTURE(value);
    const Outcome outcome = read({"count"}, {value});
    REQUIRE(outcome.kind == RowKind::rejected);
    CHECK(outcome.rejected.reason == RejectReason::unreadable_count);
    CHECK(outcome.rejected.text == value);
  }
}

TEST_CASE("csv format: rows that cannot be read say why") {
  const Views headers = {"x", "time", "host", "y"};
  const CsvFormat format(choose_csv_columns(headers, {}, "x.csv:1").value().columns);
  const auto outcome = [&](const Views& fields) {
    LogRow row;
    RejectedRow rejected;
    switch (format.read(fields, row, rejected)) {
      case RowKind::row:
        return std::string("row");
      case RowKind::skipped:
        return std::string("skipped");
      case RowKind::rejected:
        break;
    }
    std::string result(reject_reason_name(rejected.reason));
    result += ' ' + std::string(rejected.text);
    if (rejected.expected_fields == 0) return result;
    return result + ' ' + std::to_string(rejected.fields) + " of " +
           std::to_string(rejected.expected_fields);
  };
  CHECK(outcome({"a", kTime, "h", "y"}) == "row");
  CHECK(outcome({"a", kTime, "h"}) == "row");
  CHECK(outcome({"a", kTime, "h", "y", "", ""}) == "row");
  CHECK(outcome({""}) == "skipped");
  CHECK(outcome({"", " ", "", "", ""}) == "skipped");
  CHECK(outcome({"a", kTime}) == "too_few_fields a 2 of 4");
  CHECK(outcome({"a", kTime, "h", "y", "z"}) == "too_many_fields a 5 of 4");
  CHECK(outcome({"a", "", "h", "y"}) == "no_time ");
  CHECK(outcome({"a", "-", "h", "y"}) == "no_time -");
  CHECK(outcome({"a", " yesterday", "h", "y"}) == "unreadable_time yesterday");
}

TEST_CASE("csv format: a date and a time column make one stamp") {
  const Views headers = {"date", "time"};
  const CsvFormat format(choose_csv_columns(headers, {}, "x.csv:1").value().columns);
  LogRow row;
  RejectedRow rejected;
  REQUIRE(format.read(Views{"2026-05-04", "10:15:02.25"}, row, rejected) == RowKind::row);
  CHECK(row.time.time_since_epoch().count() == 1'777'889'702'250'000'000);
  CHECK(row.time_digits == 2);
  REQUIRE(format.read(Views{"2026-05-04", "later"}, row, rejected) == RowKind::rejected);
  CHECK(rejected.text == "later");
}
