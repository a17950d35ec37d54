#pragma once

#include <dosimeter/request.h>

#include "tests/support/random.h"

#include <string>
#include <vector>

namespace dosimeter::conformance {

/// Texts of requests, and patterns that nearly match them: what decides between recorders is rare
/// in ordinary traffic and common here (letters with several cases, literal wildcards, line breaks,
/// characters of one, two, three and four bytes).
class CaseTexts {
 public:
  /// `sigma_among_letters_alone` as in CaseBounds.
  CaseTexts(Random& random, bool platforms_alone, bool sigma_among_letters_alone)
      : random_(random),
        platforms_alone_(platforms_alone),
        sigma_among_letters_alone_(sigma_among_letters_alone) {}

  /// What a request may have in that field.
  std::string text(Field field);
  /// The same with other cases of its letters, or the like.
  std::string in_other_case(const std::string& text);
  /// A pattern made from a text: it may match it, or nearly.
  std::string pattern(const std::string& text);
  /// The same, but for letters and at most two wildcards.
  std::string nearly(const std::string& text);
  /// Something in which letter case is of weight.
  std::string word();
  /// Something in which line breaks, wildcards and bytes are.
  std::string marked();
  std::string rule_name(bool unusual);

 private:
  using Characters = std::vector<std::string>;
  std::string soup();
  std::string joined(const Characters& characters) const;

  Random& random_;
  bool platforms_alone_;
  bool sigma_among_letters_alone_;
};

}  // namespace dosimeter::conformance
