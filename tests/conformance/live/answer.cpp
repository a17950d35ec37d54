#include "tests/conformance/live/answer.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace dosimeter::conformance {
namespace {

/// A letter for a decision: what sampled it; where that is unknown, or upstream, also whether it
/// is.
char letter_of(const Answer& answer) {
  switch (answer.by) {
    case By::unknown:
      return answer.sampled ? 'S' : 's';
    case By::reservoir:
      return 'R';
    case By::borrow:
      return 'B';
    case By::rate:
      return 'D';
    case By::nothing:
      return 'N';
    case By::upstream:
      return answer.sampled ? 'U' : 'u';
  }
  return '!';
}

void add_rule(std::string& text, int rule) {
  if (rule == kFellBack) {
    text += '-';
  } else if (rule != kUnknownRule) {
    text += std::to_string(rule);
  }
}

class KeptReader {
 public:
  explicit KeptReader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  char next() {
    if (at_end()) throw std::runtime_error("kept answers end too early: " + std::string(text_));
    return text_[at_++];
  }
  bool skip(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc()) {
      throw std::runtime_error("no number at " + std::to_string(at_) +
                               " of kept answers: " + std::string(text_));
    }
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }
  int rule() {
    if (skip('-')) return kFellBack;
    const bool is_number = !at_end() && text_[at_] >= '0' && text_[at_] <= '9';
    return is_number ? static_cast<int>(number()) : kUnknownRule;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

Answer parse_answer(KeptReader& reader) {
  Answer answer;
  const char letter = reader.next();
  answer.sampled = std::string_view("SRBDU").find(letter) != std::string_view::npos;
  switch (letter) {
    case 'X':
      answer.kind = AnswerKind::error;
      return answer;
    case '?':
      answer.kind = AnswerKind::unsupported;
      return answer;
    case '[':
      answer.kind = AnswerKind::statistics;
      while (!reader.skip(']')) {
        CountedRule counted;
        counted.rule = reader.rule();
        for (std::uint64_t* count : {&counted.requests, &counted.sampled, &counted.borrowed}) {
          static_cast<void>(reader.next());
          *count = reader.number();
        }
        static_cast<void>(reader.skip(' '));
        answer.counted.push_back(counted);
      }
      return answer;
    case 'S':
    case 's':
      break;
    case 'R':
      answer.by = By::reservoir;
      break;
    case 'B':
      answer.by = By::borrow;
      break;
    case 'D':
      answer.by = By::rate;
      break;
    case 'N':
      answer.by = By::nothing;
      break;
    case 'U':
    case 'u':
      answer.by = By::upstream;
      break;
    default:
      throw std::runtime_error(std::string("no kept answer begins with ") + letter);
  }
  answer.rule = reader.rule();
  return answer;
}

}  // namespace

bool agrees(const Answer& engine, const Answer& recorder) {
  if (recorder.kind == AnswerKind::unsupported) return true;
  if (engine.kind != recorder.kind) return false;
  switch (recorder.kind) {
    case AnswerKind::decision:
      return engine.sampled == recorder.sampled &&
             (recorder.rule == kUnknownRule || engine.rule == recorder.rule) &&
             (recorder.by == By::unknown || engine.by == recorder.by);
    case AnswerKind::statistics:
      return std::is_permutation(engine.counted.begin(), engine.counted.end(),
                                 recorder.counted.begin(), recorder.counted.end());
    case AnswerKind::error:
    case AnswerKind::unsupported:
      break;
  }
  return true;
}

std::optional<std::size_t> first_difference(const Answers& engine, const Answers& recorder) {
  if (recorder.outcome == Outcome::unsupported) return std::nullopt;
  if (engine.outcome != recorder.outcome) return 0;
  const std::size_t count = std::min(engine.steps.size(), recorder.steps.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (!agrees(engine.steps[i], recorder.steps[i])) return i;
  }
  if (engine.steps.size() != recorder.steps.size()) return count;
  return std::nullopt;
}

std::string in_words(const Answer& answer, const std::vector<std::string>& names) {
  const auto name = [&](int rule) -> std::string {
    if (rule == kFellBack) return "(fallback)";
    if (rule == kUnknownRule) return "(some rule)";
    return names.at(static_cast<std::size_t>(rule));
  };
  switch (answer.kind) {
    case AnswerKind::error:
      return "error " + answer.words;
    case AnswerKind::unsupported:
      return "unsupported: " + answer.words;
    case AnswerKind::statistics: {
      std::string words = "statistics";
      for (const CountedRule& rule : answer.counted) {
        words += " " + name(rule.rule) + ":" + std::to_string(rule.requests) + "," +
                 std::to_string(rule.sampled) + "," + std::to_string(rule.borrowed);
      }
      return words;
    }
    case AnswerKind::decision:
      break;
  }
  constexpr std::array<std::string_view, 6> kBy = {"", " by reservoir", " by borrowing", " by rate",
                                                   "", " upstream"};
  return name(answer.rule) + (answer.sampled ? " samples" : " refuses") +
         std::string(kBy[static_cast<std::size_t>(answer.by)]);
}

std::string to_kept(const Answers& answers) {
  if (answers.outcome == Outcome::refused) return "refused";
  if (answers.outcome == Outcome::unsupported) return "unsupported";
  std::string text;
  for (const Answer& answer : answers.steps) {
    switch (answer.kind) {
      case AnswerKind::error:
        text += 'X';
        break;
      case AnswerKind::unsupported:
        text += '?';
        break;
      case AnswerKind::statistics:
        text += '[';
        for (const CountedRule& rule : answer.counted) {
          if (text.back() != '[') text += ' ';
          add_rule(text, rule.rule);
          for (const std::uint64_t count : {rule.requests, rule.sampled, rule.borrowed}) {
            text += ',' + std::to_string(count);
          }
        }
        text += ']';
        break;
      case AnswerKind::decision:
        text += letter_of(answer);
        add_rule(text, answer.rule);
        break;
    }
  }
  return text;
}

Answers parse_kept(std::string_view text) {
  Answers answers;
  if (text == "refused" || text == "unsupported") {
    answers.outcome = text == "refused" ? Outcome::refused : Outcome::unsupported;
    return answers;
  }
  KeptReader reader(text);
  while (!reader.at_end()) answers.steps.push_back(parse_answer(reader));
  return answers;
}

}  // namespace dosimeter::conformance
