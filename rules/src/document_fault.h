#pragma once

#include "rules/src/json_value.h"

#include <optional>
#include <string>
#include <utility>

namespace dosimeter::rules {

/// What is wrong: the type of a value, or anything else.
enum class FaultKind { wrong_type, wrong_value };

/// What a recorder stops at.
struct DocumentFault {
  FaultKind kind = FaultKind::wrong_value;
  Place place;
  std::string message;
  /// Whether the default had been read by then.
  bool in_rules = false;
};

/// Keeps the first fault of a walk over a document.
class FaultLog {
 public:
  enum class Heeds { every_fault, wrong_types_alone };

  explicit FaultLog(Heeds heeds) : heeds_(heeds) {}

  void wrong_type(Place place, std::string message) {
    add({FaultKind::wrong_type, place, std::move(message), in_rules_});
  }
  void wrong_value(Place place, std::string message) {
    if (heeds_ == Heeds::every_fault)
      add({FaultKind::wrong_value, place, std::move(message), in_rules_});
  }

  /// The faults from here on are in the rules.
  void enter_rules() { in_rules_ = true; }
  /// Whether walking on is for nothing.
  [[nodiscard]] bool done() const { return fault_.has_value(); }
  std::optional<DocumentFault> take() { return std::move(fault_); }

 private:
  void add(DocumentFault fault) {
    if (!fault_) fault_ = std::move(fault);
  }

  Heeds heeds_;
  bool in_rules_ = false;
  std::optional<DocumentFault> fault_;
};

}  // namespace dosimeter::rules
