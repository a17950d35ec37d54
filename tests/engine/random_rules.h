#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/rule.h>

#include "tests/support/random.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::test {

/// Texts and patterns of every shape from few parts, so that they share heads, tails, segments and
/// whole patterns. Every random number is asked for in a statement of its own: what is made is the
/// same under every compiler.
class RandomPatterns {
 public:
  explicit RandomPatterns(Random& random) : random_(random) {}

  /// As a request might have it: a word, a path, a host, an ARN, a run of few letters. ASCII but
  /// for one in 30.
  std::string text();
  /// One that was made before, the head of one with another tail, or a new one. A few are `*`.
  std::string pattern();
  /// What stands for a run of any characters: often nothing.
  std::string run();
  /// One character, and what is none: a byte of its own.
  std::string character();

  std::string upper_or_lower(std::string text);

 private:
  std::string_view pick(const std::vector<std::string_view>& list);
  std::string word();
  std::string path();
  std::string new_pattern();
  std::string with_stars(std::string text, std::size_t stars);
  std::string with_question_marks(std::string text);
  std::string long_pattern();

  Random& random_;
  std::vector<std::string> made_;
};

/// How the rules of one document are made.
struct RuleMix {
  double star = 0.5;        // the chance of a field to have `*`
  double attributes = 0;    // of a rule to have some
  double resource_arn = 0;  // to have one other than `*`
  double lacking = 0;       // to lack a part
  std::size_t priorities = 10;
  bool local = false;  // host, method and path alone

  /// Any of them.
  static RuleMix random(Random& random, RuleKind kind);
};

/// So many rules and perhaps a Default among them, in no order. Names are a letter and digits.
std::vector<RuleSpec> random_rules(Random& random, RandomPatterns& patterns, std::size_t count,
                                   const RuleMix& mix);

}  // namespace dosimeter::test
