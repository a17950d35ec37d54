#include "sim/breakdown/path_segment.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kLeastHexDigits = 8;
constexpr std::size_t kLeastPlainHexDigits = 16;
constexpr std::size_t kUlidSize = 26;
constexpr std::size_t kLeastTokenSize = 16;
constexpr std::size_t kLeastTokenChanges = 3;
constexpr std::size_t kDateSize = 10;

enum CharacterKind : std::uint8_t {
  kDigit = 1,
  kHexLetter = 2,
  kLetter = 4,
  /// Of base 32 as Crockford has it, capitals: digits, and letters but I, L, O, U.
  kCrockford = 8,
  /// May stand in a token beside letters and digits.
  kTokenMark = 16,
  /// May stand in a time behind a date.
  kTimeMark = 32,
};

constexpr std::array<std::uint8_t, 256> character_kinds() {
  std::array<std::uint8_t, 256> kinds{};
  for (unsigned c = 0; c < 256; ++c) {
    unsigned kind = 0;
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (c >= '0' && c <= '9') kind |= kDigit | kCrockford | kTimeMark;
    if (is_lower || is_upper) kind |= kLetter;
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) kind |= kHexLetter;
    if (is_upper && c != 'I' && c != 'L' && c != 'O' && c != 'U') kind |= kCrockford;
    if (c == '-' || c == '_' || c == '=' || c == '+' || c == '~') kind |= kTokenMark;
    if (c == ':' || c == '-' || c == '+' || c == 'Z') kind |= kTimeMark;
    kinds[c] = static_cast<std::uint8_t>(kind);
  }
  return kinds;
}
constexpr std::array<std::uint8_t, 256> kCharacterKinds = character_kinds();

bool is_of(char c, unsigned kinds) noexcept {
  return (kCharacterKinds[static_cast<unsigned char>(c)] & kinds) != 0;
}

bool all_of(std::string_view text, unsigned kinds) noexcept {
  return std::all_of(text.begin(), text.end(), [&](char c) { return is_of(c, kinds); });
}

bool any_of(std::string_view text, unsigned kinds) noexcept {
  return std::any_of(text.begin(), text.end(), [&](char c) { return is_of(c, kinds); });
}

/// Digits, commas between them.
bool is_number(std::string_view text) noexcept {
  if (!is_of(text.front(), kDigit) || !is_of(text.back(), kDigit)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_of(c, kDigit) || c == ','; });
}

bool is_uuid(std::string_view text) noexcept {
  if (text.size() == 38 && text.front() == '{' && text.back() == '}') text = text.substr(1, 36);
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_of(text[i], kDigit | kHexLetter)) return false;
  }
  return true;
}

bool is_hex(std::string_view text) noexcept {
  if (text.size() < kLeastHexDigits || !all_of(text, kDigit | kHexLetter)) return false;
  return text.size() >= kLeastPlainHexDigits || any_of(text, kDigit);
}

/// 48 bits of time in front, so that the first character is at most 7.
bool is_ulid(std::string_view text) noexcept {
  return text.size() == kUlidSize && text.front() >= '0' && text.front() <= '7' &&
         all_of(text, kCrockford);
}

bool is_token(std::string_view text) noexcept {
  if (text.size() < kLeastTokenSize || !all_of(text, kDigit | kLetter | kTokenMark)) return false;
  std::size_t changes = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool mark = is_of(text[i - 1], kTokenMark) || is_of(text[i], kTokenMark);
    if (!mark && is_of(text[i - 1], kDigit) != is_of(text[i], kDigit)) ++changes;
  }
  return changes >= kLeastTokenChanges;
}

bool is_mail_address(std::string_view text) noexcept {
  const std::size_t at = text.find('@');
  if (at == 0 || at == text.npos || text.find('@', at + 1) != text.npos) return false;
  const std::size_t dot = text.find('.', at + 2);
  return dot != text.npos && dot + 1 < text.size();
}

bool is_date(std::string_view text) noexcept {
  if (text.size() < kDateSize) return false;
  for (std::size_t i = 0; i < kDateSize; ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : !is_of(text[i], kDigit)) return false;
  }
  if (text.size() == kDateSize) return true;
  return text[kDateSize] == 'T' && all_of(text.substr(kDateSize + 1), kTimeMark);
}

}  // namespace

SegmentKind segment_kind(std::string_view segment) noexcept {
  if (segment.empty()) return SegmentKind::word;
  if (is_number(segment)) return SegmentKind::number;
  // Most segments are words without a digit.
  if (!any_of(segment, kDigit)) {
    return is_hex(segment) || is_uuid(segment) || is_mail_address(segment) ? SegmentKind::identifier
                                                                           : SegmentKind::word;
  }
  if (is_date(segment)) return SegmentKind::date;
  return is_uuid(segment) || is_hex(segment) || is_ulid(segment) || is_token(segment) ||
                 is_mail_address(segment)
             ? SegmentKind::identifier
             : SegmentKind::word;
}

}  // namespace dosimeter::sim
