#include "tests/conformance/live/driver_process.h"

#include "tests/conformance/live/case_json.h"

#include <nlohmann/json.hpp>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

extern char** environ;

namespace dosimeter::conformance {
namespace {

using json = nlohmann::ordered_json;

By by_of(const json& by) {
  if (by.is_null()) return By::unknown;
  constexpr std::array<std::string_view, 6> kWords = {"?",    "reservoir", "borrow",
                                                      "rate", "none",      "upstream"};
  const auto found = std::find(kWords.begin(), kWords.end(), by.get<std::string>());
  if (found == kWords.end()) throw std::runtime_error("no such \"by\": " + by.dump());
  return static_cast<By>(found - kWords.begin());
}

int place(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::runtime_error("the case has no rule \"" + name + "\"");
  return static_cast<int>(found - names.begin());
}

int rule_of(const json& answer, RuleKind kind, const std::vector<std::string>& names) {
  if (!answer.contains("rule")) return kUnknownRule;
  const json& rule = answer.at("rule");
  if (rule.is_null()) return kFellBack;
  if (kind == RuleKind::central) return place(names, rule.get<std::string>());
  if (rule == "default") return place(names, std::string(kDefaultRuleName));
  return place(names, "rules[" + rule.dump() + "]");
}

Answer answer_of(const json& said, RuleKind kind, const std::vector<std::string>& names) {
  Answer answer;
  if (said.contains("error")) {
    answer.kind = AnswerKind::error;
    answer.words = said.at("error").get<std::string>();
  } else if (said.contains("unsupported")) {
    answer.kind = AnswerKind::unsupported;
    answer.words = said.at("unsupported").get<std::string>();
  } else if (said.contains("statistics")) {
    answer.kind = AnswerKind::statistics;
    for (const auto& [name, counts] : said.at("statistics").items()) {
      answer.counted.push_back({place(names, name), counts.at(0), counts.at(1), counts.at(2)});
    }
  } else {
    answer.rule = rule_of(said, kind, names);
    answer.sampled = said.at("sampled").get<bool>();
    answer.by = said.contains("by") ? by_of(said.at("by")) : By::unknown;
  }
  return answer;
}

}  // namespace

DriverProcess::DriverProcess(std::vector<std::string> command) : name_(command.at(0)) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (pipe(in.data()) != 0 || pipe(out.data()) != 0) throw std::runtime_error("no pipe");
  std::signal(SIGPIPE, SIG_IGN);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  for (const int file : {in[0], in[1], out[0], out[1]}) {
    posix_spawn_file_actions_addclose(&actions, file);
  }
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int error =
      posix_spawnp(&child_, command[0].c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  to_ = fdopen(in[1], "w");
  from_ = fdopen(out[0], "r");
  if (error != 0) throw std::runtime_error("cannot start " + name_);

  const json hello = json::parse(read_line());
  if (hello.at("protocol") != 1) throw std::runtime_error(name_ + " speaks another protocol");
  hello_ = {hello.at("recorder"), hello.at("sdk"), hello.at("version")};
}

DriverProcess::~DriverProcess() {
  std::fclose(to_);
  std::fclose(from_);
  if (child_ > 0) waitpid(child_, nullptr, 0);
}

std::string DriverProcess::read_line() {
  char* line = nullptr;
  std::size_t room = 0;
  const ssize_t length = getline(&line, &room, from_);
  std::string read = length > 0 ? std::string(line, static_cast<std::size_t>(length)) : "";
  std::free(line);
  if (length <= 0) throw std::runtime_error(name_ + " has ended before it answered");
  return read;
}

Answers DriverProcess::ask(const Case& asked) {
  const std::string line = to_line(asked) + "\n";
  if (std::fwrite(line.data(), 1, line.size(), to_) != line.size() || std::fflush(to_) != 0) {
    throw std::runtime_error(name_ + " does not read its cases");
  }
  const std::string read = read_line();
  try {
    const json said = json::parse(read);
    if (said.at("case") != asked.number) throw std::runtime_error("it answers another case");
    Answers answers;
    if (said.contains("unsupported")) {
      answers.outcome = Outcome::unsupported;
      answers.words = said.at("unsupported").get<std::string>();
    } else if (said.contains("refused")) {
      answers.outcome = Outcome::refused;
      answers.words = said.at("refused").get<std::string>();
    } else {
      const std::vector<std::string> names = rule_names(asked);
      for (const json& answer : said.value("answers", json::array())) {
        answers.steps.push_back(answer_of(answer, asked.kind(), names));
      }
    }
    return answers;
  } catch (const std::exception& error) {
    throw std::runtime_error(name_ + ": " + error.what() + "; it answered " + read.substr(0, 300));
  }
}

}  // namespace dosimeter::conformance
