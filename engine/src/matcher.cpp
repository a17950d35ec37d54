#include <dosimeter/matcher.h>

#include "engine/src/compiled_rules.h"
#include "engine/src/field_memo.h"

#include <array>

namespace dosimeter {

struct Matcher::Memory {
  detail::FieldMemo memo;
  std::array<char, MatchScratch::kBytes> space;
};

Matcher::Matcher(RuleSet rules) : rules_(std::move(rules)), memory_(new Memory) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

RuleIndex Matcher::match(const Request& request) noexcept {
  return rules_.compiled_->index.find(request, memory_->space, &memory_->memo);
}

void Matcher::set_rules(RuleSet rules) noexcept {
  rules_ = std::move(rules);
  memory_->memo.clear();
}

}  // namespace dosimeter
