#include "sim/breakdown/group_part.h"

namespace dosimeter::sim {
namespace {

void add_at(std::vector<std::uint64_t>& counts, std::size_t at, std::uint64_t count) {
  if (counts.size() <= at) counts.resize(at + 1);
  counts[at] += count;
}

}  // namespace

void GroupPart::clear() {
  endpoints_.clear();
  counts_.clear();
  decided_.clear();
  upstream_.clear();
  upstream_by_hour_.clear();
}

void GroupPart::add(const LogRow& row, const Request&, std::uint32_t cell, bool decides) {
  if (row.count == 0) return;
  if (tables_.by_status) {
    count(static_cast<std::uint32_t>(status_class(row.status)), row.count, cell, decides);
  }
  if (tables_.by_endpoint) {
    const std::uint32_t number = endpoints_.add(text_.fold(row.http_method, row.target));
    count(kFirstEndpointGroup + number, row.count, cell, decides);
  }
  if (!tables_.by_hour) return;
  if (decides) {
    add_at(decided_, cell, row.count);
  } else {
    const std::int64_t second = calendar_second(row.time).time_since_epoch().count();
    upstream_by_hour_[hour_of_second(second)] += row.count;
  }
}

void GroupPart::count(std::uint32_t group, std::uint64_t requests, std::uint32_t cell,
                      bool decides) {
  if (decides) {
    counts_.add(cell, group, requests);
  } else {
    add_at(upstream_, group, requests);
  }
}

}  // namespace dosimeter::sim
