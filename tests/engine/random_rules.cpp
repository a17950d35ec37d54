#include "tests/engine/random_rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dosimeter::test {
namespace {

const std::vector<std::string_view> kWords = {
    "api", "v1",  "v2", "users", "user", "orders", "Orders", "ab", "aba", "a",   "b",     "x",
    "GET", "get", "-",  ".",     "shop", "sho",    "op",     "k",  "s",   "i",   "pay",   "payment",
    "1",   "22",  "~",  "a-b",   "_",    "%2F",    "health", "%",  ":",   "[x]", "(a|b)", "\\"};

/// Letters of more bytes than one, two of which fold to an ASCII letter, and bytes that are none.
const std::vector<std::string_view> kOther = {
    "\xC3\xA9", "\xC3\x89",     "\xE2\x84\xAA",     "\xC5\xBF", "\xC4\xB0",        "\xCE\xA3",
    "\xCF\x82", "\xE2\x80\xA8", "\xF0\x90\x90\x80", "\xC2\x85", "\xF0\x9F\x98\x80"};
const std::vector<std::string_view> kStrange = {"*",    "\n",   "\r",   std::string_view("\0", 1),
                                                "\x80", "\xFF", "\xC3", "\x7F",
                                                "\t",   " ",    "?",    "\r\n"};

constexpr std::array<std::size_t, 14> kLengths = {
    15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 511, 513, 1000, kMaximumPatternBytes};

}  // namespace

std::string_view RandomPatterns::pick(const std::vector<std::string_view>& list) {
  return list[random_.below(list.size())];
}

std::string RandomPatterns::word() {
  if (random_.chance(0.03)) return std::string(pick(kOther));
  return std::string(pick(kWords));
}

std::string RandomPatterns::path() {
  std::string made;
  for (std::size_t segments = 1 + random_.below(4); segments > 0; --segments) {
    made += '/';
    if (!random_.chance(0.05)) made += word();
  }
  if (random_.chance(0.1)) made += '/';
  return made;
}

std::string RandomPatterns::text() {
  switch (random_.below(6)) {
    case 0:
    case 1:
      return path();
    case 2: {
      std::string host = word();
      for (std::size_t labels = random_.below(3); labels > 0; --labels) {
        host += '.';
        host += word();
      }
      if (random_.chance(0.3)) host += ":80";
      return host;
    }
    case 3: {
      std::string arn = "arn:aws:";
      arn += word();
      arn += ':';
      arn += word();
      return arn;
    }
    case 4:
      return random_.text("ab/", 8);
    default:
      return word();
  }
}

std::string RandomPatterns::run() {
  if (random_.chance(0.3)) return "";
  if (random_.chance(0.1)) return random_.text("ab/x", 60);
  if (random_.chance(0.06)) return std::string(pick(kStrange));
  return text();
}

std::string RandomPatterns::character() {
  if (random_.chance(0.15)) return std::string(pick(kStrange));
  if (random_.chance(0.1)) return std::string(pick(kOther));
  constexpr std::string_view kLetters = "abxAB/.-1ks";
  return std::string(1, kLetters[random_.below(kLetters.size())]);
}

std::string RandomPatterns::upper_or_lower(std::string text) {
  const std::size_t how = random_.below(3);
  for (char& c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    const bool turn = (upper && how == 0) || (lower && how == 1) ||
                      ((upper || lower) && how == 2 && random_.chance(0.3));
    if (turn) c = static_cast<char>(c ^ 0x20);
  }
  return text;
}

/// Puts each `*` in the place of a part of the text, often an empty one.
std::string RandomPatterns::with_stars(std::string text, std::size_t stars) {
  for (; stars > 0; --stars) {
    const std::size_t from = random_.below(text.size() + 1);
    const std::size_t rest = text.size() - from;
    const std::size_t length =
        random_.chance(0.4) ? 0 : random_.below(std::min<std::size_t>(rest, 6) + 1);
    text.replace(from, length, "*");
  }
  return text;
}

std::string RandomPatterns::with_question_marks(std::string text) {
  for (std::size_t marks = 1 + random_.below(3); marks > 0; --marks) {
    const std::size_t at = random_.below(text.size() + 1);
    if (at < text.size() && random_.chance(0.7)) {
      text[at] = '?';
    } else {
      text.insert(at, 1, '?');
    }
  }
  return text;
}

/// Mostly short of the longest; the longest are dear to the reference matcher.
std::string RandomPatterns::long_pattern() {
  const std::size_t lengths = random_.chance(0.1) ? kLengths.size() : kLengths.size() - 4;
  const std::size_t length = kLengths[random_.below(lengths)];
  std::string made = text();
  while (made.size() < length) made += text();
  made.resize(length);
  const std::size_t how = random_.below(5);
  if (how == 0) made.back() = '*';
  if (how == 1) made.front() = '*';
  if (how == 2) made[length / 2] = '*';
  if (how == 3) made[length / 2] = '?';
  return made;
}

std::string RandomPatterns::new_pattern() {
  static const std::vector<std::string_view> kPlain = {"**",  "***", "",   "?",  "??",  "*?",  "?*",
                                                       "*?*", "/",   "/*", "*/", "*/*", "*a*", "-"};
  if (random_.chance(0.04)) return std::string(pick(kPlain));
  if (random_.chance(0.02)) return long_pattern();
  std::string base = text();
  if (random_.chance(0.02)) {
    const std::size_t at = random_.below(base.size() + 1);
    base.insert(at, pick(kStrange));
  }
  switch (random_.below(10)) {
    case 0:
    case 1:
      return base;
    case 2:
      return base + "/*";
    case 3:
      base.resize(random_.below(base.size() + 1));
      return base + "*";
    case 4:
      return "*" + base.substr(random_.below(base.size() + 1));
    case 5:
      return with_stars(std::move(base), 1);
    case 6:
      return "*" + base + "*";
    case 7: {
      const std::size_t stars = 2 + random_.below(3);
      return with_stars(std::move(base), stars);
    }
    case 8:
      return with_question_marks(std::move(base));
    default: {
      const std::size_t stars = 1 + random_.below(2);
      return with_question_marks(with_stars(std::move(base), stars));
    }
  }
}

std::string RandomPatterns::pattern() {
  std::string made;
  if (!made_.empty() && random_.chance(0.25)) {
    made = made_[random_.below(made_.size())];
  } else if (!made_.empty() && random_.chance(0.15)) {
    // The head of one with the tail of another.
    const std::string& head = made_[random_.below(made_.size())];
    const std::string& tail = made_[random_.below(made_.size())];
    made = head.substr(0, random_.below(head.size() + 1));
    if (random_.chance(0.7)) made += '*';
    made += tail.substr(random_.below(tail.size() + 1));
    if (made.size() > kMaximumPatternBytes) made.resize(kMaximumPatternBytes);
  } else {
    made = new_pattern();
  }
  if (random_.chance(0.1)) made = upper_or_lower(std::move(made));
  made_.push_back(made);
  return made;
}

RuleMix RuleMix::random(Random& random, RuleKind kind) {
  RuleMix mix;
  constexpr double kStar[] = {0.1, 0.4, 0.7, 0.85};
  mix.star = kStar[random.below(4)];
  mix.local = kind == RuleKind::local;
  if (!mix.local && random.chance(0.5)) mix.attributes = 0.2;
  if (!mix.local && random.chance(0.5)) mix.resource_arn = 0.2;
  if (!mix.local && random.chance(0.3)) mix.lacking = 0.1;
  constexpr std::size_t kPriorities[] = {1, 3, 50, 100'000};
  mix.priorities = kPriorities[random.below(4)];
  return mix;
}

namespace {

std::string number_name(std::size_t number) {
  const std::string digits = std::to_string(number);
  return "r" + std::string(6 - digits.size(), '0') + digits;
}

std::vector<RuleAttribute> random_attributes(Random& random, RandomPatterns& patterns) {
  std::vector<RuleAttribute> attributes;
  for (const char* key : {"k", "l", "K"}) {
    if (!random.chance(0.5)) continue;
    attributes.push_back({key, random.chance(0.3) ? "*" : patterns.pattern()});
  }
  return attributes;
}

}  // namespace

std::vector<RuleSpec> random_rules(Random& random, RandomPatterns& patterns, std::size_t count,
                                   const RuleMix& mix) {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < count; ++i) numbers.push_back(i);
  for (std::size_t i = count; i > 1; --i) std::swap(numbers[i - 1], numbers[random.below(i)]);

  const auto field = [&] { return random.chance(mix.star) ? "*" : patterns.pattern(); };
  const auto fill = [&](RuleSpec& spec) {
    spec.priority = static_cast<std::int64_t>(random.below(mix.priorities)) - 1;
    const std::size_t rate = random.below(5);
    spec.fixed_rate = rate < 3 ? static_cast<double>(rate) / 2 : random.unit();
    spec.reservoir_size = static_cast<std::int64_t>(random.below(4));
    spec.host = field();
    spec.http_method = field();
    spec.url_path = field();
    if (mix.local) return;
    spec.service_name = field();
    spec.service_type = field();
    if (random.chance(mix.resource_arn)) spec.resource_arn = patterns.pattern();
    if (random.chance(mix.attributes)) spec.attributes = random_attributes(random, patterns);
    if (random.chance(mix.lacking)) spec.version = 2;
    if (random.chance(mix.lacking)) spec.lacks_attributes = spec.attributes.empty();
    if (random.chance(mix.lacking)) {
      spec.lacks_service_type = true;
      spec.service_type = "*";
    }
  };
  std::vector<RuleSpec> rules(count);
  for (std::size_t i = 0; i < count; ++i) {
    rules[i].name = number_name(numbers[i]);
    fill(rules[i]);
  }
  if (random.chance(0.5)) {
    RuleSpec own;
    own.name = "Default";
    if (random.chance(0.5)) fill(own);
    rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(random.below(count + 1)),
                 std::move(own));
  }
  return rules;
}

}  // namespace dosimeter::test
