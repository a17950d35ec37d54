#include "sim/log/alb_format.h"
#include "sim/log/formats.h"
#include "sim/log/spaced_fields.h"
#include "tests/oracle/alb_twin.h"
#include "tests/support/alb_lines.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/dose.h"
#include "tests/support/random.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace dosimeter::sim;
using dosimeter::FieldText;
using dosimeter::oracle::alb_twin;
using dosimeter::oracle::AlbTwinRow;
using dosimeter::test::AlbLine;
using dosimeter::test::joined;
using dosimeter::test::usual_alb_line;

std::unique_ptr<const AlbFormat> format_with(const std::vector<std::string>& maps = {},
                                             const std::string& instance = "",
                                             bool service_is_named = false) {
  LogOptions options;
  auto columns = ColumnOverrides::parse(maps);
  REQUIRE(columns.has_value());
  options.columns = std::move(columns).value();
  if (!instance.empty()) options.columns.set_instance(instance);
  options.reads_status = true;
  options.service_is_named = service_is_named;
  auto chosen = kAlb.make({LogFront{}, kAlb, LinePrefix::none, ""}, options);
  if (!chosen) FAIL(chosen.error().message);
  REQUIRE(chosen.value().has_value());
  std::unique_ptr<const LogFormat> format = std::move(chosen.value()->format);
  return std::unique_ptr<const AlbFormat>(dynamic_cast<const AlbFormat*>(format.release()));
}

std::string refused(const std::vector<std::string>& maps) {
  LogOptions options;
  options.columns = ColumnOverrides::parse(maps).value();
  const LogFront front{"", true, "\"x.log\"", "x.log:1"};
  const auto format = kAlb.make({front, kAlb, LinePrefix::none, ""}, options);
  REQUIRE_FALSE(format.has_value());
  CHECK(format.error().code == ExitCode::usage);
  return format.error().message;
}

/// A row with texts of its own.
struct Read {
  RowKind kind = RowKind::skipped;
  LineRead read;
  const RejectedRow& rejected = read.rejected;
  const LogRow& row = read.row;
  RowScratch scratch;
  std::string padded;
};

std::unique_ptr<Read> read(const AlbFormat& format, const std::string& line) {
  auto result = std::make_unique<Read>();
  result->padded = line + std::string(kBlockPadding, '"');
  const std::string_view bare =
      bare_line(std::string_view(result->padded).substr(0, line.size()), LinePrefix::none);
  const bool blank = bare.find_first_not_of(" \t") == bare.npos;
  result->kind = blank ? RowKind::skipped : format.read_line(bare, result->scratch, result->read);
  return result;
}

std::string text(const FieldText& field) {
  return std::string(field.value_or("absent"));
}

std::string text(const std::optional<std::string>& field) {
  return field.value_or("absent");
}

/// `method host target service`.
std::string request_of(const std::string& line) {
  const auto result = read(*format_with(), line);
  REQUIRE(result->kind == RowKind::row);
  return text(result->row.http_method) + ' ' + text(result->row.host) + ' ' +
         text(result->row.target) + ' ' + text(result->row.service_name);
}

std::string with(AlbField field, const std::string& value) {
  AlbLine line = usual_alb_line();
  line[static_cast<std::size_t>(field)] = value;
  return joined(line);
}

std::string request_line(const std::string& request) {
  return request_of(with(AlbField::request, '"' + request + '"'));
}

/// Nanoseconds since 1970, with the digits behind a slash; or the reason.
std::string time_of(const std::string& line) {
  const auto result = read(*format_with(), line);
  if (result->kind == RowKind::rejected) {
    return std::string(reject_reason_name(result->rejected.reason)) + ' ' +
           std::string(result->rejected.text.substr(0, 30));
  }
  return std::to_string(result->row.time.time_since_epoch().count()) + '/' +
         std::to_string(result->row.time_digits);
}

void check_against_twin(const AlbFormat& format, const std::string& line) {
  const AlbTwinRow twin = alb_twin(line);
  const auto result = read(format, line);
  CAPTURE(line);
  REQUIRE(result->kind == twin.kind);
  if (twin.kind == RowKind::rejected) REQUIRE(result->rejected.reason == twin.reason);
  if (twin.kind != RowKind::row) return;
  const LogRow& row = result->row;
  REQUIRE(row.time.time_since_epoch().count() == twin.nanoseconds);
  REQUIRE(row.time_digits == twin.digits);
  REQUIRE(text(row.http_method) == text(twin.method));
  REQUIRE(text(row.host) == text(twin.host));
  REQUIRE(text(row.target) == text(twin.target));
  REQUIRE(text(row.service_name) == text(twin.service));
  REQUIRE(text(row.trace_header) == text(twin.trace_header));
  REQUIRE(row.status == twin.status);
  REQUIRE(row.count == 1);
}

}  // namespace

TEST_CASE("alb format: a line of today is a request") {
  const auto result = read(*format_with(), joined(usual_alb_line()));
  REQUIRE(result->kind == RowKind::row);
  const LogRow& row = result->row;
  CHECK(row.time.time_since_epoch().count() == 1777889702137000000);
  CHECK(row.time_digits == 3);
  CHECK(text(row.host) == "api.cruddur.com");
  CHECK(text(row.http_method) == "GET");
  CHECK(text(row.target) == "/api/activities/home?limit=20");
  CHECK(text(row.service_name) == "backend-flask");
  CHECK(text(row.service_type) == "absent");
  CHECK(text(row.resource_arn) == "absent");
  CHECK(text(row.trace_header) == "Root=1-69f871a6-36d228ad5d99923122bbe354");
  CHECK(text(row.instance) == "absent");
  CHECK(row.status == 200);
  CHECK(row.count == 1);
}

TEST_CASE("alb format: every field count since the first logs") {
  const auto counted = [](std::size_t fields) { return time_of(joined(usual_alb_line(), fields)); };
  // Before request_creation_time came the start is the end less 49 ms.
  for (std::size_t fields = 12; fields < 22; ++fields) {
    CHECK(counted(fields) == "1777889702137641000/6");
  }
  for (std::size_t fields = 22; fields <= 36; ++fields) {
    CHECK(counted(fields) == "1777889702137000000/3");
  }
  CHECK(time_of(joined(usual_alb_line()) + " \"new one\" and more") == "1777889702137000000/3");
  CHECK(counted(11).find("wrong_format https 2026") == 0);
  CHECK(request_of(joined(usual_alb_line(), 12)) == "absent absent absent cruddur");
  CHECK(request_of(joined(usual_alb_line(), 13)) ==
        "GET api.cruddur.com /api/activities/home?limit=20 cruddur");
  CHECK(request_of(joined(usual_alb_line(), 17)) ==
        "GET api.cruddur.com /api/activities/home?limit=20 backend-flask");
  CHECK(request_of(joined(usual_alb_line()) + '\r') ==
        "GET api.cruddur.com /api/activities/home?limit=20 backend-flask");
}

TEST_CASE("alb format: the start is the creation, else the end less the known times") {
  AlbLine line = usual_alb_line();
  const auto times = [&](const char* first, const char* second, const char* third) {
    line[21] = "-";
    line[5] = first;
    line[6] = second;
    line[7] = third;
    return time_of(joined(line));
  };
  CHECK(times("0.001", "0.048", "0.000") == "1777889702137641000/6");
  CHECK(times("-1", "-1", "-1") == "1777889702186641000/6");
  CHECK(times("0.186641", "-1", "-") == "1777889702000000000/0");
  CHECK(times("0", "10.5", "0.0000000011") == "1777889691686640999/9");
  CHECK(times("x", "0", "0") == "unreadable_time x");
  CHECK(times("1.5.5", "0", "0") == "unreadable_time 1.5.5");
  CHECK(times("12345678", "0", "0") == "unreadable_time 12345678");
  CHECK(times(".5", "0", "0") == "unreadable_time .5");
  CHECK(times("", "0", "0") == "unreadable_time ");
  line[1] = "1678-01-01T00:00:00Z";
  CHECK(times("9999999", "0", "0") == "unreadable_time 1678-01-01T00:00:00Z");
  line[1] = "now";
  CHECK(times("0", "0", "0") == "unreadable_time now");
  line[21] = "2026-05-04T10:15:02.137000Z";
  CHECK(time_of(joined(line)) == "1777889702137000000/3");
  CHECK(time_of(with(AlbField::request_creation_time, "then")) == "unreadable_time then");
}

TEST_CASE("alb format: the host is what the client's header had") {
  CHECK(request_line("GET https://a.example:443/ HTTP/1.1") == "GET a.example / backend-flask");
  CHECK(request_line("GET http://a.example:80/ HTTP/1.1") == "GET a.example / backend-flask");
  CHECK(request_line("GET http://a.example:443/ HTTP/1.1") == "GET a.example:443 / backend-flask");
  CHECK(request_line("GET https://a.example:8443/ HTTP/1.1") ==
        "GET a.example:8443 / backend-flask");
  CHECK(request_line("GET wss://a.example:443/chat HTTP/1.1") ==
        "GET a.example /chat backend-flask");
  CHECK(request_line("GET ws://[2001:db8::5]:80/chat HTTP/1.1") ==
        "GET [2001:db8::5] /chat backend-flask");
  CHECK(request_line("GET https://-:443/ HTTP/1.1") == "GET api.cruddur.com / backend-flask");
  CHECK(request_line("GET https://:443/ HTTP/1.1") == "GET api.cruddur.com / backend-flask");
  CHECK(request_line("GET https://a.example:443 HTTP/1.1") == "GET a.example / backend-flask");
  CHECK(request_line("GET https://a.example:443?b=/c HTTP/1.1") == "GET a.example / backend-flask");
  CHECK(request_line("GET https://user:secret@a.example:443/d HTTP/1.1") ==
        "GET a.example /d backend-flask");
}

TEST_CASE("alb format: request lines that are malformed or hold spaces") {
  CHECK(request_line("- http://shop-1.us-east-1.elb.amazonaws.com:80- -") ==
        "absent shop-1.us-east-1.elb.amazonaws.com absent backend-flask");
  CHECK(request_line("- - - ") == "absent api.cruddur.com absent backend-flask");
  CHECK(request_line("-") == "absent api.cruddur.com absent backend-flask");
  CHECK(request_line("") == "absent api.cruddur.com absent backend-flask");
  CHECK(request_line("GET https://a.example:443/a b  c HTTP/1.1") ==
        "GET a.example /a b  c backend-flask");
  CHECK(request_line("GET https://a.example:443/a b") == "GET a.example /a b backend-flask");
  CHECK(request_line("GET /only/path HTTP/1.1") == "GET api.cruddur.com /only/path backend-flask");
  CHECK(request_line("GET https://a.example:443/?u=http://b:80/ HTTP/1.1") ==
        "GET a.example /?u=http://b:80/ backend-flask");
  CHECK(request_line(R"(GET https://a.example:443/\"x\" HTTP/1.1)") ==
        R"(GET a.example /\"x\" backend-flask)");
  CHECK(request_line(R"(GET https://a.example:443/\x22x%22 HTTP/1.1)") ==
        R"(GET a.example /\x22x%22 backend-flask)");
  CHECK(request_line("OPTIONS https://a.example:443* HTTP/1.1") ==
        "OPTIONS a.example:443* / backend-flask");
}

TEST_CASE("alb format: the service is the target group, else the load balancer") {
  CHECK(request_of(with(AlbField::target_group_arn, "-")) ==
        "GET api.cruddur.com /api/activities/home?limit=20 cruddur");
  CHECK(request_of(with(AlbField::target_group_arn, "plain")) ==
        "GET api.cruddur.com /api/activities/home?limit=20 plain");
  const auto named = read(*format_with({}, "", true), joined(usual_alb_line()));
  CHECK(text(named->row.service_name) == "absent");
}

TEST_CASE("alb format: trace headers") {
  const auto header = [](const char* value) {
    return text(read(*format_with(), with(AlbField::trace_id, value))->row.trace_header);
  };
  CHECK(header("\"Self=1-67891234-12456789abcdef0123456789;Root=1-67891233-abcdef01;Sampled=1\"") ==
        "Self=1-67891234-12456789abcdef0123456789;Root=1-67891233-abcdef01;Sampled=1");
  CHECK(header("\"-\"") == "absent");
  CHECK(header("\"\"") == "absent");
  CHECK(header("\"1-67891233-abcdef01\"") == "absent");
}

TEST_CASE("alb format: the status is the one the client got") {
  const auto status = [](const char* value) {
    return read(*format_with(), with(AlbField::elb_status_code, value))->row.status;
  };
  CHECK(status("503") == 503);
  CHECK(status("-") == 0);
  CHECK(status("000") == 0);
  CHECK(status("20") == 0);
  CHECK(status("2000") == 0);
  CHECK(status("2x0") == 0);
}

TEST_CASE("alb format: what other logs leave in the bucket is skipped, what is none is rejected") {
  const auto kind = [](const std::string& line) {
    const auto result = read(*format_with(), line);
    if (result->kind == RowKind::row) return std::string("row");
    if (result->kind == RowKind::skipped) return std::string("skipped");
    return std::string(reject_reason_name(result->rejected.reason));
  };
  const std::string network =
      "tls 2.0 2018-12-20T02:59:40 net/my-lb/c6e77e28c25b2234 g3d4b5e8bb8464cd 192.0.2.7:51341 "
      "10.0.0.5:443 5 2 98 246 - - - ECDHE-RSA-AES128-SHA tlsv12 - my-lb.example - - -";
  const std::string connection =
      "2026-05-04T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "
      "\"C=US,CN=client\" NotBefore=2026;NotAfter=2027 FEF257372D5C14D4 Success "
      "TID_3180a73013c8ca4";
  const std::string classic =
      "2015-05-13T23:39:43.945958Z my-lb 192.0.2.1:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 "
      "200 0 57 \"GET https://www.example.com:443/ HTTP/1.1\" \"curl/7.38.0\" - -";
  CHECK(kind(network) == "skipped");
  CHECK(kind(connection) == "skipped");
  CHECK(kind("2026-05-04T17:05:15.514108Z 2001:db8::5 36280 443 - - -") == "skipped");
  CHECK(kind("Enable AccessLog for ELB: my-lb at 2026-05-04T10:15:00.000Z") == "skipped");
  CHECK(kind("Enable ConnectionLog for ELB: my-lb at 2026-05-04T10:15:00.000Z") == "skipped");
  CHECK(kind("") == "skipped");
  CHECK(kind("  \r") == "skipped");
  CHECK(kind(classic) == "wrong_format");
  CHECK(kind("time,path") == "wrong_format");
  CHECK(kind("ftp" + joined(usual_alb_line()).substr(5)) == "wrong_format");
  CHECK(kind(joined(usual_alb_line()).substr(0, 150)) == "unterminated_quote");
  CHECK(kind(joined(usual_alb_line()).substr(0, 60)) == "wrong_format");

  CHECK(is_alb_line(joined(usual_alb_line())));
  CHECK(is_alb_line(network));
  CHECK(is_alb_line(connection));
  CHECK(is_alb_line("Enable AccessLog for ELB: my-lb at 2026-05-04T10:15:00.000Z"));
  CHECK_FALSE(is_alb_line(classic));
  CHECK_FALSE(is_alb_line("http,2026-05-04T10:15:02Z"));
  CHECK_FALSE(is_alb_line("http path"));
  CHECK_FALSE(is_alb_line("2026-05-04T10:15:02Z,/a"));
  CHECK_FALSE(is_alb_line(""));
}

TEST_CASE("alb format: the user may name fields") {
  const std::string line = joined(usual_alb_line());
  CHECK(text(read(*format_with({}, "target"), line)->row.instance) == "10.0.3.17:4567");
  CHECK(text(read(*format_with({}, "target:port"), line)->row.instance) == "10.0.3.17:4567");
  CHECK(text(read(*format_with({"service=ELB"}), line)->row.service_name) ==
        "app/cruddur/50dc6c495c0c9188");
  CHECK(text(read(*format_with({"host=domain-name"}), line)->row.host) == "api.cruddur.com");
  CHECK(refused({"host=domain"}).find("x.log:1: --map host=domain: no such field") == 0);
  CHECK(refused({"host=domain_nane"}).find(" (did you mean domain_name?)") != std::string::npos);
  CHECK(refused({"time=time"}) ==
        "x.log:1: --map time=time: a load balancer's log has its own time");
}

TEST_CASE("alb format: reads as its twin does, whatever becomes of a line") {
  Random random;
  INFO("seed " << Random::default_seed());
  const auto format = format_with();
  const std::vector<std::string> values = {
      "-",
      "\"-\"",
      "",
      "\"\"",
      "-1",
      "0.5",
      "12.3456789012",
      "200",
      "\"GET http://h:80/a b HTTP/1.1\"",
      "\"- http://h:80- -\"",
      "\"- - - \"",
      "\"POST wss://u@h:443?x HTTP/1.1\"",
      "\"GET :// -\"",
      "\"a\\\"b c\"",
      "\"a\\\\\" b",
      "a/b/c",
      "2026-05-04T10:15:02Z",
      "tls",
      "2026-05-04T10:15:02.999999Z 203.0.113.1 443",
      "Root=1",
  };
  for (std::size_t round = 0; round < 20'000 * test_dose(); ++round) {
    AlbLine line = usual_alb_line();
    for (std::size_t changes = random.below(4); changes > 0; --changes) {
      line[random.below(random.chance(0.9) ? 22 : line.size())] =
          values[random.below(values.size())];
    }
    std::string text = joined(line, random.chance(0.7) ? line.size() : 1 + random.below(36));
    for (std::size_t changes = random.below(6); changes > 0 && !text.empty(); --changes) {
      const std::size_t at = random.below(text.size());
      const char letter = " \"\\-:/@.?TZ0a1"[random.below(14)];
      if (random.chance(0.3)) {
        text.erase(at, 1 + random.below(8));
      } else if (random.chance(0.5)) {
        text[at] = letter;
      } else {
        text.insert(at, 1, letter);
      }
    }
    check_against_twin(*format, text);
  }
}

TEST_CASE("alb format: puts every record of a block, and allocates nothing for it") {
  class Sink final : public RowSink {
   public:
    bool row(const LogRow&, const char* at) override {
      places[count++] = at;
      return count < stop_at;
    }
    bool rejected(const RejectedRow&, const char* at) override {
      places[count++] = at;
      return count < stop_at;
    }
    void skipped(SkipReason, const char* at) override { places[count++] = at; }

    std::array<const char*, 8> places{};
    std::size_t count = 0;
    std::size_t stop_at = 8;
  };
  const std::string line = joined(usual_alb_line());
  const std::string text = line + "\n\nwrong\n" + line + "\r\n" + line;
  const std::string padded = text + std::string(kBlockPadding, '\n');
  LogBlock block;
  block.text = std::string_view(padded).substr(0, text.size());
  const auto format = format_with();
  CHECK_FALSE(format->grammar().quoted_line_feeds);
  RowScratch scratch;
  Sink sink;
  const std::size_t before = allocation_count();
  const std::uint64_t feeds = format->read(block, scratch, sink);
  const std::size_t after = allocation_count();
  CHECK(after == before);
  CHECK(feeds == 4);
  REQUIRE(sink.count == 5);
  const std::size_t size = line.size();
  const std::size_t expected[] = {0, size + 1, size + 2, size + 8, 2 * size + 10};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(static_cast<std::size_t>(sink.places[i] - padded.data()) == expected[i]);
  }
  Sink early;
  early.stop_at = 1;
  static_cast<void>(format->read(block, scratch, early));
  CHECK(early.count == 1);
}
