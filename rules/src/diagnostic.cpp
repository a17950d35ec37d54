#include <dosimeter/rules/diagnostic.h>

#include "rules/src/message.h"

namespace dosimeter::rules {

std::string to_string(const Diagnostic& diagnostic) {
  std::string out = printable(diagnostic.location.file);
  if (diagnostic.location.line != 0) {
    out += concat(":", diagnostic.location.line, ":", diagnostic.location.column);
  }
  out += ": ";
  if (!diagnostic.rule.empty()) out += concat("rule ", quote(diagnostic.rule), ": ");
  out += diagnostic.message;
  return out;
}

}  // namespace dosimeter::rules
