#include "bench/replay_logs.h"

#include "tests/support/random.h"

#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <span>

namespace dosimeter::bench {
namespace {

/// 2026-05-04T10:15:02Z.
constexpr std::int64_t kFirstSecond = 1'777'889'702;
constexpr double kMeanGapMicroseconds = 2000;
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

/// `2026-05-04T10:15:02.186641Z`.
std::string stamp_text(std::int64_t microseconds) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(microseconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 64> text;
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return text.data();
}

void add_csv_row(const Request& request, const std::string& stamp, Random& random,
                 std::string& text) {
  constexpr std::array<std::string_view, 5> kStatus = {"200", "200", "200", "404", "500"};
  text.append(stamp).append(1, ',').append(*request.service_name).append(1, ',');
  text.append(*request.http_method).append(1, ',').append(*request.host).append(1, ',');
  if (random.below(500) == 0) {
    text.append(1, '"').append(*request.url_path).append("?fields=id,name\"");
  } else {
    text.append(*request.url_path);
  }
  text.append(1, ',').append(kStatus[random.below(kStatus.size())]).append(1, ',');
  text.append(std::to_string(random.below(900) + 1)).append(1, '\n');
}

/// Draws the digits of numbers of three digits or more anew.
void renew_ids(std::string& path, Random& random) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < path.size();) {
    std::size_t end = at;
    while (end < path.size() && is_digit(path[end])) ++end;
    for (std::size_t i = at; end - at >= 3 && i < end; ++i) {
      path[i] = static_cast<char>('0' + random.below(10));
    }
    at = end + 1;
  }
}

/// As AWS writes them, all 30 fields of 2024.
void add_alb_line(const Request& request, const std::string& stamp, Random& random,
                  std::string& text) {
  const std::string number = std::to_string(random.below(250));
  const std::string group = std::string(*request.service_name);
  const std::string host(*request.host);
  text += "https " + stamp + " app/front/50dc6c495c0c9188 203.0.113." + number + ":41872 10.0.3." +
          number + ":4567 0.001 0.048 0.000 200 200 412 9313 \"" +
          std::string(*request.http_method) + " https://" + host + ":443" +
          std::string(*request.url_path) +
          "?limit=20 HTTP/2.0\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like "
          "Gecko) Chrome/124.0.0.0 Safari/537.36\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 "
          "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/" +
          group + "/73e2d6bc24d8a067 \"Root=1-69f871a6-36d228ad5d99923122bbe354\" \"" + host +
          "\" \"arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-"
          "123456789012\" 10 " +
          stamp + " \"forward\" \"-\" \"-\" \"10.0.3." + number +
          ":4567\" \"200\" \"-\" \"-\" TID_16132ed0b4112148\n";
}

}  // namespace

std::uint64_t write_log(LogKind kind, const Scenario& scenario, std::uint64_t bytes,
                        const WriteBytes& write) {
  Random random(7);
  const std::span<const Asked> asked = scenario.requests.asked();
  std::string piece;
  std::string path;
  if (kind != LogKind::alb) piece = "time,service,method,host,path,status,latency_ms\n";
  double time = static_cast<double>(kFirstSecond) * 1e6;
  std::uint64_t rows = 0;
  for (std::uint64_t written = 0; written + piece.size() < bytes; ++rows) {
    time += -std::log(1 - random.unit()) * kMeanGapMicroseconds;
    const std::string stamp = stamp_text(static_cast<std::int64_t>(time));
    const Request& request = asked[random.below(asked.size())].request;
    switch (kind) {
      case LogKind::csv:
        add_csv_row(request, stamp, random, piece);
        break;
      case LogKind::csv_new_ids: {
        Request renewed = request;
        path = *request.url_path;
        renew_ids(path, random);
        renewed.url_path = path;
        add_csv_row(renewed, stamp, random, piece);
        break;
      }
      case LogKind::alb:
        add_alb_line(request, stamp, random, piece);
        break;
    }
    if (piece.size() < kPieceBytes) continue;
    write(piece);
    written += piece.size();
    piece.clear();
  }
  write(piece);
  return rows;
}

std::uint64_t write_format_log(const test::FormatSample& sample, std::uint64_t bytes,
                               const WriteBytes& write) {
  const auto may_go_on = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  // Behind the path `/a`.
  std::size_t behind = sample.line.find("/a") + 2;
  while (may_go_on(sample.line[behind])) behind = sample.line.find("/a", behind) + 2;
  Random random(7);
  std::string piece(sample.above);
  std::uint64_t rows = 0;
  for (std::uint64_t written = 0; written + piece.size() < bytes; ++rows) {
    piece.append(sample.line.substr(0, behind)).append(1, '/');
    piece.append(std::to_string(random.below(10'000))).append(sample.line.substr(behind));
    piece.append(1, '\n');
    if (piece.size() < kPieceBytes) continue;
    write(piece);
    written += piece.size();
    piece.clear();
  }
  write(piece);
  return rows;
}

std::string rules_document(const Scenario& scenario) {
  nlohmann::json records = nlohmann::json::array();
  int priority = 0;
  for (const Rule& rule : scenario.rules) {
    records.push_back({{"SamplingRule",
                        {{"RuleName", rule.name()},
                         {"Priority", ++priority},
                         {"FixedRate", 0.1},
                         {"ReservoirSize", 5},
                         {"ServiceName", std::string(rule.pattern(Field::service_name))},
                         {"ServiceType", "*"},
                         {"Host", std::string(rule.pattern(Field::host))},
                         {"HTTPMethod", std::string(rule.pattern(Field::http_method))},
                         {"URLPath", std::string(rule.pattern(Field::url_path))},
                         {"ResourceARN", "*"},
                         {"Version", 1}}}});
  }
  return nlohmann::json{{"SamplingRuleRecords", std::move(records)}}.dump(1);
}

}  // namespace dosimeter::bench
