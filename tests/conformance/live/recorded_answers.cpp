#include "tests/conformance/live/recorded_answers.h"

#include "tests/conformance/live/case_json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <stdexcept>

namespace dosimeter::conformance {

using json = nlohmann::ordered_json;

std::string hash_of(const std::vector<Case>& cases) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const Case& asked : cases) {
    for (const char c : to_line(asked) + "\n") {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    }
  }
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(hash >> shift) & 15];
  return text;
}

void write_recorded(const std::string& path, const RecordedAnswers& recorded) {
  json head{{"recorder", recorded.recorder}, {"sdk", recorded.sdk},
            {"version", recorded.version},   {"seed", recorded.seed},
            {"cases", recorded.hash},        {"answers", json::array()}};
  for (const Answers& answers : recorded.answers) head["answers"].push_back(to_kept(answers));
  std::ofstream file(path);
  file << head.dump(1) << '\n';
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path);
}

RecordedAnswers read_recorded(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  const json head = json::parse(file);
  RecordedAnswers recorded{head.at("recorder"), head.at("sdk"),   head.at("version"),
                           head.at("seed"),     head.at("cases"), {}};
  for (const json& answers : head.at("answers")) {
    recorded.answers.push_back(parse_kept(answers.get<std::string>()));
  }
  return recorded;
}

}  // namespace dosimeter::conformance
