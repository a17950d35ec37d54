#include <dosimeter/rules/sampling_rules_body.h>
#include <dosimeter/rules/sampling_targets_body.h>

#include "tests/examples/example_process.h"
#include "tests/support/catch.h"

#include <httplib.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace dosimeter;
using namespace dosimeter::test;
using namespace std::chrono_literals;
using rules::StatisticsDocument;

namespace {

TimePoint now() {
  return std::chrono::system_clock::now();
}

Rule rule(const std::string& name, std::int64_t priority, const std::string& service) {
  return Rule::from({.name = name,
                     .priority = priority,
                     .fixed_rate = 0,
                     .reservoir_size = 1000,
                     .service_name = service})
      .value();
}

/// What the daemon answers and has been told. Locked by whoever looks at it.
struct Told {
  std::mutex mutex;
  /// Where it is given, every answer to a request for rules, or for targets.
  std::optional<std::string> rules_text;
  std::optional<std::string> targets_text;
  int status = 200;
  std::string first_rule = "shop";
  std::optional<std::int64_t> quota;
  std::optional<TimePoint> last_change;

  int first_pages = 0;
  int second_pages = 0;
  int failures = 0;
  int targets_asked = 0;
  std::vector<std::string> wrong;
  std::set<std::string> clients;
  std::vector<StatisticsDocument> reports;
};

/// Plays the X-Ray daemon on 127.0.0.1.
class Daemon {
 public:
  /// Port 0 is any that is free.
  Daemon(Told& told, int port) : told_(told) {
    server_.Post("/GetSamplingRules",
                 [this](const httplib::Request& request, httplib::Response& response) {
                   answer(request, response, &Daemon::rules);
                 });
    server_.Post("/SamplingTargets",
                 [this](const httplib::Request& request, httplib::Response& response) {
                   answer(request, response, &Daemon::targets);
                 });
    server_.set_keep_alive_timeout(1);
    port_ = port == 0 ? server_.bind_to_any_port("127.0.0.1") : port;
    if (port != 0 && !server_.bind_to_port("127.0.0.1", port)) port_ = -1;
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (port_ > 0 && !server_.is_running()) std::this_thread::yield();
  }
  ~Daemon() {
    server_.stop();
    thread_.join();
  }
  [[nodiscard]] int port() const { return port_; }

 private:
  void answer(const httplib::Request& request, httplib::Response& response,
              std::string (Daemon::*make)(const std::string&)) {
    const std::lock_guard lock(told_.mutex);
    response.status = told_.status;
    if (told_.status != 200) {
      ++told_.failures;
      return;
    }
    if (request.get_header_value("Content-Type") != "application/json") {
      told_.wrong.push_back("not sent as JSON");
    }
    response.set_content((this->*make)(request.body), "application/json");
  }

  /// Two pages: one rule for the poller's service, and Default.
  std::string rules(const std::string& request) {
    const bool begins = request == rules::write_sampling_rules_request();
    if (!begins && request != rules::write_sampling_rules_request("page 2")) {
      told_.wrong.push_back(request);
    }
    ++(begins ? told_.first_pages : told_.second_pages);
    if (told_.rules_text) return *told_.rules_text;
    rules::SamplingRulesBody body;
    if (begins) {
      body.records.push_back({rule(told_.first_rule, 1, "poller"), now(), now()});
      body.next_token = "page 2";
    } else {
      body.records.push_back({rule("Default", 10000, "*")});
    }
    return write_sampling_rules(body);
  }

  std::string targets(const std::string& request) {
    const auto read = rules::read_sampling_targets_request({"request", request});
    for (const auto& diagnostic : read.diagnostics) told_.wrong.push_back(to_string(diagnostic));
    ++told_.targets_asked;
    if (told_.targets_text) return *told_.targets_text;
    rules::SamplingTargetsBody body;
    body.last_rule_modification = told_.last_change;
    if (!read.ok()) return write_sampling_targets(body);
    for (const StatisticsDocument& report : *read.body) {
      told_.clients.insert(report.client_id);
      told_.reports.push_back(report);
      if (!told_.quota) continue;
      body.targets.push_back({.rule_name = report.rule_name,
                              .fixed_rate = Rate::from(0).value(),
                              .reservoir_quota = *told_.quota,
                              .quota_expiry = now() + 300s,
                              .interval = 1s});
    }
    return write_sampling_targets(body);
  }

  Told& told_;
  httplib::Server server_;
  std::thread thread_;
  int port_ = -1;
};

/// Changes what the daemon answers, or looks at what it was told.
template <typename Visit>
auto with(Told& told, Visit&& visit) {
  const std::lock_guard lock(told.mutex);
  return visit();
}

/// Waits until `is_so`, a minute at most.
bool comes(Told& told, const std::function<bool()>& is_so) {
  for (int i = 0; i < 1200; ++i) {
    if (with(told, is_so)) return true;
    std::this_thread::sleep_for(50ms);
  }
  return false;
}

/// The reports of a rule from the given one on.
std::vector<StatisticsDocument> reports_of(const Told& told, const std::string& name,
                                           std::size_t from = 0) {
  std::vector<StatisticsDocument> found;
  for (std::size_t i = from; i < told.reports.size(); ++i) {
    if (told.reports[i].rule_name == name) found.push_back(told.reports[i]);
  }
  return found;
}

std::uint64_t sum(const std::vector<StatisticsDocument>& reports,
                  std::uint64_t StatisticsDocument::*count) {
  std::uint64_t all = 0;
  for (const StatisticsDocument& report : reports) all += report.*count;
  return all;
}

/// Calendar seconds from the report before the first one to the last one.
std::uint64_t seconds_of(const std::vector<StatisticsDocument>& reports) {
  if (reports.empty()) return 0;
  const auto span =
      calendar_second(reports.back().timestamp) - calendar_second(reports.front().timestamp);
  return static_cast<std::uint64_t>(span.count());
}

}  // namespace

TEST_CASE("poller: it borrows until it has a quota, reports, and survives its daemon") {
  Told told;
  auto daemon = std::make_unique<Daemon>(told, 0);
  const int port = daemon->port();
  REQUIRE(port > 0);
  ExampleProcess poller(POLLER_PROGRAM,
                        {"--daemon", "127.0.0.1:" + std::to_string(port), "--every", "1"},
                        STDERR_FILENO);
  CHECK(poller.line() == "poller: fetched 2 rules");

  // Without a quota it borrows one a second, and nothing else is sampled: the rate is 0.
  REQUIRE(comes(
      told, [&] { return sum(reports_of(told, "shop"), &StatisticsDocument::borrow_count) >= 2; }));
  with(told, [&] {
    const auto reports = reports_of(told, "shop");
    CHECK(told.first_pages == 1);
    CHECK(told.second_pages == 1);
    const std::uint64_t borrowed = sum(reports, &StatisticsDocument::borrow_count);
    CHECK(borrowed <= seconds_of(reports) + 3);  // the first report's own, and both ends
    CHECK(sum(reports, &StatisticsDocument::sampled_count) == borrowed);
    CHECK(sum(reports, &StatisticsDocument::request_count) > borrowed);
    CHECK(!reports_of(told, "Default").empty());
    CHECK(sum(reports_of(told, "Default"), &StatisticsDocument::request_count) == 0);
    told.quota = 20;
  });

  // With one it spends that and borrows no more.
  std::size_t from = 0;
  REQUIRE(comes(told, [&] {
    if (told.reports.empty()) return false;
    const StatisticsDocument& last = told.reports.back();
    from = told.reports.size();
    const auto reports = reports_of(told, "shop");
    return last.timestamp > TimePoint() && reports.back().borrow_count == 0 &&
           reports.back().sampled_count >= 10;
  }));
  REQUIRE(comes(told, [&] { return reports_of(told, "shop", from).size() >= 3; }));
  with(told, [&] {
    const auto reports = reports_of(told, "shop", from);
    CHECK(sum(reports, &StatisticsDocument::borrow_count) == 0);
    CHECK(sum(reports, &StatisticsDocument::sampled_count) >= 20);
    CHECK(sum(reports, &StatisticsDocument::sampled_count) <= 20 * (seconds_of(reports) + 3));
    CHECK(told.clients.size() == 1);
    told.status = 500;
  });

  // A daemon that fails, answers nonsense or is gone.
  REQUIRE(comes(told, [&] { return told.failures >= 2; }));
  with(told, [&] {
    told.status = 200;
    told.targets_text = "{\"SamplingTargetDocuments\": [{\"RuleName\": 5}]}";
    told.targets_asked = 0;
  });
  REQUIRE(comes(told, [&] { return told.targets_asked >= 1; }));
  with(told, [&] {
    told.targets_text = std::string(rules::kMaximumBodyBytes + 1, ' ');
    told.targets_asked = 0;
    told.reports.clear();
  });
  REQUIRE(comes(told, [&] { return told.targets_asked >= 1; }));
  daemon.reset();
  std::this_thread::sleep_for(1500ms);
  with(told, [&] { told.targets_text.reset(); });
  const TimePoint back = now();
  daemon = std::make_unique<Daemon>(told, port);
  REQUIRE(daemon->port() == port);
  REQUIRE(comes(told, [&] { return reports_of(told, "shop").size() >= 3; }));
  with(told, [&] {
    const auto reports = reports_of(told, "shop");
    CHECK(reports.front().timestamp < back - 1s);  // what the daemon did not get in full
    CHECK(sum(reports, &StatisticsDocument::borrow_count) == 0);
    CHECK(sum(reports, &StatisticsDocument::sampled_count) > 0);

    // Rules that have changed are fetched at once. These are none.
    told.first_pages = 0;
    told.rules_text = "{\"SamplingRuleRecords\": [{}]}";
    told.last_change = now() + 1h;
  });
  REQUIRE(comes(told, [&] { return told.first_pages >= 1; }));
  with(told, [&] { from = told.reports.size(); });
  REQUIRE(comes(told, [&] {
    return sum(reports_of(told, "shop", from), &StatisticsDocument::request_count) > 0;
  }));
  // They are asked for until there are some, and then once for each change.
  with(told, [&] {
    told.rules_text.reset();
    told.first_rule = "store";
  });
  REQUIRE(comes(told, [&] {
    return sum(reports_of(told, "store"), &StatisticsDocument::sampled_count) > 0;
  }));
  with(told, [&] {
    told.first_pages = 0;
    told.first_rule = "market";
    told.last_change = now() + 2h;
  });
  REQUIRE(comes(told, [&] { return reports_of(told, "market").size() >= 3; }));
  with(told, [&] { CHECK(told.first_pages == 1); });

  // Its last words are a report.
  with(told, [&] { told.reports.clear(); });
  poller.send(SIGTERM);
  CHECK(poller.wait() == 0);
  with(told, [&] {
    CHECK(!told.reports.empty());
    for (const std::string& wrong : told.wrong) FAIL_CHECK(wrong);
    CHECK(told.clients.size() == 1);
  });
  const std::string said = poller.rest();
  for (const char* line :
       {"poller: reported 2 rules, got 0 targets\n", "poller: reported 2 rules, got 2 targets\n",
        "poller: /SamplingTargets: expected an answer with status 200, got status 500\n",
        // Canceled, then gone: in the words of the HTTP library, which change.
        "poller: /SamplingTargets: expected an answer with status 200, got error ",
        "poller: SamplingTargets:1:43: RuleName must be a string, got the number 5\n",
        "poller: GetSamplingRules:1:26: rule \"rules[0]\": SamplingRule is missing\n",
        "poller: fetched 2 rules\n", "poller: stopped\n"}) {
    CAPTURE(said);
    if (said.find(line) == std::string::npos) FAIL_CHECK("it never said " << line);
  }
}

TEST_CASE("poller: a wrong option is named, with what was expected and got") {
  const auto said = [](std::vector<std::string> arguments) {
    ExampleProcess poller(POLLER_PROGRAM, std::move(arguments), STDERR_FILENO);
    std::string text = poller.rest();
    return std::to_string(poller.wait()) + " " + text;
  };
  for (const char* address : {"", "127.0.0.1", ":2000", "host:", "host:0", "host:65536", "a:b"}) {
    CHECK(said({"--daemon", address}) ==
          std::string("2 poller: --daemon must be HOST:PORT, such as 127.0.0.1:2000, got \"") +
              address + "\"\n");
  }
  for (const char* every : {"", "0", "-1", "301", "x", "1.5"}) {
    CHECK(said({"--every", every}) ==
          std::string("2 poller: --every must be whole seconds from 1 to 300, got \"") + every +
              "\"\n");
  }
  CHECK(said({"--every"}) == "2 poller: --every must be whole seconds from 1 to 300, got \"\"\n");
  CHECK(said({"hello"}) == "2 poller: expected --daemon, --every or --help, got \"hello\"\n");
  ExampleProcess help(POLLER_PROGRAM, {"--help"});
  CHECK(help.line() == "usage: poller [--daemon HOST:PORT] [--every SECONDS]");
  CHECK(help.wait() == 0);
}
