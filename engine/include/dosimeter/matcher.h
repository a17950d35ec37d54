#pragma once

#include <dosimeter/request.h>
#include <dosimeter/rule_set.h>

#include <memory>

namespace dosimeter {

/// Finds the rules of requests for one thread at a time. It remembers what the rules say of the
/// hosts, services, methods and other short texts it has seen, and a large set of what its patterns
/// can tell of paths, as many as fit some 240 KiB, which makes it faster than RuleSet::match and
/// never different. Movable, not copyable. One that was
/// moved from may only be assigned to or destroyed.
class Matcher {
 public:
  explicit Matcher(RuleSet rules);
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

  /// As RuleSet::match. Allocates nothing.
  [[nodiscard]] RuleIndex match(const Request& request) noexcept;

  [[nodiscard]] const RuleSet& rules() const noexcept { return rules_; }

  /// Asks other rules from now on. Allocates nothing.
  void set_rules(RuleSet rules) noexcept;

 private:
  struct Memory;
  RuleSet rules_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace dosimeter
