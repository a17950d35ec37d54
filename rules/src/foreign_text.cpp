#include "rules/src/foreign_text.h"

#include <dosimeter/rules/load.h>

#include "rules/src/message.h"
#include "rules/src/text_cursor.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace dosimeter::rules {
namespace {

// Where the first word stands tells YAML from other things; further down anything may look like it.
constexpr std::size_t kLinesLookedAt = 200;

bool is_word(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
}

bool is_yaml_line(std::string_view line) {
  if (line.starts_with("---") || line.starts_with("%YAML")) return true;
  while (line.starts_with("- ")) line.remove_prefix(2);
  if (line.starts_with('"') || line.starts_with('\'')) {
    const std::size_t closing = line.find(line.front(), 1);
    if (closing == std::string_view::npos) return false;
    line.remove_prefix(closing + 1);
  } else {
    std::size_t end = 0;
    while (end < line.size() && is_word(line[end])) ++end;
    if (end == 0) return false;
    line.remove_prefix(end);
  }
  return line == ":" || line.starts_with(": ");
}

bool is_terraform_line(std::string_view line) {
  constexpr std::array<std::string_view, 8> kBlocks{"resource \"", "module \"", "provider \"",
                                                    "variable \"", "data \"",   "output \"",
                                                    "terraform {", "locals {"};
  return std::any_of(kBlocks.begin(), kBlocks.end(),
                     [&](std::string_view block) { return line.starts_with(block); });
}

// The first line with something on it that is no comment of YAML or Terraform.
std::string_view first_line(std::string_view text, TextCursor& cursor) {
  for (std::size_t line = 0; line < kLinesLookedAt; ++line) {
    cursor.skip_space();
    const std::size_t begin = cursor.offset();
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view content = text.substr(begin, end - begin);
    while (!content.empty() && (content.back() == '\r' || content.back() == ' '))
      content.remove_suffix(1);
    if (!content.starts_with('#') && !content.starts_with("//")) return content;
    cursor.advance(end - begin);
  }
  return {};
}

bool is_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  const auto is_nul = [&](std::size_t at) { return at < text.size() && text[at] == '\0'; };
  return is_nul(0) != is_nul(1) && is_nul(0) == is_nul(2) && is_nul(1) == is_nul(3);
}

}  // namespace

bool report_foreign_text(std::string_view text, Report& report) {
  if (text.size() > kMaximumDocumentBytes) {
    report.error("document_too_large", {},
                 concat("expected at most ", kMaximumDocumentBytes >> 20U, " MiB (",
                        kMaximumDocumentBytes, " bytes) of rules, got more"));
    return true;
  }
  TextCursor cursor(text);
  cursor.skip_space();
  if (cursor.at_end()) {
    report.error("empty_document", {},
                 concat("expected a rule document, got ",
                        text.empty() ? "an empty file" : "nothing but white space"));
    return true;
  }
  if (is_utf16(text)) {
    report.error("not_utf8", {},
                 "expected UTF-8, got UTF-16 (older PowerShell writes it with >: save as UTF-8)");
    return true;
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    TextCursor place(text);
    place.advance(nul - place.offset());
    report.error("nul_byte", place.place(), "expected text, got a NUL byte");
    return true;
  }
  if (cursor.peek() == '{' || cursor.peek() == '[') return false;
  const std::string_view line = first_line(text, cursor);
  if (is_terraform_line(line)) {
    report.error(
        "terraform_language", cursor.place(),
        "expected JSON, got Terraform's own language (use the output of terraform show -json)");
    return true;
  }
  if (is_yaml_line(line)) {
    report.error("yaml", cursor.place(), concat("expected JSON, got YAML, ", kConvertYaml));
    return true;
  }
  return false;
}

}  // namespace dosimeter::rules
