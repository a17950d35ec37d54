#pragma once

#include <dosimeter/recorder.h>

#include <string_view>

namespace dosimeter::detail {

/// The meaning of a pattern, character by character: slow, and plain to read. Any text may be put
/// to it; the fast matchers hand over what they are not sure of, and the tests hold them to it.
/// `pattern` is the pattern's characters, already folded where `letter_case` folds. Time: at most
/// the product of both lengths. No memory.
[[nodiscard]] bool reference_match(std::u32string_view pattern, std::string_view text,
                                   LetterCase letter_case) noexcept;

}  // namespace dosimeter::detail
