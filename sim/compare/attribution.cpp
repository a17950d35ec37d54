#include "sim/compare/attribution.h"

namespace dosimeter::sim {
namespace {

/// With the most rules that are attributed and long texts this is some hundred MiB, with a few
/// dozen rules some hundred KiB.
constexpr std::size_t kMostCombinations = 96;

constexpr std::uint64_t bit(std::size_t difference) {
  return std::uint64_t{1} << difference;
}

}  // namespace

Attribution::Attribution(std::span<const Rule> document, const RuleSet& a, const RuleSet& b,
                         const RequestDefaults& defaults, const RuleNames& names)
    : document_(document),
      a_(a),
      b_(b),
      defaults_(defaults),
      names_(names),
      differences_(choice_differences(a.recorder(), b.recorder(), a.kind())),
      singles_(differences_.size()) {
  for (std::size_t i = 0; i < differences_.size(); ++i) {
    if (differences_[i].match != nullptr) match_choices_ |= bit(i);
  }
}

Causes Attribution::causes(const LogRow& row, const Request& request, Decider to) {
  if (const Causes* known = memo_.find(row)) return *known;
  const Causes found = find(row, request, to);
  memo_.remember(found);
  return found;
}

Causes Attribution::find(const LogRow& row, const Request& request, Decider to) {
  Causes causes;
  for (std::size_t i = 0; i < differences_.size(); ++i) {
    if (leads_to(to, bit(i), row, request)) causes.choices |= bit(i);
  }
  if (causes.choices != 0) return causes;

  causes.together = true;
  for (std::size_t i = 0; i < differences_.size(); ++i) {
    causes.choices |= bit(i);
    if (i > 0 && leads_to(to, causes.choices, row, request)) break;
  }
  // Again until nothing can be left out: what was needed beside another choice may not be without.
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (std::size_t i = 0; i < differences_.size(); ++i) {
      const Choices others = causes.choices & ~bit(i);
      if (others == causes.choices || !leads_to(to, others, row, request)) continue;
      causes.choices = others;
      dropped = true;
    }
  }
  return causes;
}

bool Attribution::leads_to(Decider to, Choices choices, const LogRow& row, const Request& request) {
  if (choices == 0) return false;
  Hybrid& recorder = hybrid(choices);
  const Request seen = recorder.mapper ? recorder.mapper->map(row) : request;
  if (seen.upstream != UpstreamDecision::none) return to == kDecidedUpstream;
  return recorder.deciders[recorder.rules.match(seen, scratch_)] == to;
}

Attribution::Hybrid& Attribution::hybrid(Choices choices) {
  if ((choices & (choices - 1)) == 0) {
    std::size_t single = 0;
    while (bit(single) != choices) ++single;
    if (!singles_[single]) singles_[single] = make_hybrid(choices);
    return *singles_[single];
  }
  const auto known = combinations_.find(choices);
  if (known != combinations_.end()) return known->second;
  if (combinations_.size() >= kMostCombinations) combinations_.clear();
  return combinations_.emplace(choices, make_hybrid(choices)).first->second;
}

Attribution::Hybrid Attribution::make_hybrid(Choices choices) const {
  Recorder recorder = a_.recorder();
  for (std::size_t i = 0; i < differences_.size(); ++i) {
    if ((choices & bit(i)) != 0) copy_choice(differences_[i], a_.kind(), b_.recorder(), recorder);
  }
  RuleSet rules = a_;
  if ((choices & match_choices_) != 0) {
    // Whether a rule is refused hangs on one choice at a time, and neither recorder refuses any.
    rules = RuleSetBuilder(recorder, a_.kind()).add(document_).build().value();
  }
  std::vector<Decider> deciders = names_.deciders(rules);
  Hybrid hybrid{std::move(rules), std::move(deciders), std::nullopt};
  const bool other_text = (choices & ~match_choices_) != 0;
  const bool other_naming = defaults_.naming_pattern && (choices & match_choices_) != 0;
  if (other_text || other_naming) {
    hybrid.mapper.emplace(recorder.text, recorder.matching(a_.kind()), defaults_);
  }
  return hybrid;
}

}  // namespace dosimeter::sim
