#pragma once

/// Unicode's tables of letter case. What they have no entry for comes back as it is.
namespace dosimeter::detail {

/// Simple case folding (CaseFolding.txt, status C and S): the same for `A` and `a`,
/// and always one code point for one.
[[nodiscard]] char32_t fold(char32_t character) noexcept;

/// The simple mappings of UnicodeData.txt.
[[nodiscard]] char32_t simple_lower(char32_t character) noexcept;
[[nodiscard]] char32_t simple_upper(char32_t character) noexcept;

/// The properties Cased and Case_Ignorable: what is a letter with a case, and what may stand
/// between the letters of a word. Some characters have both.
[[nodiscard]] bool is_cased(char32_t character) noexcept;
[[nodiscard]] bool is_case_ignorable(char32_t character) noexcept;

}  // namespace dosimeter::detail
