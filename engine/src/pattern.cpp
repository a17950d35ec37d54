#include <dosimeter/pattern.h>

#include "engine/src/compiled_pattern.h"

#include <array>

namespace dosimeter {
namespace {

/// Text up to this long is folded once, longer text as it is read.
constexpr std::size_t kCopiedBytes = 1024;

}  // namespace

Pattern::Pattern(std::string text, const MatchChoices& choices)
    : text_(std::move(text)),
      compiled_(std::make_shared<const detail::CompiledPattern>(text_, choices)) {}

bool Pattern::matches(std::string_view text) const noexcept {
  std::array<char, kCopiedBytes + detail::PreparedText::kMargins> space;
  return compiled_->matches(detail::prepare(text, compiled_->folds(), space));
}

bool Pattern::matches_everything() const noexcept {
  return compiled_->matches_everything();
}

PatternOutcome Pattern::reference_outcome(std::string_view text) const {
  return compiled_->reference_outcome(text);
}

}  // namespace dosimeter
