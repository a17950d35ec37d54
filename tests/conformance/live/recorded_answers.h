#pragma once

#include "tests/conformance/live/answer.h"
#include "tests/conformance/live/case_generator.h"

#include <cstdint>
#include <string>
#include <vector>

namespace dosimeter::conformance {

/// What a real recorder said to the cases of a seed: a file of tests/conformance/recorded.
struct RecordedAnswers {
  std::string recorder;
  std::string sdk;
  std::string version;
  std::uint64_t seed = 1;
  /// Of the lines of all cases: other cases have other answers.
  std::string hash;
  /// By case number; the words are lost.
  std::vector<Answers> answers;
};

/// 64-bit FNV-1a of the lines, in hexadecimal.
[[nodiscard]] std::string hash_of(const std::vector<Case>& cases);

/// Both throw std::runtime_error where the file cannot be read or written.
void write_recorded(const std::string& path, const RecordedAnswers& recorded);
[[nodiscard]] RecordedAnswers read_recorded(const std::string& path);

}  // namespace dosimeter::conformance
