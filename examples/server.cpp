// A server that decides for every request whether it would be traced, and answers with the
// decision. It reads its rules from a document of any shape that `simulate` reads, and again when
// the file changes or a SIGHUP arrives, without keeping a request waiting.
//
//   server RULES.json [--port N] [--recorder NAME] [--service NAME]
//
// It listens on 127.0.0.1 alone; port 0, the default, is any that is free. /_sampling shows what
// the rules did. SIGINT and SIGTERM end it. Exit codes: 0 done, 2 wrong options or rules, 3 cannot
// read or listen.
#include <dosimeter/raw_request.h>
#include <dosimeter/rules/check.h>
#include <dosimeter/rules/load.h>
#include <dosimeter/sampler.h>
#include <dosimeter/trace_header.h>

#include <httplib.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <variant>

namespace {

using namespace dosimeter;

std::atomic<bool> asked_to_stop{false};
std::atomic<bool> asked_to_reload{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // else a signal must not touch it

struct Options {
  std::string rules_path;
  std::string service = "server";
  const Recorder* recorder = &recorders().front();
  int port = 0;
};

// --- Rules -----------------------------------------------------------------------------------

/// The rules of a file, or the exit code of a program that has none. Says on stderr what is wrong.
std::variant<RuleSet, int> read_rules(const Options& options) {
  std::ifstream file(options.rules_path, std::ios::binary);
  std::string text(rules::kMaximumDocumentBytes + 1, ' ');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (!file.is_open() || file.bad()) {
    std::fprintf(stderr, "cannot read %s\n", options.rules_path.c_str());
    return 3;
  }
  const rules::Source source{options.rules_path, text};
  const rules::LoadResult loaded = rules::load_rules({&source, 1});
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    const bool is_error = diagnostic.severity == rules::Severity::error;
    std::fprintf(stderr, "%s%s\n", is_error ? "" : "warning: ", to_string(diagnostic).c_str());
  }
  if (!loaded.ok()) return 2;

  const Recorder& recorder = *options.recorder;
  if (loaded.document->kind == RuleKind::local) {
    const std::string name(recorder.name);
    if (!recorder.local) {
      std::fprintf(stderr, "%s knows no local documents\n", name.c_str());
      return 2;
    }
    const rules::DocumentCheck check = rules::check_local_document(source, recorder);
    if (check.acceptance != rules::Acceptance::accepted) {
      std::fprintf(stderr, "%s does not take all of it: %s\n", name.c_str(), check.message.c_str());
      return 2;
    }
  }
  RuleSetBuilder builder(recorder, loaded.document->kind);
  for (const rules::RuleEntry& entry : loaded.document->rules) builder.add(entry.rule);
  auto built = std::move(builder).build();
  if (!built) {
    std::fprintf(stderr, "%s %s\n", built.error().where.c_str(), built.error().message.c_str());
    return 2;
  }
  return std::move(built).value();
}

/// What tells that a file has changed.
using FileState = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
FileState state_of(const std::string& path) {
  std::error_code ignored;
  return {std::filesystem::last_write_time(path, ignored),
          std::filesystem::file_size(path, ignored)};
}

/// Swaps new rules in when their file has changed. Rules that are wrong leave the old ones in
/// force.
class Reloader {
 public:
  /// `seen` is the state of the file before it was first read.
  Reloader(const Options& options, Sampler& sampler, FileState seen)
      : options_(options), sampler_(sampler), seen_(seen) {}

  void look(bool asked) {
    const FileState now = state_of(options_.rules_path);
    if (now == seen_ && !asked) return;
    seen_ = now;
    auto rules = read_rules(options_);
    if (auto* read = std::get_if<RuleSet>(&rules)) {
      sampler_.swap_rules(*std::move(read));
      ++done_;
      std::fprintf(stderr, "new rules are in force\n");
    } else {
      ++failed_;
      std::fprintf(stderr, "the old rules stay in force\n");
    }
  }
  [[nodiscard]] int done() const { return done_; }
  [[nodiscard]] int failed() const { return failed_; }

 private:
  const Options& options_;
  Sampler& sampler_;
  FileState seen_;
  std::atomic<int> done_{0};
  std::atomic<int> failed_{0};
};

// --- Decisions -------------------------------------------------------------------------------

/// What a thread needs to decide, and shares with no other.
struct Worker {
  Worker(Sampler& sampler, const Options& options)
      : decider(sampler.decider()),
        view(options.recorder->text, "", SegmentNaming::fixed(options.service)),
        random(std::random_device{}()) {}

  /// In [0, 1), 53 bits.
  double draw() { return static_cast<double>(random() >> 11) * 0x1.0p-53; }
  std::string trace_id(std::chrono::system_clock::time_point now) {
    char text[40];
    std::snprintf(text, sizeof text, "1-%08llx-%08llx%016llx",
                  static_cast<unsigned long long>(std::chrono::system_clock::to_time_t(now)),
                  static_cast<unsigned long long>(random() >> 32),
                  static_cast<unsigned long long>(random()));
    return text;
  }

  Decider decider;
  RecorderView view;
  std::mt19937_64 random;
};

const char* words(Cause cause) {
  switch (cause) {
    case Cause::reservoir:
      return "reservoir";
    case Cause::borrow:
      return "borrow";
    case Cause::rate:
      return "rate";
    case Cause::refused_by_rate:
      return "refused_by_rate";
    case Cause::upstream:
      return "upstream";
  }
  return "";
}

void answer(const httplib::Request& request, httplib::Response& response, Worker& worker,
            const Sampler& sampler, const TextChoices& choices) {
  const std::string host = request.get_header_value("Host");
  const std::string header = request.get_header_value("X-Amzn-Trace-Id");
  RawRequest raw{.http_method = request.method};
  if (!host.empty()) raw.set_host(host);
  raw.set_target(request.target);
  if (!header.empty()) raw.trace_header = header;

  const auto now = std::chrono::system_clock::now();
  const Decision decision = worker.decider.decide(worker.view.view(raw), now, worker.draw());

  TraceHeader trace = TraceHeader::parse(header, choices);
  if (!trace.has_valid_root()) trace.root = worker.trace_id(now);
  trace.sampled = decision.sampled ? SampledFlag::sampled : SampledFlag::not_sampled;
  response.set_header("X-Amzn-Trace-Id", trace.to_string());
  response.set_content(std::string("sampled ") + (decision.sampled ? "1" : "0") + "\ncause " +
                           words(decision.cause) + "\nrule " + sampler.rule_name(decision.rule) +
                           "\n",
                       "text/plain");
}

// --- Statistics ------------------------------------------------------------------------------

/// What the rules did since the program began. A recorder would send what it takes to X-Ray.
class Totals {
 public:
  explicit Totals(Sampler& sampler) : sampler_(sampler) {}

  /// One line a rule: requests, sampled, name.
  std::string text() {
    const std::lock_guard lock(mutex_);
    for (RuleStatistics& taken : sampler_.take_statistics()) {
      Total& total = totals_[taken.name];
      total.requests += taken.requests;
      total.sampled += taken.sampled + taken.borrowed;
    }
    std::string text;
    for (const auto& [name, total] : totals_) {
      text += "rule " + std::to_string(total.requests) + " " + std::to_string(total.sampled) + " " +
              name + "\n";
    }
    return text;
  }

 private:
  struct Total {
    std::uint64_t requests = 0;
    std::uint64_t sampled = 0;
  };
  Sampler& sampler_;
  std::mutex mutex_;
  std::map<std::string, Total> totals_;
};

// --- The program -----------------------------------------------------------------------------

bool read_port(std::string_view text, int& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 0 && port <= 65535;
}

std::optional<Options> read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word.substr(0, 2) != "--" && options.rules_path.empty()) {
      options.rules_path = word;
      continue;
    }
    if (++i == count) return std::nullopt;
    if (word == "--port") {
      if (!read_port(words[i], options.port)) return std::nullopt;
    } else if (word == "--recorder") {
      options.recorder = find_recorder(words[i]);
      if (options.recorder == nullptr) return std::nullopt;
    } else if (word == "--service") {
      options.service = words[i];
    } else {
      return std::nullopt;
    }
  }
  if (options.rules_path.empty()) return std::nullopt;
  return options;
}

int serve(const Options& options, Sampler& sampler, Reloader& reloader) {
  Totals totals(sampler);
  httplib::Server server;
  // A port that another program listens on is taken: by itself the library would share it.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_tcp_nodelay(true);
  server.set_keep_alive_timeout(1);
  server.set_payload_max_length(std::size_t{1} << 20);
  server.Get("/_sampling", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(totals.text() + "reloads " + std::to_string(reloader.done()) +
                             "\nfailed reloads " + std::to_string(reloader.failed()) + "\n",
                         "text/plain");
  });
  const auto decide = [&](const httplib::Request& request, httplib::Response& response) {
    thread_local Worker worker(sampler, options);
    answer(request, response, worker, sampler, options.recorder->text);
  };
  server.Get(".*", decide).Post(".*", decide).Put(".*", decide).Patch(".*", decide);
  server.Delete(".*", decide).Options(".*", decide);

  const bool any = options.port == 0;
  const int port = any ? server.bind_to_any_port("127.0.0.1")
                       : (server.bind_to_port("127.0.0.1", options.port) ? options.port : -1);
  if (port <= 0) {
    std::fprintf(stderr, "cannot listen on 127.0.0.1:%d\n", options.port);
    return 3;
  }
  std::atomic<bool> ended{false};
  std::thread listener([&] {
    server.listen_after_bind();
    ended = true;
  });
  while (!server.is_running() && !ended) std::this_thread::yield();
  std::printf("listening on 127.0.0.1:%d\n", port);
  std::fflush(stdout);
  while (!asked_to_stop && !ended) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    reloader.look(asked_to_reload.exchange(false));
  }
  server.stop();
  listener.join();
  std::fputs(totals.text().c_str(), stdout);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const auto options = read_options(count, words);
  if (!options) {
    std::fprintf(stderr,
                 "usage: server RULES.json [--port N] [--recorder NAME] [--service NAME]\n");
    return 2;
  }
  for (const int number : {SIGINT, SIGTERM}) std::signal(number, [](int) { asked_to_stop = true; });
  std::signal(SIGHUP, [](int) { asked_to_reload = true; });

  const FileState seen = state_of(options->rules_path);
  auto rules = read_rules(*options);
  if (const int* code = std::get_if<int>(&rules)) return *code;
  Sampler sampler(std::get<RuleSet>(std::move(rules)));
  Reloader reloader(*options, sampler, seen);
  return serve(*options, sampler, reloader);
}
