#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace dosimeter::detail {

/// One atomic word for a second in which a quota is spent and requests are borrowed: its number
/// above one bit for the request that was borrowed and 28 for those that were taken.
inline constexpr unsigned kTakenBits = 28;
inline constexpr std::uint64_t kTakenMask = (std::uint64_t{1} << kTakenBits) - 1;
inline constexpr std::uint64_t kBorrowedBit = std::uint64_t{1} << kTakenBits;

/// Takes one of `quota`, or borrows one, in second number `number`; the rest as in
/// take_from_window.
template <typename Atomic>
bool take_or_borrow(Atomic& word, std::uint64_t number, std::uint32_t quota, bool borrows,
                    bool restarts) noexcept {
  const std::uint64_t most = std::min<std::uint64_t>(quota, kTakenMask);
  std::uint64_t seen = word.load(std::memory_order_relaxed);
  for (;;) {
    const std::uint64_t seen_number = seen >> (kTakenBits + 1);
    const bool rolls = seen_number < number || (seen_number > number && restarts);
    const std::uint64_t now = rolls ? number << (kTakenBits + 1) : seen;
    const bool taken = borrows ? (now & kBorrowedBit) == 0 : (now & kTakenMask) < most;
    const std::uint64_t desired = !taken ? now : borrows ? now | kBorrowedBit : now + 1;
    if (desired == seen) return taken;
    if (word.compare_exchange_weak(seen, desired, std::memory_order_relaxed)) return taken;
  }
}

}  // namespace dosimeter::detail
