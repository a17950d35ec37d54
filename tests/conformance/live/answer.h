#pragma once

#include "tests/conformance/live/live_case.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::conformance {

enum class AnswerKind : unsigned char { decision, error, unsupported, statistics };

/// What sampled a request, or that nothing did.
enum class By : unsigned char { unknown, reservoir, borrow, rate, nothing, upstream };

/// `CountedRule::rule` and `Answer::rule` beside places in rule_names().
inline constexpr int kFellBack = -1;
inline constexpr int kUnknownRule = -2;

struct CountedRule {
  int rule = 0;
  std::uint64_t requests = 0;
  std::uint64_t sampled = 0;
  std::uint64_t borrowed = 0;
  friend bool operator==(const CountedRule&, const CountedRule&) = default;
};

/// To one step of a case that asks for one.
struct Answer {
  AnswerKind kind = AnswerKind::decision;
  int rule = kUnknownRule;
  bool sampled = false;
  By by = By::unknown;
  /// By rule, those without requests left out.
  std::vector<CountedRule> counted = {};
  /// Of an error, or why the step is unsupported; for people.
  std::string words = {};
};

/// What came of a whole case.
enum class Outcome : unsigned char { answered, refused, unsupported };

struct Answers {
  Outcome outcome = Outcome::answered;
  std::vector<Answer> steps = {};
  std::string words = {};
};

/// Whether the engine's answer is what the recorder's says, as far as that says anything.
[[nodiscard]] bool agrees(const Answer& engine, const Answer& recorder);
/// The first step that differs, counting those that ask for an answer; nothing where all agree.
[[nodiscard]] std::optional<std::size_t> first_difference(const Answers& engine,
                                                          const Answers& recorder);

/// `login by reservoir`, for people.
[[nodiscard]] std::string in_words(const Answer& answer, const std::vector<std::string>& names);

/// One case's answers in a few characters, to be kept: the words get lost. parse_kept reads it, and
/// throws std::runtime_error for what is no such text.
[[nodiscard]] std::string to_kept(const Answers& answers);
[[nodiscard]] Answers parse_kept(std::string_view text);

}  // namespace dosimeter::conformance
