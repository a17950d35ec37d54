// A server that decides for every request whether it would be traced, and answers with the
// decision. It reads its rules from a document of any shape that `simulate` reads, and again when
// the file changes or a SIGHUP arrives, without keeping a request waiting.
//
//   server RULES.json [--port N] [--recorder NAME] [--service NAME]
//
// It listens on 127.0.0.1 alone; port 0, the default, is any that is free. /_sampling shows what
// the rules did. SIGINT and SIGTERM end it. What goes wrong is said on stderr. Exit codes: 0 done,
// 2 wrong options or rules, 3 cannot read or listen.
#include <dosimeter/raw_request.h>
#include <dosimeter/rules/check.h>
#include <dosimeter/rules/load.h>
#include <dosimeter/sampler.h>
#include <dosimeter/trace_header.h>

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <variant>
#include <vector>

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

void say(const std::string& message) {
  std::fprintf(stderr, "server: %s\n", message.c_str());
}

/// Says what went wrong and hands the exit code on.
int failed(int code, const std::string& message) {
  say(message);
  return code;
}

// --- Rules -----------------------------------------------------------------------------------

/// The exit code of a program that has said all on stdout.
int flushed() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return 0;
  return failed(3, "cannot write to standard output");
}

/// `rules.json:1:2: `
std::string place(const rules::Location& at) {
  if (at.line == 0) return at.file + ": ";
  return at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
}

/// The content of a file, at most one byte more than a document may have; or the exit code.
std::variant<std::string, int> read_file(const std::string& path) {
  std::string text(rules::kMaximumDocumentBytes + 1, ' ');
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.is_open() && !file.bad()) return text;
  std::string reason = std::generic_category().message(errno);
  reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  return failed(3, "cannot read \"" + path + "\": " + reason);
}

/// The rules of a file, or the exit code of a program that has none. Says on stderr what is wrong.
std::variant<RuleSet, int> read_rules(const Options& options) {
  auto read = read_file(options.rules_path);
  if (const int* code = std::get_if<int>(&read)) return *code;
  const rules::Source source{options.rules_path, std::get<std::string>(read)};
  const rules::LoadResult loaded = rules::load_rules({&source, 1});
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    const bool is_error = diagnostic.severity == rules::Severity::error;
    say((is_error ? "" : "warning: ") + to_string(diagnostic));
  }
  if (!loaded.ok()) return 2;

  const Recorder& recorder = *options.recorder;
  if (loaded.document->kind == RuleKind::local) {
    const std::string name(recorder.name);
    if (!recorder.local) {
      return failed(2, "\"" + source.name + "\": expected central rules, because " + name +
                           " knows no local documents, got local rules");
    }
    const rules::DocumentCheck check = rules::check_local_document(source, recorder);
    if (check.acceptance != rules::Acceptance::accepted) {
      return failed(2, place(check.location) + name + " does not take all of it: " + check.message);
    }
  }
  RuleSetBuilder builder(recorder, loaded.document->kind);
  for (const rules::RuleEntry& entry : loaded.document->rules) builder.add(entry.rule);
  auto built = std::move(builder).build();
  if (!built) return failed(2, built.error().where + " " + built.error().message);
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
      say("new rules are in force");
    } else {
      ++failed_;
      say("the old rules stay in force");
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

constexpr const char* kUsage =
    "usage: server RULES.json [--port N] [--recorder NAME] [--service NAME]\n"
    "\n"
    "Decides for every request whether it would be traced, and answers with the decision.\n"
    "\n"
    "  RULES.json       rules of any shape that simulate reads; read again when they change\n"
    "  --port N         listen on 127.0.0.1:N; 0, the default, is any port that is free\n"
    "  --recorder NAME  decide as that recorder does; default: documented\n"
    "  --service NAME   the service that rules are asked for; default: server\n"
    "  --help           print this\n";

bool read_port(std::string_view text, int& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 0 && port <= 65535;
}

/// Takes an option's value, or says what was expected.
bool take(const std::string& option, const std::string& value, Options& options) {
  const std::string got = ", got \"" + value + "\"";
  if (option == "--port") {
    if (read_port(value, options.port)) return true;
    say("--port must be a whole number from 0 to 65535" + got);
  } else if (option == "--recorder") {
    options.recorder = find_recorder(value);
    if (options.recorder != nullptr) return true;
    std::string names;
    for (const Recorder& one : recorders()) {
      names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    say("--recorder must be one of " + names + got);
  } else {
    options.service = value;
    if (!value.empty()) return true;
    say("--service must be the name of a service" + got);
  }
  return false;
}

/// The options, or the exit code of a program that has nothing to do.
std::variant<Options, int> read_options(int count, char** words) {
  const std::vector<std::string> given(words + 1, words + count);
  if (std::find(given.begin(), given.end(), "--help") != given.end()) {
    std::fputs(kUsage, stdout);
    return flushed();
  }
  Options options;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& word = given[i];
    if (word.rfind("-", 0) != 0) {
      if (!options.rules_path.empty()) {
        return failed(2, "expected one rule document, \"" + options.rules_path + "\", got \"" +
                             word + "\" too");
      }
      if (word.empty()) return failed(2, "expected the name of a rule document, got \"\"");
      options.rules_path = word;
    } else if (word != "--port" && word != "--recorder" && word != "--service") {
      return failed(2, "expected --port, --recorder, --service or --help, got \"" + word + "\"");
    } else if (i + 1 == given.size() || given[i + 1].rfind("--", 0) == 0) {
      return failed(2, word + " needs a value, got " +
                           (i + 1 == given.size() ? "nothing" : "\"" + given[i + 1] + "\""));
    } else if (!take(word, given[++i], options)) {
      return 2;
    }
  }
  if (options.rules_path.empty()) {
    return failed(2, "expected the name of a rule document, got none; see --help");
  }
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
    return failed(3, "cannot listen on 127.0.0.1:" + std::to_string(options.port));
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
  return flushed();
}

}  // namespace

int main(int count, char** words) {
  const auto read = read_options(count, words);
  if (const int* code = std::get_if<int>(&read)) return *code;
  const Options& options = std::get<Options>(read);
  for (const int number : {SIGINT, SIGTERM}) std::signal(number, [](int) { asked_to_stop = true; });
  std::signal(SIGHUP, [](int) { asked_to_reload = true; });

  const FileState seen = state_of(options.rules_path);
  auto rules = read_rules(options);
  if (const int* code = std::get_if<int>(&rules)) return *code;
  Sampler sampler(std::get<RuleSet>(std::move(rules)));
  Reloader reloader(options, sampler, seen);
  return serve(options, sampler, reloader);
}
