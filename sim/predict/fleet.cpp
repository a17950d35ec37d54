#include "sim/predict/fleet.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>
#include <tuple>

namespace dosimeter::sim {
namespace {

struct Quotient {
  std::uint64_t whole = 0;
  std::uint64_t rest = 0;
};

/// size * part / total, bit by bit: the product need not fit. REQUIRES: part <= total < 2^62.
Quotient divide(std::uint64_t size, std::uint64_t part, std::uint64_t total) {
  Quotient quotient;
  for (int bit = 63; bit >= 0; --bit) {
    const std::uint64_t next = quotient.rest * 2 + ((size >> bit & 1u) != 0 ? part : 0);
    quotient.whole = quotient.whole * 2 + next / total;
    quotient.rest = next % total;
  }
  return quotient;
}

/// The indices of instances, by name.
std::vector<std::size_t> by_name(std::span<const InstanceDemand> instances) {
  std::vector<std::size_t> order(instances.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return instances[a].name < instances[b].name;
  });
  return order;
}

std::vector<std::uint64_t> even_shares(std::uint64_t size,
                                       std::span<const InstanceDemand> instances) {
  const std::uint64_t count = instances.size();
  std::vector<std::uint64_t> shares(instances.size(), size / count);
  const std::vector<std::size_t> order = by_name(instances);
  for (std::uint64_t i = 0; i < size % count; ++i) ++shares[order[i]];
  return shares;
}

std::vector<std::uint64_t> proportional_shares(std::uint64_t size,
                                               std::span<const InstanceDemand> instances) {
  std::uint64_t total = 0;
  for (const InstanceDemand& instance : instances) total += instance.requests;
  if (total == 0) return even_shares(size, instances);
  std::vector<std::uint64_t> shares;
  std::vector<std::uint64_t> rests;
  std::uint64_t left = size;
  for (const InstanceDemand& instance : instances) {
    const Quotient quotient = divide(size, instance.requests, total);
    shares.push_back(quotient.whole);
    rests.push_back(quotient.rest);
    left -= quotient.whole;
  }
  std::vector<std::size_t> order = by_name(instances);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
  for (std::uint64_t i = 0; i < left; ++i) ++shares[order[i]];
  return shares;
}

}  // namespace

std::string_view allocation_name(Allocation allocation) noexcept {
  switch (allocation) {
    case Allocation::even:
      return "even";
    case Allocation::proportional:
      return "proportional";
    case Allocation::borrow_only:
      break;
  }
  return "borrow-only";
}

std::vector<ReservoirGroup> reservoir_groups(std::uint64_t size, std::uint64_t instances,
                                             RuleKind mode, Allocation allocation) {
  assert(instances > 0);
  if (mode == RuleKind::local) return {{size, instances}};
  if (allocation == Allocation::borrow_only) {
    return {{std::min<std::uint64_t>(size, 1), instances}};
  }
  const std::uint64_t more = size % instances;
  if (more == 0) return {{size / instances, instances}};
  return {{size / instances + 1, more}, {size / instances, instances - more}};
}

std::vector<std::uint64_t> reservoir_sizes(std::uint64_t size,
                                           std::span<const InstanceDemand> instances, RuleKind mode,
                                           Allocation allocation) {
  if (instances.empty()) return {};
  if (mode == RuleKind::local) return std::vector<std::uint64_t>(instances.size(), size);
  switch (allocation) {
    case Allocation::even:
      return even_shares(size, instances);
    case Allocation::proportional:
      return proportional_shares(size, instances);
    case Allocation::borrow_only:
      break;
  }
  return std::vector<std::uint64_t>(instances.size(), std::min<std::uint64_t>(size, 1));
}

}  // namespace dosimeter::sim
