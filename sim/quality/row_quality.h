#pragma once

#include <dosimeter/request.h>

#include "sim/quality/minute_set.h"
#include "sim/quality/request_traits.h"

#include <array>
#include <cstdint>

namespace dosimeter::sim {

/// What is wrong with requests that could be read, or may be. A row that stands for k requests
/// counts k times. Sums of parts are those of the whole. Not thread-safe.
struct RowQuality {
  std::uint64_t requests = 0;
  /// By Field: requests without it, and those among them whose rule depends on it.
  std::array<std::uint64_t, kFieldCount> absent{};
  std::array<std::uint64_t, kFieldCount> undecided{};
  /// Requests whose rule depends on any field they lack.
  std::uint64_t undecided_requests = 0;
  /// Requests with a host that is an IP address: often a client's.
  std::uint64_t address_hosts = 0;
  MinuteSet minutes;

  /// `count` requests of these traits. When they were is for `minutes`.
  void add(RequestTraits traits, std::uint64_t count) noexcept;
  void add(const RowQuality& other);
  void clear() noexcept;
};

}  // namespace dosimeter::sim
