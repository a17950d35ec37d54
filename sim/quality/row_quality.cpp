#include "sim/quality/row_quality.h"

namespace dosimeter::sim {

void RowQuality::add(RequestTraits traits, std::uint64_t count) noexcept {
  requests += count;
  for (const Field field : kFields) {
    const auto i = static_cast<std::size_t>(field);
    if ((traits.fields() & bit_of(field)) == 0) absent[i] += count;
    if ((traits.undecided() & bit_of(field)) != 0) undecided[i] += count;
  }
  if (traits.undecided() != 0) undecided_requests += count;
  if (traits.has_address_host()) address_hosts += count;
}

void RowQuality::add(const RowQuality& other) {
  requests += other.requests;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    absent[i] += other.absent[i];
    undecided[i] += other.undecided[i];
  }
  undecided_requests += other.undecided_requests;
  address_hosts += other.address_hosts;
  minutes.add(other.minutes);
}

void RowQuality::clear() noexcept {
  requests = 0;
  absent = {};
  undecided = {};
  undecided_requests = 0;
  address_hosts = 0;
  minutes.clear();
}

}  // namespace dosimeter::sim
