#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// The largest price file read, in bytes: one is a few hundred.
inline constexpr std::size_t kMaximumPriceFileSize = 64 * 1024;
/// The largest price and free allowance accepted: sums of money then stay far from the end of a
/// double.
inline constexpr double kMaximumPricePerMillion = 1e9;
inline constexpr std::uint64_t kMaximumFreePerMonth = 1'000'000'000'000'000;

/// What recorded traces cost, and when and where that was seen. docs/prices.md has the file's form.
struct Prices {
  /// The day the prices were looked up, `2026-11-22`.
  std::string date;
  /// For people: where they were seen. Printable UTF-8.
  std::string source;
  /// `USD`, the only one there is: reports call their fields usd_per_month.
  std::string currency;
  /// Recorded traces a calendar month that cost nothing, 0 to kMaximumFreePerMonth.
  std::uint64_t free_per_month = 0;
  /// Dollars for a million recorded traces past these, 0 to kMaximumPricePerMillion.
  double price_per_million = 0;
};

/// Reads a price file's text; `name` is what messages call it. The door for prices: whatever the
/// text, bounded memory and one clear line. Errors (usage): not JSON, too long, an unknown, missing
/// or repeated key, a value of the wrong type or out of its range.
[[nodiscard]] Result<Prices, Failure> load_prices(std::string_view name, std::string_view text);

/// The prices this program came with: prices.json.
[[nodiscard]] const Prices& builtin_prices();

}  // namespace dosimeter::sim
