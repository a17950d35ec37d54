#include "bench/replay_contest.h"

#include "bench/child_process.h"
#include "bench/measured.h"
#include "bench/replay_logs.h"
#include "bench/report.h"
#include "tests/support/format_samples.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::bench {
namespace {

constexpr double kLargestSpreadJudged = 0.05;
constexpr double kMiB = 1024 * 1024;

/// A directory that goes with its files.
class Workplace {
 public:
  Workplace() {
    std::string name =
        (std::filesystem::temp_directory_path() / "dosimeter-replay-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a directory");
    path_ = name;
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Somebody who is measured.
struct Contestant {
  std::string name;
  std::vector<std::string> command;
  /// Reads the counts by rule, Default last, out of what it printed; nothing where it has none.
  std::function<std::vector<std::uint64_t>(const std::string&)> counts;
  /// What the counts are compared with: those of the same log agree.
  std::string log;
  Measured time;
  double cpu_seconds = 0;
  std::uint64_t resident_bytes = 0;
  std::vector<std::uint64_t> found;
};

std::vector<std::uint64_t> counts_of_report(const std::string& text) {
  std::vector<std::uint64_t> counts;
  const auto report = nlohmann::json::parse(text);
  for (const auto& rule : report.at("rules")) counts.push_back(rule.at("matched"));
  return counts;
}

std::vector<std::uint64_t> counts_of_lines(const std::string& text) {
  std::vector<std::uint64_t> counts;
  std::size_t at = 0;
  while (at < text.size()) {
    counts.push_back(std::stoull(text.substr(at)));
    at = text.find('\n', at) + 1;
  }
  return counts;
}

class ReplayContest {
 public:
  explicit ReplayContest(const ReplayContestOptions& options)
      : options_(options), scenario_(make_scenario(Set::typical, kRules)) {}

  int run() {
    write_inputs();
    write_format_logs();
    enter_all();
    for (int i = 0; i <= options_.repetitions; ++i) {
      for (Contestant& one : contestants_) run_once(one, i > 0);
    }
    if (options_.memory) measure_memory();
    print();
    if (!options_.json.empty()) write_json();
    return differing_ ? 1 : 0;
  }

 private:
  struct FormatLog {
    std::string format;
    std::uint64_t rows;
    std::uint64_t bytes;
  };

  void write_inputs() {
    std::ofstream(place_.file("rules.json")) << rules_document(scenario_);
    for (const auto& [kind, name] :
         {std::pair(LogKind::csv, "log.csv"), std::pair(LogKind::alb, "log.alb"),
          std::pair(LogKind::csv_new_ids, "new_ids.csv")}) {
      std::ofstream log(place_.file(name), std::ios::binary);
      rows_.push_back(write_log(kind, scenario_, options_.bytes, [&](std::string_view bytes) {
        log.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      }));
      if (!log.flush()) throw std::runtime_error(std::string("cannot write ") + name);
      if (kind == LogKind::csv_new_ids) continue;
      const ChildRun packed =
          run_child({"gzip", "-6", "-c", place_.file(name)}, place_.file(name) + ".gz");
      if (packed.exit_code != 0) throw std::runtime_error("cannot run gzip");
    }
  }

  /// Of each format of lines a tenth as much.
  void write_format_logs() {
    for (const test::FormatSample& sample : test::kFormatSamples) {
      const std::string name(sample.format);
      std::ofstream log(format_log(name), std::ios::binary);
      const std::uint64_t rows = write_format_log(sample, options_.bytes / 10, [&](auto bytes) {
        log.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      });
      if (!log.flush()) throw std::runtime_error("cannot write a log of format " + name);
      formats_.push_back({name, rows, std::filesystem::file_size(format_log(name))});
    }
  }

  [[nodiscard]] std::string format_log(const std::string& name) const {
    return place_.file("format." + name);
  }

  std::vector<std::string> replay_command(const std::string& log, int threads,
                                          std::vector<std::string> more = {}) const {
    std::vector<std::string> command = {options_.simulate,
                                        "--rules",
                                        place_.file("rules.json"),
                                        "--log",
                                        log,
                                        "--threads",
                                        std::to_string(threads),
                                        "--format",
                                        "json"};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }

  void enter(std::string name, std::vector<std::string> command, std::string log,
             std::function<std::vector<std::uint64_t>(const std::string&)> counts = {}) {
    Contestant made;
    made.name = std::move(name);
    made.command = std::move(command);
    made.counts = std::move(counts);
    made.log = std::move(log);
    made.time.name = made.name;
    contestants_.push_back(std::move(made));
  }

  void enter_all() {
    const std::string csv = place_.file("log.csv");
    const std::string alb = place_.file("log.alb");
    enter("wc -l csv", {"wc", "-l", csv}, "csv");
    enter("getline csv", {options_.self, "--getline", csv}, "csv", counts_of_lines);
    for (const int threads : {1, 2}) {
      enter("replay csv/" + std::to_string(threads), replay_command(csv, threads), "csv",
            counts_of_report);
    }
    const std::string new_ids = place_.file("new_ids.csv");
    enter("getline csv, new ids", {options_.self, "--getline", new_ids}, "new ids",
          counts_of_lines);
    for (const int threads : {1, 2}) {
      enter("replay csv/" + std::to_string(threads) + ", new ids", replay_command(new_ids, threads),
            "new ids", counts_of_report);
    }
    enter("wc -l alb", {"wc", "-l", alb}, "alb");
    for (const int threads : {1, 2}) {
      enter("replay alb/" + std::to_string(threads), replay_command(alb, threads), "alb",
            counts_of_report);
    }
    for (const char* name : {"csv", "alb"}) {
      const std::string packed = place_.file("log.") + name + ".gz";
      enter(std::string("inflate ") + name + ".gz", {options_.self, "--inflate", packed}, "");
      enter(std::string("replay ") + name + ".gz/2", replay_command(packed, 2), name,
            counts_of_report);
    }
    for (const char* table : {"endpoint", "status", "hour"}) {
      enter(std::string("replay csv/1 --by ") + table, replay_command(csv, 1, {"--by", table}),
            "csv", counts_of_report);
    }
    for (const FormatLog& log : formats_) {
      enter("format " + log.format, replay_command(format_log(log.format), 1), "");
    }
    enter("simdjson traefik", {options_.self, "--simdjson", format_log("traefik")}, "");
  }

  /// The first time is not counted: it brings files into memory.
  void run_once(Contestant& one, bool counts) {
    const std::string output = place_.file("output");
    const ChildRun run = run_child(one.command, output);
    if (run.exit_code != 0) {
      throw std::runtime_error(one.name + " ended with exit code " + std::to_string(run.exit_code));
    }
    if (!counts) {
      if (one.counts) compare(one, read_file(output));
      return;
    }
    one.time.nanoseconds.push_back(run.seconds * 1e9);
    const double cpu = run.cpu_seconds;
    one.cpu_seconds = one.cpu_seconds == 0 ? cpu : std::min(one.cpu_seconds, cpu);
    one.resident_bytes = std::max(one.resident_bytes, run.resident_bytes);
  }

  void compare(Contestant& one, const std::string& output) {
    one.found = one.counts(output);
    const auto first = std::find_if(
        contestants_.begin(), contestants_.end(),
        [&](const Contestant& other) { return other.log == one.log && !other.found.empty(); });
    if (first->found == one.found) return;
    differing_ = true;
    std::fprintf(stderr, "%s and %s do not count the same requests for each rule\n",
                 first->name.c_str(), one.name.c_str());
  }

  /// Fed through a pipe: no disk is as large as it may be.
  void measure_memory() {
    for (const std::uint64_t bytes :
         {std::uint64_t{10'000'000}, options_.bytes, options_.bytes * 10}) {
      const auto feed = [&](int descriptor) {
        write_log(LogKind::csv, scenario_, bytes, [&](std::string_view text) {
          while (!text.empty()) {
            const auto count = ::write(descriptor, text.data(), text.size());
            if (count <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(count));
          }
        });
      };
      const ChildRun run = run_child(replay_command("-", 2), place_.file("output"), feed);
      memory_.push_back({bytes, run.resident_bytes});
    }
  }

  [[nodiscard]] const Contestant& at(std::string_view name) const {
    return *std::find_if(contestants_.begin(), contestants_.end(),
                         [&](const Contestant& one) { return one.name == name; });
  }

  void print_ratio(const char* name, std::string_view of, double seconds_by, double spread_by,
                   double limit, bool at_least) const {
    const Contestant& one = at(of);
    const double seconds = one.time.median() / 1e9;
    const double ratio = at_least ? seconds_by / seconds : seconds / seconds_by;
    const bool judged = std::max(one.time.spread(), spread_by) <= kLargestSpreadJudged;
    const bool met = at_least ? ratio >= limit : ratio <= limit;
    std::printf("%-42s %6.2f  goal %s %.2f  %s\n", name, ratio, at_least ? ">=" : "<=", limit,
                !judged ? "not judged: spread above 5 %"
                : met   ? "met"
                        : "missed");
  }

  void print_against(const char* name, std::string_view of, std::string_view by, double limit,
                     bool at_least = false) const {
    const Measured& other = at(by).time;
    print_ratio(name, of, other.median() / 1e9, other.spread(), limit, at_least);
  }

  void print_rates(const std::string& format, std::string_view name, std::uint64_t rows,
                   std::uint64_t bytes) const {
    const double seconds = at(name).time.median() / 1e9;
    std::printf("%-28s %12.0f %10.0f\n", format.c_str(), static_cast<double>(rows) / seconds,
                static_cast<double>(bytes) / 1e6 / seconds);
  }

  void print() const {
    const RunFacts facts = run_facts(options_.commit);
    std::printf("%s, %s%s%s\n", facts.machine.c_str(), facts.compiler.c_str(),
                facts.commit.empty() ? "" : ", ", facts.commit.c_str());
    std::printf(
        "%zu rules; CSV of %.0f MB and %llu rows, ALB of %.0f MB and %llu rows; %d "
        "repetitions in turn\n\n",
        kRules, static_cast<double>(options_.bytes) / 1e6,
        static_cast<unsigned long long>(rows_[0]), static_cast<double>(options_.bytes) / 1e6,
        static_cast<unsigned long long>(rows_[1]), options_.repetitions);
    std::printf("%-28s %9s %8s %8s %10s\n", "", "median s", "spread", "CPU s", "resident");
    for (const Contestant& one : contestants_) {
      std::printf("%-28s %9.3f %7.1f%% %8.3f %6.1f MiB\n", one.name.c_str(),
                  one.time.median() / 1e9, one.time.spread() * 100, one.cpu_seconds,
                  static_cast<double>(one.resident_bytes) / kMiB);
    }
    std::printf("\n");
    print_against("CSV, one thread, by wc -l", "replay csv/1", "wc -l csv", 5.5);
    print_against("CSV, two threads, by wc -l", "replay csv/2", "wc -l csv", 3.3);
    print_against("CSV, one thread, faster than getline", "replay csv/1", "getline csv", 7, true);
    for (const char* threads : {"1", "2"}) {
      const std::string name = std::string("replay csv/") + threads + ", new ids";
      std::printf("%-42s %6.2f  no goal\n", (name + ", by wc -l").c_str(),
                  at(name).time.median() / at("wc -l csv").time.median());
    }
    print_against("CSV of new ids, faster than getline", "replay csv/1, new ids",
                  "getline csv, new ids", 7, true);
    print_against("ALB, two threads, by wc -l", "replay alb/2", "wc -l alb", 4);
    for (const char* name : {"csv", "alb"}) {
      const Measured& inflate = at(std::string("inflate ") + name + ".gz").time;
      const Measured& plain = at(std::string("replay ") + name + "/2").time;
      const Measured& longer = inflate.median() > plain.median() ? inflate : plain;
      print_ratio(name[0] == 'c' ? "CSV.gz, two threads, by the longer part"
                                 : "ALB.gz, two threads, by the longer part",
                  std::string("replay ") + name + ".gz/2", longer.median() / 1e9, longer.spread(),
                  1.25, false);
    }
    print_against("JSON lines, one thread, by simdjson", "format traefik", "simdjson traefik", 1.6);
    const double most = std::max(static_cast<double>(at("replay csv/1").resident_bytes),
                                 static_cast<double>(at("replay csv/2").resident_bytes));
    std::printf("%-42s %6.1f  goal <= 32 MiB  %s\n", "resident memory, CSV", most / kMiB,
                most <= 32 * kMiB ? "met" : "missed");
    for (const auto& [bytes, resident] : memory_) {
      std::printf("resident memory of %.0f MB through a pipe: %.2f MiB\n",
                  static_cast<double>(bytes) / 1e6, static_cast<double>(resident) / kMiB);
    }
    std::printf("\n%-28s %12s %10s\n", "one thread", "rows/s", "MB/s");
    print_rates("csv", "replay csv/1", rows_[0], options_.bytes);
    for (const FormatLog& log : formats_) {
      print_rates(log.format, "format " + log.format, log.rows, log.bytes);
    }
    std::printf("\n%s\n",
                differing_ ? "answers DIFFER" : "all count the same requests for each rule");
  }

  void write_json() const {
    nlohmann::json all = nlohmann::json::array();
    for (const Contestant& one : contestants_) {
      all.push_back({{"name", one.name},
                     {"nanoseconds", one.time.nanoseconds},
                     {"cpu_seconds", one.cpu_seconds},
                     {"resident_bytes", one.resident_bytes}});
    }
    nlohmann::json memory = nlohmann::json::array();
    for (const auto& [bytes, resident] : memory_) {
      memory.push_back({{"log_bytes", bytes}, {"resident_bytes", resident}});
    }
    std::ofstream file(options_.json);
    file << nlohmann::json{{"log_bytes", options_.bytes},
                           {"rows", rows_},
                           {"contestants", std::move(all)},
                           {"memory", std::move(memory)}}
                .dump(1)
         << '\n';
    if (!file.flush()) throw std::runtime_error("cannot write " + options_.json);
  }

  ReplayContestOptions options_;
  Scenario scenario_;
  Workplace place_;
  std::vector<std::uint64_t> rows_;
  std::vector<FormatLog> formats_;
  std::vector<Contestant> contestants_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> memory_;
  bool differing_ = false;
};

}  // namespace

int run_replay_contest(const ReplayContestOptions& options) {
  try {
    return ReplayContest(options).run();
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "dosimeter_replay_bench: %s\n", exception.what());
    return 3;
  }
}

}  // namespace dosimeter::bench
