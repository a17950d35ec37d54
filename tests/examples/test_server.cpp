#include <dosimeter/trace_header.h>

#include "tests/examples/example_process.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_file.h"

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>

using namespace dosimeter;
using namespace dosimeter::test;

namespace {

/// A document of one rule for /pay/* that takes everything, or nothing, and one for the rest.
std::string rules(const char* name, int rate) {
  const auto rule = [](const std::string& rule_name, const char* path, int priority, int fixed) {
    return "{\"RuleName\": \"" + rule_name +
           "\", \"ResourceARN\": \"*\", \"Priority\": " + std::to_string(priority) +
           ", \"FixedRate\": " + std::to_string(fixed) +
           ", \"ReservoirSize\": 0, \"ServiceName\": \"shop\", \"ServiceType\": \"*\", "
           "\"Host\": \"127.0.0.1*\", \"HTTPMethod\": \"*\", \"URLPath\": \"" +
           path + "\", \"Version\": 1}";
  };
  return "[" + rule(name, "/pay/*", 1, rate) + ", " + rule("rest", "*", 2, 0) + "]";
}

/// Replaces the file's content at once, so that nobody reads half of it.
void write(const std::string& path, const std::string& content) {
  const std::string beside = path + ".new";
  std::ofstream(beside, std::ios::binary) << content;
  REQUIRE(std::rename(beside.c_str(), path.c_str()) == 0);
}

/// The value behind each key of an answer: `sampled 1`.
std::map<std::string, std::string> read(const std::string& text) {
  std::map<std::string, std::string> values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t blank = line.rfind(' ');
    values[line.substr(0, blank)] = line.substr(blank + 1);
  }
  return values;
}

struct Counts {
  std::uint64_t requests = 0;
  std::uint64_t sampled = 0;
};

/// What /_sampling says of each rule.
std::map<std::string, Counts> counts_of(const std::string& text) {
  std::map<std::string, Counts> counts;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string first, name;
    Counts count;
    words >> first >> count.requests >> count.sampled >> name;
    if (first == "rule") counts[name] = count;
  }
  return counts;
}

std::string statistics(httplib::Client& client) {
  const auto answer = client.Get("/_sampling");
  return answer ? answer->body : std::string();
}

/// Waits until the statistics have that line, a minute at most.
bool comes(httplib::Client& client, const std::string& line) {
  for (int i = 0; i < 1200; ++i) {
    if (("\n" + statistics(client)).find("\n" + line + "\n") != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace

TEST_CASE("server: threads are answered while rules change, and every decision is counted") {
  const TemporaryFile file(rules("pay", 1), ".json");
  ExampleProcess server(SERVER_PROGRAM, {file.path(), "--service", "shop"});
  const int port = server.port();
  REQUIRE(port > 0);

  constexpr int kThreads = 4;
  constexpr int kRequests = 300;
  std::atomic<std::uint64_t> sampled{0};
  std::atomic<int> wrong{0};
  std::atomic<int> running{kThreads};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      httplib::Client client("127.0.0.1", port);
      client.set_keep_alive(true);
      client.set_tcp_nodelay(true);
      for (int i = 0; i < kRequests; ++i) {
        const bool pays = (i + thread) % 2 == 0;
        const auto answer = i % 3 == 0
                                ? client.Post(pays ? "/pay/now?x=1" : "/home", "body", "text/plain")
                                : client.Get(pays ? "/pay/now?x=1" : "/home");
        if (!answer || answer->status != 200) {
          ++wrong;
          continue;
        }
        auto said = read(answer->body);
        const TraceHeader trace = TraceHeader::parse(answer->get_header_value("X-Amzn-Trace-Id"));
        const bool is_sampled = said["sampled"] == "1";
        const bool right = trace.has_valid_root() &&
                           (trace.sampled == SampledFlag::sampled) == is_sampled &&
                           said["cause"] == (is_sampled ? "rate" : "refused_by_rate") &&
                           (pays ? said["rule"] == (is_sampled ? "pay" : "spare")
                                 : !is_sampled && said["rule"] == "rest");
        if (!right) ++wrong;
        if (is_sampled) ++sampled;
      }
      --running;
    });
  }
  for (int generation = 0; running.load() > 0; ++generation) {
    write(file.path(), generation % 2 == 0 ? rules("spare", 0) : rules("pay", 1));
    if (generation % 3 == 0) server.send(SIGHUP);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);

  // Once more, so that there has been a reload however fast the requests were.
  write(file.path(), rules("last", 1));
  httplib::Client client("127.0.0.1", port);
  for (int i = 0; i < 600; ++i) {
    const auto answer = client.Get("/pay/last");
    REQUIRE(answer);
    auto said = read(answer->body);
    if (said["rule"] == "last") break;
    if (said["sampled"] == "1") ++sampled;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const std::string told = statistics(client);
  auto counts = counts_of(told);
  CHECK(counts["last"].requests == 1);
  CHECK(counts["last"].sampled == 1);
  CHECK(counts["rest"].requests == kThreads * kRequests / 2);
  CHECK(counts["rest"].sampled == 0);
  CHECK(counts["pay"].requests + counts["spare"].requests >= kThreads * kRequests / 2);
  CHECK(counts["pay"].sampled == counts["pay"].requests);
  CHECK(counts["pay"].sampled == sampled);
  CHECK(counts["spare"].sampled == 0);
  CHECK(counts["Default"].requests == 0);
  CHECK(read(told)["failed reloads"] == "0");
  CHECK(read(told)["reloads"] != "0");

  server.send(SIGTERM);
  CHECK(server.wait() == 0);
  std::string line = server.line();
  CHECK(line == "rule 0 0 Default");
}

TEST_CASE("server: a broken file leaves the old rules in force") {
  const TemporaryFile file(rules("pay", 1), ".json");
  ExampleProcess server(SERVER_PROGRAM, {file.path(), "--service", "shop"});
  const int port = server.port();
  REQUIRE(port > 0);
  httplib::Client client("127.0.0.1", port);
  const auto rule = [&] {
    const auto answer = client.Get("/pay/now");
    return answer ? read(answer->body)["rule"] : std::string();
  };
  CHECK(rule() == "pay");
  write(file.path(), "{\"SamplingRule\": ");
  REQUIRE(comes(client, "failed reloads 1"));
  CHECK(rule() == "pay");
  server.send(SIGHUP);
  REQUIRE(comes(client, "failed reloads 2"));
  CHECK(rule() == "pay");
  CHECK(std::remove(file.path().c_str()) == 0);
  REQUIRE(comes(client, "failed reloads 3"));
  CHECK(rule() == "pay");
  write(file.path(), rules("new", 1));
  REQUIRE(comes(client, "reloads 1"));
  CHECK(rule() == "new");
  server.send(SIGINT);
  CHECK(server.wait() == 0);
}

TEST_CASE("server: what was decided upstream stands, and its trace goes on") {
  const TemporaryFile file(rules("pay", 1), ".json");
  ExampleProcess server(SERVER_PROGRAM, {file.path(), "--service", "shop"});
  const int port = server.port();
  REQUIRE(port > 0);
  httplib::Client client("127.0.0.1", port);
  const std::string root = "Root=1-5759e988-bd862e3fe1be46a994272793";
  const auto with_header = [&](const std::string& header) {
    return client.Get("/pay/now", httplib::Headers{{"X-Amzn-Trace-Id", header}});
  };
  const auto answer = with_header(root + ";Parent=53995c3f42cd8ad8;Sampled=0");
  REQUIRE(answer);
  CHECK(read(answer->body)["cause"] == "upstream");
  CHECK(read(answer->body)["sampled"] == "0");
  CHECK(answer->get_header_value("X-Amzn-Trace-Id") == root + ";Parent=53995c3f42cd8ad8;Sampled=0");
  const auto undecided = with_header(root);
  REQUIRE(undecided);
  CHECK(read(undecided->body)["cause"] == "rate");
  CHECK(undecided->get_header_value("X-Amzn-Trace-Id") == root + ";Sampled=1");
}

TEST_CASE("server: what it cannot do it says with its exit code") {
  const TemporaryFile good(rules("pay", 1), ".json");
  const TemporaryFile broken("{", ".json");
  const auto code = [](std::vector<std::string> arguments) {
    return ExampleProcess(SERVER_PROGRAM, std::move(arguments)).wait();
  };
  CHECK(code({"--help"}) == 0);
  CHECK(code({}) == 2);
  CHECK(code({good.path(), "--port"}) == 2);
  CHECK(code({good.path(), "--port", "65536"}) == 2);
  CHECK(code({good.path(), "--port", "8o"}) == 2);
  CHECK(code({good.path(), "--recorder", "nobody"}) == 2);
  CHECK(code({good.path(), "--nonsense", "x"}) == 2);
  CHECK(code({good.path(), good.path()}) == 2);
  CHECK(code({broken.path()}) == 2);
  CHECK(code({"/nonexistent.json"}) == 3);
  CHECK(code({"/"}) == 3);
  ExampleProcess first(SERVER_PROGRAM, {good.path()});
  const int port = first.port();
  REQUIRE(port > 0);
  CHECK(code({good.path(), "--port", std::to_string(port)}) == 3);
}

TEST_CASE("server: its help is what was asked for") {
  ExampleProcess server(SERVER_PROGRAM, {"rules.json", "--help"});
  const std::string text = server.rest();
  CHECK(server.wait() == 0);
  CHECK(text.rfind("usage: server RULES.json [--port N] [--recorder NAME] [--service NAME]\n", 0) ==
        0);
  for (const char* option : {"\n  --port N ", "\n  --recorder NAME ", "\n  --service NAME "}) {
    CHECK(text.find(option) != std::string::npos);
  }
  ExampleProcess quiet(SERVER_PROGRAM, {"--help"}, STDERR_FILENO);
  CHECK(quiet.rest().empty());
}

TEST_CASE("server: a wrong option is named, with what was expected and got") {
  const TemporaryFile good(rules("pay", 1), ".json");
  const TemporaryFile broken("hello", ".json");
  const auto said = [](std::vector<std::string> arguments) {
    return ExampleProcess(SERVER_PROGRAM, std::move(arguments), STDERR_FILENO).rest();
  };
  CHECK(said({}) == "server: expected the name of a rule document, got none; see --help\n");
  CHECK(said({""}) == "server: expected the name of a rule document, got \"\"\n");
  CHECK(said({"a", "b"}) == "server: expected one rule document, \"a\", got \"b\" too\n");
  CHECK(said({good.path(), "--frob", "1"}) ==
        "server: expected --port, --recorder, --service or --help, got \"--frob\"\n");
  for (const char* port : {"x", "", "-1", "65536", "99999", "8o", "99999999999999999999"}) {
    CHECK(said({good.path(), "--port", port}) ==
          std::string("server: --port must be a whole number from 0 to 65535, got \"") + port +
              "\"\n");
  }
  CHECK(said({good.path(), "--port"}) == "server: --port needs a value, got nothing\n");
  CHECK(said({good.path(), "--service", "--port", "0"}) ==
        "server: --service needs a value, got \"--port\"\n");
  CHECK(said({good.path(), "--service", ""}) ==
        "server: --service must be the name of a service, got \"\"\n");
  const std::string recorder = said({good.path(), "--recorder", "frob"});
  CHECK(recorder.rfind("server: --recorder must be one of documented, ", 0) == 0);
  CHECK(recorder.find(", got \"frob\"\n") != std::string::npos);

  CHECK(said({broken.path()}).rfind("server: " + broken.path() + ":1:1: expected JSON", 0) == 0);
  CHECK(said({"/nonexistent.json"}) ==
        "server: cannot read \"/nonexistent.json\": no such file or directory\n");
  CHECK(said({"/"}) == "server: cannot read \"/\": is a directory\n");
}
