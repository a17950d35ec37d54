#include "sim/log/quoted_text.h"

#include "text/escaped.h"

namespace dosimeter::sim {

std::string in_quotes(std::string_view text, std::size_t max_bytes) {
  return '"' + dosimeter::text::escaped(text, dosimeter::text::Quotes::escaped, max_bytes) + '"';
}

std::string without_controls(std::string_view text) {
  return dosimeter::text::escaped(text, dosimeter::text::Quotes::as_they_are);
}

}  // namespace dosimeter::sim
