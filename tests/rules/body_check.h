#pragma once

#include <dosimeter/rules/body.h>

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// What the tests of bodies share.
namespace dosimeter::rules::test {

// The lines of a body, each after its severity where that is a warning.
template <typename Body>
std::vector<std::string> lines_of_body(const BodyResult<Body>& result) {
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    lines.push_back((diagnostic.severity == Severity::warning ? "warning: " : "") +
                    to_string(diagnostic));
  }
  return lines;
}

template <typename Body>
void check_sane(const BodyResult<Body>& result, std::string_view text) {
  bool failed = false;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    failed = failed || diagnostic.severity == Severity::error;
    const std::string line = to_string(diagnostic);
    if (line.size() > 1000 || line.find('\n') != std::string::npos)
      FAIL_CHECK("not one short line: " << line);
  }
  if (result.ok() == failed) FAIL_CHECK("a body beside errors, or neither: " << text);
}

// Whatever the bytes, reading ends and says something sensible: every beginning of `body`, every
// single changed byte, and random pieces of it put together anew. `read` takes a text.
template <typename Read>
void check_hostile(const std::string& body, Read&& read) {
  REQUIRE(read(body).ok());
  for (std::size_t size = 0; size < body.size(); ++size) {
    const std::string_view begun = std::string_view(body).substr(0, size);
    const auto result = read(begun);
    check_sane(result, begun);
    if (result.diagnostics.size() != 1) FAIL_CHECK("not one line: " << begun);
  }
  constexpr std::string_view kBytes("{}[]:,\"\\/'-+.eE019tfnuZ \n\t\0\x1F\x7F\x80\xC3\xED\xFF", 33);
  std::string changed = body;
  for (std::size_t at = 0; at < body.size(); ++at) {
    for (const char byte : kBytes) {
      changed[at] = byte;
      check_sane(read(changed), changed);
    }
    changed[at] = body[at];
  }
  Random random;
  INFO("seed " << Random::default_seed());
  const std::vector<std::string> pieces = {"null", "-1",   "1e308", "\"\"", "[]",   "{}",
                                           "true", "\"9",  ",",     ":",    "0.5",  "\\u0000",
                                           "\xFF", "1e99", "[[[[",  "}",    "\"x\""};
  for (int i = 0; i < 3000; ++i) {
    std::string mixed = body;
    for (std::size_t n = random.below(4) + 1; n > 0; --n) {
      const std::size_t from = random.below(mixed.size());
      const std::size_t count = random.below(12);
      const std::string piece = random.chance(0.5)
                                    ? pieces[random.below(pieces.size())]
                                    : body.substr(random.below(body.size()), random.below(40));
      mixed.replace(from, count, piece);
      if (mixed.empty()) mixed = "{";
    }
    check_sane(read(mixed), mixed);
  }
}

}  // namespace dosimeter::rules::test
