#pragma once

#include "bench/scenario.h"

#include <cstddef>

/// Rules and requests that are hard on one way of matching or another.
namespace dosimeter::bench {

/// Typical rules; every request is decided by one of the first four: a scan is done at once.
[[nodiscard]] Scenario hit_early(std::size_t rules, std::size_t requests);

/// Rules of one service or domain each. Half of the requests are of a service that is one letter
/// off and have a path that some rule asks for; the other half are of the right service and have a
/// path whose words are one letter off. No rule matches, or (hit_late) the last alone, a catch-all.
[[nodiscard]] Scenario near_misses(Set set, std::size_t rules, std::size_t requests);

/// No wildcard but the lone `*` for a host.
[[nodiscard]] Scenario literals(std::size_t rules, std::size_t requests);

/// Every path pattern has two to four stars and begins and ends with one as often as not.
[[nodiscard]] Scenario wildcards(std::size_t rules, std::size_t requests);

/// All path patterns share head, middle and tail and differ in a few letters between; every request
/// has all that they share.
[[nodiscard]] Scenario shared_parts(std::size_t rules, std::size_t requests);

/// Every rule asks for a host by a wildcard, and no host comes twice.
[[nodiscard]] Scenario new_hosts(std::size_t rules, std::size_t requests);

/// Of service, host and path every rule's patterns match two in every request, and never the third.
[[nodiscard]] Scenario never_together(std::size_t rules, std::size_t requests);

}  // namespace dosimeter::bench
