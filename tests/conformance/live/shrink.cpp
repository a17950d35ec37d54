#include "tests/conformance/live/shrink.h"

#include <algorithm>
#include <string>
#include <utility>

namespace dosimeter::conformance {
namespace {

class Shrinker {
 public:
  Shrinker(Case asked, const std::function<bool(const Case&)>& differs, std::size_t tries)
      : best_(std::move(asked)), differs_(differs), tries_(tries) {}

  Case run() {
    do {
      smaller_ = false;
      shorten_list(
          [](Case & of) -> auto& { return of.steps; }, 0);
      shorten_rules([](Case & of) -> auto& { return of.rules; });
      for (std::size_t i = 0; i < best_.steps.size() && tries_ > 0; ++i) shrink_step(i);
      for (std::size_t i = 0; i < best_.rules.size() && tries_ > 0; ++i) {
        shrink_rule([i](Case & of) -> auto& { return of.rules[i]; });
      }
    } while (smaller_ && tries_ > 0);
    return std::move(best_);
  }

 private:
  /// Makes the change if the case still differs with it.
  template <typename Change>
  bool attempt(const Change& change) {
    if (tries_ == 0) return false;
    Case changed = best_;
    change(changed);
    number_anew(changed);
    --tries_;
    if (!differs_(changed)) return false;
    best_ = std::move(changed);
    smaller_ = true;
    return true;
  }

  /// Rules of a local document are named by their places.
  static void number_anew(Case& of) {
    if (of.kind() != RuleKind::local) return;
    for (std::size_t i = 0; i + 1 < of.rules.size(); ++i) {
      of.rules[i].name = "rules[" + std::to_string(i) + "]";
    }
  }

  /// Leaves out runs of a list's elements, long ones first; `kept` at its end stay.
  template <typename List>
  void shorten_list(const List& list, std::size_t kept) {
    for (std::size_t run = list(best_).size(); run > 0; run /= 2) {
      for (std::size_t at = 0; at + run + kept <= list(best_).size();) {
        const bool gone = attempt([&](Case& of) {
          auto& elements = list(of);
          const auto begin = elements.begin() + static_cast<std::ptrdiff_t>(at);
          elements.erase(begin, begin + static_cast<std::ptrdiff_t>(run));
        });
        if (!gone) at += run;
        if (tries_ == 0) return;
      }
    }
  }

  /// A local document keeps its default, which is its last rule.
  template <typename List>
  void shorten_rules(const List& list) {
    shorten_list(list, best_.kind() == RuleKind::local ? 1 : 0);
  }

  /// Leaves out characters of a text.
  template <typename Text>
  void shorten_text(const Text& text) {
    const auto is_inside = [](const std::string& of, std::size_t at) {
      return at < of.size() && (static_cast<unsigned char>(of[at]) & 0xC0) == 0x80;
    };
    for (std::size_t run = text(best_).size(); run > 0; run /= 2) {
      for (std::size_t at = 0; at + run <= text(best_).size();) {
        const std::string& now = text(best_);
        const bool whole = !is_inside(now, at) && !is_inside(now, at + run);
        if (!whole || !attempt([&](Case& of) { text(of).erase(at, run); })) ++at;
        if (tries_ == 0) return;
      }
    }
  }

  void shrink_step(std::size_t i) {
    switch (best_.steps[i].kind) {
      case StepKind::request:
        shrink_request(i);
        break;
      case StepKind::targets:
        shorten_list(
            [i](Case & of) -> auto& { return of.steps[i].targets; }, 0);
        break;
      case StepKind::rules:
        shorten_rules([i](Case & of) -> auto& { return of.steps[i].rules; });
        break;
      case StepKind::statistics:
        break;
    }
  }

  void shrink_request(std::size_t i) {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      const auto text = [ i, field ](Case & of) -> auto& {
        return of.steps[i].request.fields[field];
      };
      if (!text(best_)) continue;
      if (attempt([&](Case& of) { text(of).reset(); })) continue;
      if (static_cast<Field>(field) == Field::service_type) continue;  // not every text can be told
      shorten_text([&](Case & of) -> auto& { return *text(of); });
    }
    shorten_list(
        [i](Case & of) -> auto& { return of.steps[i].request.attributes; }, 0);
  }

  template <typename RuleOf>
  void shrink_rule(const RuleOf& rule) {
    for (std::string RuleSpec::*member : kPatternMembers) {
      if (rule(best_).*member == "*") continue;
      if (attempt([&](Case& of) { rule(of).*member = "*"; })) continue;
      shorten_text([&](Case & of) -> auto& { return rule(of).*member; });
    }
    shorten_list(
        [&](Case & of) -> auto& { return rule(of).attributes; }, 0);
  }

  Case best_;
  const std::function<bool(const Case&)>& differs_;
  std::size_t tries_;
  bool smaller_ = false;
};

}  // namespace

Case shrink(Case asked, const std::function<bool(const Case&)>& differs, std::size_t tries) {
  return Shrinker(std::move(asked), differs, tries).run();
}

}  // namespace dosimeter::conformance
