#pragma once

#include <dosimeter/rule_set.h>

#include <cstddef>
#include <string>
#include <vector>

namespace dosimeter::bench {

/// As many requests as it takes that no branch predictor learns them by heart.
inline constexpr std::size_t kRequests = 8192;

/// A request that owns its text.
struct OwnedRequest {
  std::string service_name;
  std::string host;
  std::string http_method;
  std::string url_path;

  [[nodiscard]] Request view() const {
    return {.service_name = service_name,
            .host = host,
            .http_method = http_method,
            .url_path = url_path};
  }
};

/// `count` rules as services have them: a service, sometimes a method, a path with or without `*`.
/// The same ones for the same count, on every platform.
[[nodiscard]] RuleSet make_rules(std::size_t count);

/// kRequests requests, half of them aimed at rules of `make_rules(rule_count)`, nearly all with a
/// path of their own.
[[nodiscard]] std::vector<OwnedRequest> make_requests(std::size_t rule_count);

/// The first rule that matches, by one pattern after the other: what the answers are held to.
[[nodiscard]] RuleIndex slow_match(const RuleSet& rules, const Request& request);

}  // namespace dosimeter::bench
