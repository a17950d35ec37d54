#pragma once

#include "bench/request_list.h"
#include "tests/support/random.h"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

namespace dosimeter::bench {

/// One after the other. In braces what draws is called in order, on every compiler; the operands of
/// `+` are not.
[[nodiscard]] std::string joined(std::initializer_list<std::string> parts);

/// The services, hosts and words that rules and requests are made of. Which there are depends on
/// how many services are asked for alone, and the first of them are always the same.
class Vocabulary {
 public:
  /// REQUIRES: at least one service.
  explicit Vocabulary(std::size_t services);

  static constexpr std::size_t kDomains = 16;
  static constexpr std::size_t kRegions = 4;
  static constexpr std::size_t kWords = 36;
  /// Of those that stand deeper in a path.
  static constexpr std::size_t kDeepWords = 100;

  [[nodiscard]] std::size_t services() const noexcept { return cumulative_.size(); }
  /// `cart-api`: `<domain>-<kind>`, and a number once these are used up.
  [[nodiscard]] static std::string service(std::size_t number);
  [[nodiscard]] static std::string domain(std::size_t number);
  [[nodiscard]] static std::string region(std::size_t number);
  [[nodiscard]] static std::string word(std::size_t number);
  [[nodiscard]] static std::string method(Random& random);
  /// A file name's end: `.css`.
  [[nodiscard]] static std::string extension(std::size_t number);
  static constexpr std::size_t kExtensions = 20;

  /// A service, the frequent ones more often (Zipf).
  [[nodiscard]] std::size_t frequent_service(Random& random) const;
  /// One of that domain, likewise.
  [[nodiscard]] std::size_t frequent_service_of(std::size_t domain, Random& random) const;
  /// A host of the service in the region. Frequent services have more of them.
  [[nodiscard]] std::string host(std::size_t service, std::size_t region, Random& random) const;

  [[nodiscard]] static std::string id(Random& random);
  /// A path such as services have: most with an id of its own.
  [[nodiscard]] static std::string path(Random& random);

 private:
  std::vector<double> cumulative_;  // by service: its share and those of all before it
};

}  // namespace dosimeter::bench
