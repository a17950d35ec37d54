#pragma once

#include <dosimeter/rule.h>

#include "bench/request_list.h"
#include "bench/vocabulary.h"

#include <cstddef>
#include <vector>

namespace dosimeter::bench {

/// What a rule asks for, in the parts that it was made of, so that a request can be aimed at it.
struct RuleShape {
  enum class Service : unsigned char { exact, domain, any };
  enum class Host : unsigned char { any, region, service };
  enum class Path : unsigned char { prefix, versions, infix, literal, suffix, any };

  Service service = Service::any;
  std::size_t service_number = 0;  // of the service, or of the domain
  Host host = Host::any;
  std::size_t region = 0;
  std::string method = "*";
  Path path = Path::any;
  std::size_t version = 1;
  std::size_t word = 0;
  std::size_t second_word = 0;

  [[nodiscard]] std::string service_pattern() const;
  /// A host pattern implies the service pattern: `cart-api-*`, `cart-*.eu.*`, `*.eu.*`.
  [[nodiscard]] std::string host_pattern() const;
  [[nodiscard]] std::string path_pattern() const;
};

/// Rule `number` of a set, in order of evaluation; rates and reservoirs vary with the number.
[[nodiscard]] Rule make_rule(std::size_t number, RuleSpec patterns);
[[nodiscard]] Rule make_rule(std::size_t number, const RuleShape& shape);

/// How many services a set of so many rules is about.
[[nodiscard]] std::size_t service_count(std::size_t rules);

/// `count` rules as teams write them, special ones first, by and large. The same for the same
/// count, on every platform.
[[nodiscard]] std::vector<RuleShape> typical_shapes(std::size_t count);

/// A request that the rule matches.
[[nodiscard]] RequestText aimed_at(const RuleShape& rule, const Vocabulary& vocabulary,
                                   Random& random);
/// A request of which nothing is known.
[[nodiscard]] RequestText background(const Vocabulary& vocabulary, Random& random);

}  // namespace dosimeter::bench
