#include "sim/replay/row_multiplier.h"

#include "sim/replay/replay_result.h"

#include <cmath>

namespace dosimeter::sim {
namespace {

constexpr std::uint64_t kTooMany = kMaximumRequests + 1;
/// Doubles of [0, 1) are so many apart.
constexpr unsigned kDrawBits = 53;

/// The finisher of SplitMix64: every bit hangs on every other.
std::uint64_t mixed(std::uint64_t number) noexcept {
  number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9u;
  number = (number ^ (number >> 27)) * 0x94D049BB133111EBu;
  return number ^ (number >> 31);
}

std::uint64_t with(std::uint64_t hash, std::uint64_t number) noexcept {
  return mixed(hash + 0x9E3779B97F4A7C15u + number);
}

/// An absent text is another than an empty one.
std::uint64_t with(std::uint64_t hash, const FieldText& text) noexcept {
  return with(hash, text ? RowKey::of(*text, 1).hash : 0);
}

/// At most kTooMany.
std::uint64_t product(std::uint64_t a, std::uint64_t b) noexcept {
  std::uint64_t result = 0;
  return __builtin_mul_overflow(a, b, &result) || result > kTooMany ? kTooMany : result;
}

}  // namespace

RowMultiplier::RowMultiplier(const TrafficScale& scale)
    : scale_(scale),
      copies_(static_cast<std::uint64_t>(scale.factor)),
      share_(scale.factor - std::floor(scale.factor)) {
  if (scale.draws()) occurrences_.emplace(scale.occurrence_bytes);
}

std::uint64_t RowMultiplier::requests(const LogRow& row) {
  const std::uint64_t count = product(row.count, scale_.sample_of);
  if (count == kTooMany) return kTooMany;
  std::uint64_t all = product(count, copies_);
  if (occurrences_) {
    const double part = static_cast<double>(count) * share_;
    const double whole = std::floor(part);
    const std::uint64_t of_row = hash(row);
    const std::uint64_t number = with(of_row, occurrences_->next(of_row, row.time));
    const double draw =
        std::ldexp(static_cast<double>(number >> (64 - kDrawBits)), -static_cast<int>(kDrawBits));
    all += static_cast<std::uint64_t>(whole) + (draw < part - whole ? 1 : 0);
  }
  return all > kTooMany ? kTooMany : all;
}

std::uint64_t RowMultiplier::hash(const LogRow& row) const noexcept {
  std::uint64_t hash = mixed(scale_.seed);
  hash = with(hash, static_cast<std::uint64_t>(row.time.time_since_epoch().count()));
  hash = with(hash, row.count);
  hash = with(hash, std::uint64_t{row.status});
  for (const FieldText* text : {&row.service_name, &row.service_type, &row.host, &row.http_method,
                                &row.target, &row.resource_arn, &row.trace_header, &row.instance}) {
    hash = with(hash, *text);
  }
  return hash;
}

}  // namespace dosimeter::sim
