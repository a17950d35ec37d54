#include "bench/linear_decider.h"

#include "bench/glob.h"

#include <array>

namespace dosimeter::bench {
namespace {

char folded(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

}  // namespace

LinearDecider::LinearDecider(std::span<const Rule> rules) : folded_(4096), outcome_(rules) {
  for (const Rule& rule : rules) {
    for (const Field field : kFields) {
      const std::string& pattern = rule.pattern(field);
      if (pattern == "*") continue;
      tests_.push_back({static_cast<std::uint32_t>(patterns_.size()),
                        static_cast<std::uint32_t>(pattern.size()),
                        static_cast<std::uint32_t>(field)});
      for (const char c : pattern) patterns_ += folded(c);
    }
    ends_.push_back(static_cast<std::uint32_t>(tests_.size()));
  }
}

RuleIndex LinearDecider::match(const Request& request) {
  std::array<std::string_view, kFieldCount> texts;
  std::array<bool, kFieldCount> present{};
  std::size_t needed = 0;
  for (const Field field : kFields) {
    if (const FieldText& text = request.field(field)) needed += text->size();
  }
  if (needed > folded_.size()) folded_.resize(needed);
  char* next = folded_.data();
  for (const Field field : kFields) {
    const FieldText& text = request.field(field);
    if (!text) continue;
    const auto index = static_cast<std::size_t>(field);
    present[index] = true;
    texts[index] = {next, text->size()};
    for (const char c : *text) *next++ = folded(c);
  }

  const char* patterns = patterns_.data();
  const Test* test = tests_.data();
  RuleIndex rule = 0;
  for (const std::uint32_t end : ends_) {
    const Test* const last = tests_.data() + end;
    bool matches = true;
    for (; test != last; ++test) {
      if (present[test->field] &&
          !glob_matches({patterns + test->begin, test->size}, texts[test->field])) {
        matches = false;
        break;
      }
    }
    if (matches) break;
    test = last;
    ++rule;
  }
  return rule;
}

}  // namespace dosimeter::bench
