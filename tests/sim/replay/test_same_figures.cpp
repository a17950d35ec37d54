// The figures of rules are those of the requests, however a log of them lies about: in whatever
// order, over how many files, packed in which way, read from where, by how many threads.

#include "tests/support/allocation_count.h"
#include "tests/support/captured_run.h"
#include "tests/support/catch.h"
#include "tests/support/packed.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace dosimeter;
using dosimeter::test::TemporaryFile;
using nlohmann::json;

namespace {

constexpr const char* kRules = R"({"SamplingRuleRecords": [
{"SamplingRule": {"RuleName": "users", "Priority": 1, "FixedRate": 0.2, "ReservoirSize": 3, "ServiceName": "*",
 "ServiceType": "*", "Host": "*", "HTTPMethod": "GET", "URLPath": "/users/*", "ResourceARN": "*", "Version": 1}},
{"SamplingRule": {"RuleName": "shop", "Priority": 2, "FixedRate": 0, "ReservoirSize": 1, "ServiceName": "*",
 "ServiceType": "*", "Host": "shop.*", "HTTPMethod": "*", "URLPath": "*", "ResourceARN": "*", "Version": 1}},
{"SamplingRule": {"RuleName": "writes", "Priority": 3, "FixedRate": 1, "ReservoirSize": 0, "ServiceName": "*",
 "ServiceType": "*", "Host": "*", "HTTPMethod": "P*", "URLPath": "*", "ResourceARN": "*", "Version": 1}}]})";

/// The rows of a log, each with its line feed, and what stands in front of them.
struct MadeLog {
  std::string header;
  std::vector<std::string> rows;
};

struct MadeRequest {
  std::string stamp;
  std::string method;
  std::string host;
  std::string path;
};

/// In order, some forty a second.
std::vector<MadeRequest> make_requests(std::size_t count, Random& random) {
  constexpr std::array kMethods = {"GET", "GET", "POST", "PUT"};
  constexpr std::array kHosts = {"shop.example", "api.example"};
  constexpr std::array kPaths = {"/users/", "/orders/", "/health?n="};
  std::vector<MadeRequest> requests;
  std::uint64_t milliseconds = 0;
  while (requests.size() < count) {
    milliseconds += random.below(50);
    const auto digits = [](std::uint64_t number, std::size_t width) {
      const std::string text = std::to_string(number);
      return std::string(width - text.size(), '0') + text;
    };
    requests.push_back(
        {"2026-05-04T10:" + digits(milliseconds / 60'000 % 60, 2) + ':' +
             digits(milliseconds / 1000 % 60, 2) + '.' + digits(milliseconds % 1000, 3) + "000Z",
         kMethods[random.below(kMethods.size())], kHosts[random.below(kHosts.size())],
         kPaths[random.below(kPaths.size())] + std::to_string(random.below(500))});
  }
  return requests;
}

MadeLog csv_log(const std::vector<MadeRequest>& requests, Random& random) {
  MadeLog log{"time,method,host,path,note\n", {}};
  for (const MadeRequest& request : requests) {
    const char* note = random.below(20) == 0 ? "\"two\nlines, \"\"quoted\"\"\"" : "x";
    log.rows.push_back(request.stamp + ',' + request.method + ',' + request.host + ',' +
                       request.path + ',' + note + '\n');
  }
  return log;
}

MadeLog alb_log(const std::vector<MadeRequest>& requests) {
  MadeLog log;
  for (const MadeRequest& request : requests) {
    log.rows.push_back(
        "https " + request.stamp +
        " app/front/50dc6c495c0c9188 203.0.113.7:41872 10.0.3.17:4567 0.001 0.048 0.000 200 200 "
        "412 9313 \"" +
        request.method + " https://" + request.host + ":443" + request.path +
        " HTTP/2.0\" \"curl/8.0\" ECDHE TLSv1.2 - \"-\" \"" + request.host + "\" \"-\" 10 " +
        request.stamp + " \"forward\" \"-\" \"-\" \"-\" \"200\" \"-\" \"-\"\n");
  }
  return log;
}

std::string joined(const MadeLog& log) {
  std::string text = log.header;
  for (const std::string& row : log.rows) text += row;
  return text;
}

MadeLog shuffled(MadeLog log, Random& random) {
  for (std::size_t i = log.rows.size(); i > 1; --i) {
    std::swap(log.rows[i - 1], log.rows[random.below(i)]);
  }
  return log;
}

/// Each row in one of so many files.
std::vector<std::string> dealt(const MadeLog& log, std::size_t files, Random& random) {
  std::vector<std::string> texts(files, log.header);
  for (const std::string& row : log.rows) texts[random.below(files)] += row;
  return texts;
}

struct Packing {
  const char* name;
  std::string (*pack)(std::string_view);
};

constexpr std::array kPackings = {
    Packing{"plain", [](std::string_view text) { return std::string(text); }},
    Packing{"gzip", [](std::string_view text) { return test::gzip_member(text); }},
    Packing{"gzip of two members",
            [](std::string_view text) {
              return test::gzip_member(text.substr(0, text.size() / 3)) +
                     test::gzip_member(text.substr(text.size() / 3));
            }},
    Packing{"zstd", [](std::string_view text) { return test::zstd_frame(text); }},
    Packing{"bzip2", [](std::string_view text) { return test::bzip2_stream(text); }},
    Packing{"xz", [](std::string_view text) { return test::xz_stream(text); }},
};

/// Puts a text to the standard input of this process through a pipe while it lives.
class PipedInput {
 public:
  explicit PipedInput(std::string text) : text_(std::move(text)), before_(::dup(STDIN_FILENO)) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    REQUIRE(::dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    ::close(ends[0]);
    writer_ = std::thread([this, end = ends[1]] {
      for (std::size_t at = 0; at < text_.size();) {
        const ssize_t count = ::write(end, text_.data() + at, text_.size() - at);
        if (count <= 0) break;
        at += static_cast<std::size_t>(count);
      }
      ::close(end);
    });
  }
  PipedInput(const PipedInput&) = delete;
  PipedInput& operator=(const PipedInput&) = delete;
  ~PipedInput() {
    writer_.join();
    if (before_ >= 0) {
      ::dup2(before_, STDIN_FILENO);
      ::close(before_);
    } else {
      ::close(STDIN_FILENO);
    }
  }

 private:
  std::string text_;
  int before_;
  std::thread writer_;
};

/// The `rules` of the JSON report, as it is written.
std::string rule_figures(const std::string& rules, const std::vector<std::string>& logs,
                         unsigned threads) {
  std::vector<std::string> arguments = {"--rules", rules,       "--format",
                                        "json",    "--threads", std::to_string(threads)};
  for (const std::string& log : logs) {
    arguments.emplace_back("--log");
    arguments.push_back(log);
  }
  const CapturedRun run = run_captured(arguments);
  INFO(run.err);
  REQUIRE(run.code == sim::ExitCode::done);
  return json::parse(run.out).at("rules").dump(1);
}

}  // namespace

TEST_CASE("same figures: a log shuffled, split, packed, from a pipe, by any number of threads") {
  const std::uint64_t seed = Random::default_seed();
  CAPTURE(seed);
  Random random(seed);
  const std::vector<MadeRequest> requests = make_requests(5000, random);
  const TemporaryFile rules(kRules, ".json");
  // How many threads there are is all the same to a format: one tries them all.
  const std::pair<MadeLog, std::vector<unsigned>> logs[] = {{csv_log(requests, random), {1, 2, 4}},
                                                            {alb_log(requests), {2}}};
  for (const auto& [log, thread_counts] : logs) {
    const TemporaryFile in_order(joined(log));
    const std::string expected = rule_figures(rules.path(), {in_order.path()}, 1);
    REQUIRE(json::parse(expected).size() == 4);
    const MadeLog mixed = shuffled(log, random);
    const std::string text = joined(mixed);
    for (const Packing& packing : kPackings) {
      CAPTURE(packing.name, log.header);
      const std::string packed = packing.pack(text);
      const TemporaryFile one(packed);
      std::vector<std::string> paths;
      std::vector<std::unique_ptr<TemporaryFile>> files;
      for (const std::string& part : dealt(mixed, 3, random)) {
        files.push_back(std::make_unique<TemporaryFile>(packing.pack(part)));
        paths.push_back(files.back()->path());
      }
      for (const unsigned threads : thread_counts) {
        CAPTURE(threads);
        CHECK(rule_figures(rules.path(), {one.path()}, threads) == expected);
        CHECK(rule_figures(rules.path(), paths, threads) == expected);
        const PipedInput input(packed);
        CHECK(rule_figures(rules.path(), {"-"}, threads) == expected);
      }
    }
  }
}

TEST_CASE("same figures: the test sees a request that is missing") {
  Random random(3);
  const TemporaryFile rules(kRules, ".json");
  MadeLog log = alb_log(make_requests(200, random));
  const TemporaryFile all(joined(log));
  log.rows.pop_back();
  const TemporaryFile fewer(joined(log));
  CHECK(rule_figures(rules.path(), {all.path()}, 1) !=
        rule_figures(rules.path(), {fewer.path()}, 1));
}

TEST_CASE("same figures: new hosts, services and paths in every row take no more memory") {
  const TemporaryFile rules(kRules, ".json");
  const auto most_held = [&](std::size_t rows) {
    std::string text = "time,service,method,host,path\n";
    for (std::size_t i = 0; i < rows; ++i) {
      const std::string number = std::to_string(1'000'000 + i * 7'919 % 8'999'993);
      text += "2026-05-04T10:15:02Z,s" + number + ",GET,h" + number + ".example,/p/x" + number +
              "/y" + number + "\n";
    }
    const TemporaryFile log(text);
    reset_highest_bytes();
    const std::int64_t before = held_bytes();
    rule_figures(rules.path(), {log.path()}, 1);
    return highest_bytes() - before;
  };
  // Both logs are longer than the blocks in flight.
  const std::int64_t few = most_held(60'000);
  const std::int64_t many = most_held(240'000);
  CAPTURE(few, many);
  CHECK(few > 0);
  CHECK(many <= few + 64 * 1024);
}
