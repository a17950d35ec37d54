#include "sim/log/csv_columns.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

namespace {

using namespace dosimeter::sim;

using Texts = std::vector<std::string>;

std::vector<std::string_view> split(std::string_view header) {
  std::vector<std::string_view> names;
  for (;;) {
    const std::size_t comma = header.find(',');
    names.push_back(header.substr(0, comma));
    if (comma == header.npos) return names;
    header.remove_prefix(comma + 1);
  }
}

dosimeter::Result<CsvColumnChoice, Failure> choose(std::string_view header, const Texts& maps) {
  const auto overrides = ColumnOverrides::parse(maps);
  REQUIRE(overrides.has_value());
  return choose_csv_columns(split(header), overrides.value(), "x.csv:1");
}

/// `time=0 host=2`: every column that the header feeds.
std::string chosen(std::string_view header, const Texts& maps = {}) {
  const auto choice = choose(header, maps);
  if (!choice) return choice.error().message;
  std::string result;
  for (const LogColumnFacts& facts : log_columns()) {
    if (!choice.value().columns.has(facts.column)) continue;
    if (!result.empty()) result += ' ';
    result += std::string(facts.name) + '=' + std::to_string(choice.value().columns[facts.column]);
  }
  return result;
}

std::string noticed(std::string_view header, const Texts& maps = {}) {
  const auto choice = choose(header, maps);
  REQUIRE(choice.has_value());
  std::string result;
  for (const LogNotice& notice : choice.value().notices) {
    result += notice.code + ": " + notice.message + '\n';
  }
  return result;
}

std::string map_error(const Texts& maps) {
  const auto overrides = ColumnOverrides::parse(maps);
  REQUIRE_FALSE(overrides.has_value());
  CHECK(overrides.error().code == ExitCode::usage);
  return overrides.error().message;
}

}  // namespace

TEST_CASE("csv columns: every known header feeds its column, however it is spelled") {
  for (const LogColumnFacts& facts : log_columns()) {
    for (const std::string_view header : facts.headers) {
      const bool of_time = facts.column == LogColumn::time || facts.column == LogColumn::date;
      const std::string known(header);
      std::string shouted;
      for (const char c : known) {
        if (c == '_')
          shouted += " - ";
        else if (c != '@')
          shouted += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      }
      for (const std::string& spelled : {known, shouted, "@" + known + "_"}) {
        CAPTURE(spelled);
        const auto choice = choose(of_time ? spelled : spelled + ",time", {});
        REQUIRE(choice.has_value());
        CHECK(choice.value().columns[of_time ? LogColumn::time : facts.column] == 0);
      }
    }
  }
}

TEST_CASE("csv columns: the first name of the list wins, wherever it stands") {
  struct Row {
    std::string header;
    std::string columns;
  };
  const std::vector<Row> rows = {
      {"time", "time=0"},
      {"timestamp,service,operation,duration_us,trace_id", "time=0 service=1 trace=4"},
      {"TIMESTAMP,ContextTokens,GeneratedTokens", "time=0"},
      {"path,host,method,time", "time=3 host=1 method=2 path=0"},
      {"timestamp,time", "time=1"},
      {"@timestamp,epoch_ms", "time=0"},
      {"date,path", "time=0 path=1"},
      {"date,time", "time=1 date=0"},
      {"time,x,date,timestamp", "time=0 date=2"},
      {"date,timestamp", "time=1"},
      {"StartTimeUnixNano,n", "time=0 count=1"},
      {"time,server_address,vhost,http_host", "time=0 host=3"},
      {"time,url,uri", "time=0 path=2"},
      {"time,request", "time=0 request=1"},
      {"time,request,path", "time=0 path=2 request=1"},
      {"time,request,path,verb", "time=0 method=3 path=2"},
      {"time,request_time,requests", "time=0 latency=1 count=2"},
      {"time,trace_id,X-Amzn-Trace-Id", "time=0 trace=1 trace_header=2"},
      {"time,host,HOST,Host", "time=0 host=1"},
      {"time,,,", "time=0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.header);
    CHECK(chosen(row.header) == row.columns);
  }
}

TEST_CASE("csv columns: an override wins and takes its header for itself") {
  CHECK(chosen("time,host,vhost", {"host=vhost"}) == "time=0 host=2");
  CHECK(chosen("time,host,V-Host", {"host=vhost"}) == "time=0 host=2");
  CHECK(chosen("time,vhost,V-Host", {"host=V-Host"}) == "time=0 host=2");
  CHECK(chosen("when,host", {"time=when"}) == "time=0 host=1");
  CHECK(chosen("when,date,time", {"time=when"}) == "time=0");
  CHECK(chosen("day,clock", {"date=day", "time=clock"}) == "time=1 date=0");
  CHECK(chosen("day,time", {"date=day"}) == "time=1 date=0");
  CHECK(chosen("time,service", {"host=service"}) == "time=0 host=1");
  CHECK(chosen("time,service", {"host=service", "service=service"}) == "time=0 host=1 service=1");
  CHECK(chosen("time,a=b", {"host=a=b"}) == "time=0 host=1");
  CHECK(chosen("time,operation", {"path=operation"}) == "time=0 path=1");
}

TEST_CASE("csv columns: the least fields are those up to the last column that is read") {
  CHECK(choose("time,host,x,y", {}).value().columns.least_fields == 2);
  CHECK(choose("x,host,time,latency,client", {}).value().columns.least_fields == 3);
  CHECK(choose("x,host,time,latency,client", {}).value().columns.header_fields == 5);
}

TEST_CASE("csv columns: headers that lost are named") {
  CHECK(noticed("time,host,path,user_agent,latency,duration").empty());
  CHECK(noticed("time,timestamp,url,path") ==
        "unused_columns: columns not used: \"timestamp\" (time comes from \"time\"), "
        "\"url\" (path comes from \"path\")\n");
  CHECK(noticed("date,time,ts") ==
        "unused_columns: columns not used: \"ts\" (time comes from \"date\" and \"time\")\n");
  CHECK(noticed("date,timestamp") ==
        "unused_columns: columns not used: \"date\" (time comes from \"timestamp\")\n");
  CHECK(noticed("time,request,path,verb") ==
        "unused_columns: columns not used: \"request\" (method and path come from \"verb\" and "
        "\"path\")\n");
  CHECK(noticed("time,request,path").empty());
  CHECK(noticed("time,host,host,time,x,x") ==
        "duplicate_columns: columns that appear more than once, the first is read: \"time\", "
        "\"host\"\n");
  CHECK(noticed("time,host,HOST") ==
        "unused_columns: columns not used: \"HOST\" (host comes from \"host\")\n");
  CHECK(noticed("time,host,vhost", {"host=vhost"}).empty());
}

TEST_CASE("csv columns: a mapping that cannot be is refused") {
  CHECK(map_error({"host"}) == "--map: expected NAME=HEADER, got \"host\"");
  CHECK(map_error({"host="}) == "--map: expected NAME=HEADER, got \"host=\"");
  CHECK(map_error({"=host"}) == "--map: expected NAME=HEADER, got \"=host\"");
  CHECK(map_error({"hots=x"}) ==
        "--map: expected one of time, date, host, method, path, request, service, service_type, "
        "status, trace, trace_header, resource_arn, count, got \"hots\" (did you mean host?)");
  for (const std::string known : {"latency", "client"}) {
    CHECK(map_error({known + "=x"}) ==
          "--map: expected one of time, date, host, method, path, request, service, service_type, "
          "status, trace, trace_header, resource_arn, count, got \"" +
              known + "\", which no result depends on");
  }
  CHECK(map_error({"latncy=x"}).ends_with("got \"latncy\""));
  CHECK(map_error({"host=a", "path=b", "host=c"}) == "--map: host is given twice: \"a\" and \"c\"");
}

TEST_CASE("csv columns: a header line that will not do is refused with what it has") {
  const std::string wanted =
      "time, timestamp, ts, date, datetime, @timestamp, start, start_time, request_time_utc, "
      "event_time, time_local, time_iso8601, epoch, epoch_ms, unixtime, start_time_unix_nano, "
      "request_time_epoch";
  CHECK(chosen("when,host") == "x.csv:1: no column holds the time: expected one of " + wanted +
                                   ", got \"when\", \"host\"; name it with --map time=HEADER");
  CHECK(chosen("day,host", {"date=day"}) ==
        "x.csv:1: no column holds the time: expected one of " + wanted +
            ", got \"day\", \"host\"; name it with --map time=HEADER");
  CHECK(chosen("time,operation", {"path=operatoin"}) ==
        "x.csv:1: --map path=operatoin: no such column (did you mean operation?); the header has "
        "\"time\", \"operation\"");
  CHECK(chosen("time,host", {"path=zzz"}) ==
        "x.csv:1: --map path=zzz: no such column; the header has \"time\", \"host\"");
  CHECK(chosen("2026-05-04T10:15:02Z,GET,/") ==
        "x.csv:1: expected a header line, got data: \"2026-05-04T10:15:02Z\", \"GET\", \"/\"");
  CHECK(chosen("GET,1777889702") ==
        "x.csv:1: expected a header line, got data: \"GET\", \"1777889702\"");
  std::string many = "c0";
  for (int i = 1; i < 25; ++i) many += ",c" + std::to_string(i);
  CHECK(chosen(many, {"time=nix"}).find("\"c19\" and 5 more") != std::string::npos);
  CHECK(choose("when", {}).error().code == ExitCode::usage);
}

TEST_CASE("csv columns: a header has 4,096 columns at most") {
  const auto with_others = [](std::size_t others) {
    std::string header = "time";
    for (std::size_t i = 0; i < others; ++i) header += ",c" + std::to_string(i);
    return header;
  };
  CHECK(chosen(with_others(4095)) == "time=0");
  CHECK(chosen(with_others(4096)) ==
        "x.csv:1: expected at most 4096 columns in the header line, got 4097");
  CHECK(choose(with_others(300000), {}).error().code == ExitCode::usage);
}

TEST_CASE("csv columns: a few of many headers that lost are named") {
  const auto lost = [](std::size_t count) {
    std::string header = "time,host";
    for (std::size_t i = 0; i < count; ++i) header += ",ho" + std::string(1 + i, '_') + "st";
    return noticed(header);
  };
  CHECK(lost(10).ends_with("\"ho__________st\" (host comes from \"host\")\n"));
  CHECK(lost(11).ends_with("\"ho__________st\" (host comes from \"host\") and 1 more\n"));
  CHECK(lost(4094).ends_with(" and 4084 more\n"));
}
