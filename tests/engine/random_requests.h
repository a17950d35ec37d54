#pragma once

#include <dosimeter/request.h>
#include <dosimeter/rule.h>

#include "tests/engine/random_rules.h"
#include "tests/support/random.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace dosimeter::test {

/// A request with its texts.
struct OwnedRequest {
  struct OwnedAttribute {
    std::string key;
    std::string value;
    AttributeType type;
  };
  std::array<std::optional<std::string>, kFieldCount> fields;  // by Field
  std::vector<OwnedAttribute> attributes;
  UpstreamDecision upstream = UpstreamDecision::none;

  [[nodiscard]] std::optional<std::string>& field(Field field) {
    return fields[static_cast<std::size_t>(field)];
  }
};

/// Views of an OwnedRequest, whose address and texts must stay.
class RequestView {
 public:
  explicit RequestView(const OwnedRequest& owned);
  RequestView(const RequestView&) = delete;  // request_ views attributes_
  RequestView& operator=(const RequestView&) = delete;

  [[nodiscard]] const Request& request() const { return request_; }

 private:
  std::vector<Attribute> attributes_;
  Request request_;
};

/// As C++ would write it, long texts by their ends.
std::string described(const Request& request);
std::string described(const RuleSpec& rule);

/// Requests aimed at one rule of a document: the holes of its patterns are filled, and then often
/// something is changed a little.
class RandomRequests {
 public:
  /// No text is longer than that.
  RandomRequests(Random& random, RandomPatterns& patterns, std::size_t longest)
      : random_(random), patterns_(patterns), longest_(longest) {}

  OwnedRequest aimed_at(const RuleSpec& rule);

 private:
  std::string filled(const std::string& pattern);
  std::optional<std::string> changed(std::string text);
  std::string near_miss(std::string text);
  std::string of_length(std::string text);

  Random& random_;
  RandomPatterns& patterns_;
  std::size_t longest_;
};

}  // namespace dosimeter::test
