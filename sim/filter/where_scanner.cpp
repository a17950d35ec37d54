#include "sim/filter/where_scanner.h"

#include "sim/log/quoted_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace dosimeter::sim {
namespace {

/// More of an expression is not repeated in a message.
constexpr std::size_t kShownExpression = 200;

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_quote(char c) noexcept {
  return c == '\'' || c == '"';
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name(char c) noexcept {
  const char small = lower(c);
  return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_symbol(char c) noexcept {
  return c == '=' || c == '!' || c == '<' || c == '>' || c == '~';
}

/// Characters of UTF-8 text: bytes that continue one are none of their own.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

}  // namespace

bool is_same_word(std::string_view left, std::string_view right) noexcept {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

bool WhereScanner::at_end() noexcept {
  while (at_ < expression_.size() && is_blank(expression_[at_])) ++at_;
  return at_ == expression_.size();
}

template <typename Belongs>
WhereToken WhereScanner::take_while(Belongs&& belongs) noexcept {
  const std::size_t begin = at_;
  while (at_ < expression_.size() && belongs(expression_[at_])) ++at_;
  return {expression_.substr(begin, at_ - begin), begin};
}

WhereToken WhereScanner::name() noexcept {
  return take_while(is_name);
}

WhereToken WhereScanner::symbol() noexcept {
  return take_while(is_symbol);
}

WhereToken WhereScanner::word() noexcept {
  return take_while([](char c) { return !is_blank(c); });
}

Result<WhereValue, Failure> WhereScanner::value() {
  if (at_end()) return failure({{}, at_}, "a value");
  if (is_quote(expression_[at_])) return quoted_value();
  const WhereToken token = word();
  if (is_same_word(token.text, "and")) {
    return failure(token, "a value", "in quotes it would be one");
  }
  return WhereValue{token, std::string(token.text), false};
}

Result<WhereValue, Failure> WhereScanner::quoted_value() {
  const std::size_t begin = at_;
  const char quote = expression_[at_++];
  std::string text;
  for (;; ++at_) {
    if (at_ == expression_.size()) {
      return failure({expression_.substr(begin), begin}, fmt::format("a closing {}", quote));
    }
    if (expression_[at_] != quote) {
      text += expression_[at_];
      continue;
    }
    const bool doubled = at_ + 1 < expression_.size() && expression_[at_ + 1] == quote;
    if (!doubled) break;
    text += quote;
    ++at_;
  }
  ++at_;
  const WhereToken token{expression_.substr(begin, at_ - begin), begin};
  if (at_ < expression_.size() && !is_blank(expression_[at_])) {
    const WhereToken behind = word();
    return failure(behind, fmt::format("a blank behind the closing {}", quote));
  }
  return WhereValue{token, std::move(text), true};
}

Failure WhereScanner::failure(const WhereToken& token, std::string_view expected,
                              std::string_view hint) const {
  const std::string got =
      token.text.empty() && token.at == expression_.size()
          ? "the end"
          : in_quotes(token.text.empty() ? expression_.substr(token.at) : token.text, kShownBytes);
  return {ExitCode::usage, fmt::format("--where {}, character {}: expected {}, got {}{}{}",
                                       in_quotes(expression_, kShownExpression),
                                       characters(expression_.substr(0, token.at)) + 1, expected,
                                       got, hint.empty() ? "" : ": ", hint)};
}

}  // namespace dosimeter::sim
