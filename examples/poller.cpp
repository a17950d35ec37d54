// Keeps a Sampler's rules and quotas as X-Ray wants them while threads decide: asks the X-Ray
// daemon (or the collector in its place) for the rules every five minutes, tells it every ten
// seconds what they did, and spends the quotas it answers with. Says on stderr what it does.
//
//   poller [--daemon HOST:PORT] [--every SECONDS]
//
// SIGINT and SIGTERM end it, after a last report. Exit codes: 0 done, 2 wrong options.
#include <dosimeter/rules/sampling_rules_body.h>
#include <dosimeter/rules/sampling_targets_body.h>
#include <dosimeter/sampler.h>

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace dosimeter;
using namespace std::chrono_literals;
using std::chrono::seconds;
using std::chrono::steady_clock;
using std::chrono::system_clock;

std::atomic<bool> asked_to_stop{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // else a signal must not touch it

/// Says what happened; false, for whoever has failed.
bool say(const std::string& message) {
  std::fprintf(stderr, "poller: %s\n", message.c_str());
  return false;
}

/// What tells this process from others that record by the same rules.
std::string draw_client_id() {
  std::random_device random;
  std::string id;
  while (id.size() < rules::kClientIdLength) id += "0123456789abcdef"[random() % 16];
  return id;
}

class Poller {
 public:
  Poller(const std::string& host, int port, seconds every, Sampler& sampler)
      : daemon_(host, port), every_(every), sampler_(sampler) {
    daemon_.set_connection_timeout(2s);
    daemon_.set_read_timeout(5s);
  }

  /// Does what is due.
  void poll() {
    const auto now = steady_clock::now();
    // Where rules cannot be had, the old ones stay in force until they are too old.
    if (now >= rules_due_) rules_due_ = now + spread(fetch_rules() ? 300s : every_);
    if (now >= report_due_) {
      wait_.reset();
      report();
      report_due_ = now + spread(std::clamp(wait_.value_or(every_), 1s, 300s));
    }
  }

  /// Reports what the rules did. What X-Ray does not get now it gets the next time.
  void report() {
    if (!send_statistics()) return;
    statistics_ = sampler_.take_statistics(system_clock::now());
    send_statistics();
  }

 private:
  /// Up to 1 % more, so that a fleet does not poll in step.
  std::chrono::milliseconds spread(std::chrono::milliseconds wait) {
    return wait + wait * (random_() % 1000) / 100'000;
  }

  bool fetch_rules() {
    constexpr int kMostPages = 100;
    const TimePoint asked = system_clock::now();
    RuleSetBuilder builder;
    std::size_t count = 0;
    std::string next;
    for (int page = 0; page == 0 || !next.empty(); ++page) {
      if (page == kMostPages) return say("the list of rules has no end");
      const auto answer = post("/GetSamplingRules", rules::write_sampling_rules_request(next));
      if (!answer) return false;
      auto read = rules::read_sampling_rules({"GetSamplingRules", *answer});
      tell(read.diagnostics);
      if (!read.ok()) return false;
      for (rules::SamplingRuleRecord& one : read.body->records) builder.add(std::move(one.rule));
      count += read.body->records.size();
      next = read.body->next_token;
    }
    if (count == 0) return say("expected rules, of which there is always Default, got none");
    auto built = std::move(builder).build();
    if (!built) return say(built.error().where + " " + built.error().message);
    sampler_.swap_rules(std::move(built).value(), asked);
    rules_asked_ = asked;
    say("fetched " + std::to_string(count) + " rules");
    return true;
  }

  bool send_statistics() {
    while (!statistics_.empty()) {
      const auto some =
          std::span(statistics_).first(std::min(statistics_.size(), rules::kMaximumStatistics));
      const auto requests =
          rules::write_sampling_targets_requests(rules::to_documents(some, client_id_));
      const auto answer = post("/SamplingTargets", requests.front());
      if (!answer) return false;
      const auto read = rules::read_sampling_targets({"SamplingTargets", *answer});
      tell(read.diagnostics);
      if (read.ok()) apply(*read.body, some.size());
      statistics_.erase(statistics_.begin(), statistics_.begin() + std::ssize(some));
    }
    return true;
  }

  void apply(const rules::SamplingTargetsBody& body, std::size_t reported) {
    sampler_.apply_targets(body.targets, system_clock::now());
    say("reported " + std::to_string(reported) + " rules, got " +
        std::to_string(body.targets.size()) + " targets");
    for (const SamplingTarget& target : body.targets) {
      if (target.interval) wait_ = std::min(wait_.value_or(*target.interval), *target.interval);
    }
    for (const rules::UnprocessedStatistics& one : body.unprocessed) {
      say("X-Ray took no statistics of \"" + one.rule_name + "\": " + one.error_code + " " +
          one.message);
    }
    // Once for each change: were a clock wrong, every answer would have them fetched.
    const auto& changed = body.last_rule_modification;
    if (changed && changed != last_change_ && *changed > rules_asked_) rules_due_ = {};
    last_change_ = changed;
  }

  /// The body of the answer; nothing, and why, where there is none.
  std::optional<std::string> post(const std::string& path, const std::string& body) {
    const auto deadline = steady_clock::now() + 10s;
    std::string answer;
    httplib::Request request;
    request.method = "POST";
    request.path = path;
    request.body = body;
    request.set_header("Content-Type", "application/json");
    request.content_receiver = [&](const char* data, std::size_t size, auto...) {
      answer.append(data, size);
      return answer.size() <= rules::kMaximumBodyBytes && steady_clock::now() < deadline;
    };
    const httplib::Result result = daemon_.send(request);
    if (result && result->status == 200) return answer;
    say(path + ": expected an answer with status 200, got " +
        (result ? "status " + std::to_string(result->status)
                : "error " + httplib::to_string(result.error())));
    return std::nullopt;
  }

  static void tell(const std::vector<rules::Diagnostic>& diagnostics) {
    for (const rules::Diagnostic& diagnostic : diagnostics) say(to_string(diagnostic));
  }

  httplib::Client daemon_;
  const seconds every_;
  Sampler& sampler_;
  std::random_device random_;
  const std::string client_id_ = draw_client_id();
  steady_clock::time_point rules_due_;
  steady_clock::time_point report_due_ = steady_clock::now() + every_;
  /// The shortest interval X-Ray asks for.
  std::optional<seconds> wait_;
  TimePoint rules_asked_;
  std::optional<TimePoint> last_change_;
  /// Taken from the Sampler and not reported yet.
  std::vector<RuleStatistics> statistics_;
};

/// A thread of the program. Its requests are made up; a server's come from its clients.
void work(Sampler& sampler) {
  Decider decider = sampler.decider();
  std::mt19937_64 random(std::random_device{}());
  while (!asked_to_stop) {
    const double draw = static_cast<double>(random() >> 11) * 0x1.0p-53;
    [[maybe_unused]] const Decision decision =
        decider.decide({.service_name = "poller", .http_method = "GET", .url_path = "/"},
                       system_clock::now(), draw);
    std::this_thread::sleep_for(10ms);
  }
}

struct Options {
  std::string host = "127.0.0.1";
  int port = 2000;
  int every = 10;
};

bool read_number(std::string_view text, int most, int& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0 && number <= most;
}

bool read_options(const std::vector<std::string>& words, Options& options) {
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const std::string value = i + 1 < words.size() ? words[i + 1] : "";
    if (words[i] == "--daemon") {
      const std::size_t colon = std::min(value.rfind(':'), value.size());
      options.host = value.substr(0, colon);
      const std::string port = colon < value.size() ? value.substr(colon + 1) : "";
      if (options.host.empty() || !read_number(port, 65535, options.port)) {
        return say("--daemon must be HOST:PORT, such as 127.0.0.1:2000, got \"" + value + "\"");
      }
    } else if (words[i] == "--every") {
      if (!read_number(value, 300, options.every)) {
        return say("--every must be whole seconds from 1 to 300, got \"" + value + "\"");
      }
    } else {
      return say("expected --daemon, --every or --help, got \"" + words[i] + "\"");
    }
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (std::find(words.begin(), words.end(), "--help") != words.end()) {
    std::puts(
        "usage: poller [--daemon HOST:PORT] [--every SECONDS]\n\n"
        "Decides by the rules and quotas of X-Ray, which it asks the daemon for.\n\n"
        "  --daemon HOST:PORT  default: 127.0.0.1:2000\n"
        "  --every SECONDS     between reports, until X-Ray says otherwise; default: 10");
    return 0;
  }
  Options options;
  if (!read_options(words, options)) return 2;
  for (const int number : {SIGINT, SIGTERM}) std::signal(number, [](int) { asked_to_stop = true; });
  std::signal(SIGPIPE, SIG_IGN);  // a daemon that hangs up

  Sampler sampler(RuleSetBuilder().build().value(), {.quotas = QuotaSource::targets});
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(work, std::ref(sampler));
  Poller poller(options.host, options.port, seconds(options.every), sampler);
  while (!asked_to_stop) {
    poller.poll();
    std::this_thread::sleep_for(50ms);
  }
  for (std::thread& thread : threads) thread.join();
  poller.report();
  say("stopped");
}
