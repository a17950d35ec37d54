#include "rules/src/message.h"

#include "text/escaped.h"

namespace dosimeter::rules {

std::string printable(std::string_view text) {
  return dosimeter::text::escaped(text, dosimeter::text::Quotes::as_they_are);
}

std::string quote(std::string_view text) {
  return '"' + dosimeter::text::escaped(text, dosimeter::text::Quotes::escaped, kQuotedBytes) + '"';
}

std::string excerpt(std::string_view text) {
  return dosimeter::text::escaped(text, dosimeter::text::Quotes::as_they_are, kQuotedBytes);
}

std::string enumerate(std::span<const std::string_view> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += names[i];
  }
  return out;
}

}  // namespace dosimeter::rules
