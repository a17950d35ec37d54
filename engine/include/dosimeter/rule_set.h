#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/request.h>
#include <dosimeter/result.h>
#include <dosimeter/rule.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace dosimeter {

/// The most rules one set may have. AWS allows 25 a Region unless asked for more; this only bounds
/// memory.
inline constexpr std::size_t kMaximumRules = 1'000'000;

/// A rule's place in its set's order of evaluation, from 0.
using RuleIndex = std::uint32_t;

/// Working memory of one match. Made once and reused; one thread at a time. Holds nothing between
/// calls that a result depends on.
class MatchScratch {
 public:
  /// A text that does not fit what is left of this is folded as it is read: exact, slower.
  static constexpr std::size_t kBytes = 4096;

 private:
  friend class RuleSet;
  std::array<char, kBytes> space_;
};

/// A rule that this recorder leaves out, and why.
struct IgnoredRule {
  Rule rule;
  std::string_view reason;
};

/// Who has the requests that no rule of the document has.
enum class Fallback : unsigned char {
  own_default,    // nobody needs to: the document's Default matches every request
  aws_default,    // the Default rule that AWS ships, because the document names none
  local_sampler,  // a sampler of the recorder's own that takes as many, because the recorder
                  // ignores the document's Default or compares its fields
};

/// The name of the rule that stands in for a recorder's own sampler.
inline constexpr std::string_view kLocalSamplerName = "(local sampler)";

/// Rules in the order in which a recorder asks them, compiled. There is always one that matches
/// every request: Default, or what stands in for it. Immutable and cheap to copy (copies share what
/// was compiled); any number of threads may match at once, each with a scratch of its own. One that
/// was moved from may only be assigned to or destroyed.
class RuleSet {
 public:
  /// The first rule that applies to `request`. A pattern on which the recorder itself would end
  /// with an error does not match here (`explain` tells). Allocates nothing. Who matches many
  /// requests had better keep a Matcher, which remembers.
  [[nodiscard]] RuleIndex match(const Request& request, MatchScratch& scratch) const noexcept;

  /// In order of evaluation.
  [[nodiscard]] std::span<const Rule> rules() const noexcept;
  /// Where the rule stands that matches every request, and who that is.
  [[nodiscard]] RuleIndex fallback_index() const noexcept;
  [[nodiscard]] Fallback fallback() const noexcept;
  /// Whether the rule is a stand-in (one a second, then 5 %), and none of the document.
  [[nodiscard]] bool is_stand_in(RuleIndex rule) const noexcept;
  [[nodiscard]] std::span<const IgnoredRule> ignored() const noexcept;
  /// Whose choices the set was compiled with, and which of them.
  [[nodiscard]] const Recorder& recorder() const noexcept;
  [[nodiscard]] RuleKind kind() const noexcept;
  /// `recorder().matching(kind())`.
  [[nodiscard]] const MatchChoices& choices() const noexcept;

 private:
  friend class RuleSetBuilder;
  friend class Matcher;
  struct Compiled;
  explicit RuleSet(std::shared_ptr<const Compiled> compiled);
  std::shared_ptr<const Compiled> compiled_;
};

/// Gathers rules, then compiles them. Not thread-safe.
class RuleSetBuilder {
 public:
  /// REQUIRES: a recorder that knows local documents, where `kind` is local.
  explicit RuleSetBuilder(const Recorder& recorder = kDocumentedRecorder,
                          RuleKind kind = RuleKind::central);

  /// In document order, which decides between rules only where a recorder breaks ties by position.
  RuleSetBuilder& add(Rule rule) &;
  RuleSetBuilder&& add(Rule rule) &&;
  RuleSetBuilder&& add(std::span<const Rule> rules) &&;

  /// Errors: rule_name_repeated (kLocalSamplerName counts as taken), too_many_rules,
  /// rules_refused_by_recorder.
  Result<RuleSet> build() &&;

 private:
  Recorder recorder_;
  RuleKind kind_;
  std::vector<Rule> rules_;
};

}  // namespace dosimeter
