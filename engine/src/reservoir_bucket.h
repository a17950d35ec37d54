#pragma once

#include "engine/src/clock_reading.h"
#include "engine/src/two_words.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>

/// Buckets. What one holds is told by the time at which it would have been empty if it had gained
/// all along (its floor), so that time alone fills it: it holds what flows in from there to now, a
/// second's at most, and a token moves the floor on by its price. A word of 0 is a bucket that has
/// not begun.
namespace dosimeter::detail {

/// No time that nanoseconds_of gives becomes 0.
inline std::uint64_t word_of(std::int64_t time) noexcept {
  return static_cast<std::uint64_t>(time) ^ (std::uint64_t{1} << 63);
}
inline std::int64_t time_of(std::uint64_t word) noexcept {
  return static_cast<std::int64_t>(word ^ (std::uint64_t{1} << 63));
}

/// The floor counts whole readings of the clock, of which `per_second` make a second. `Atomic` as
/// in take_from_window. REQUIRES: size > 0, likewise below.
template <typename Atomic>
bool take_whole_readings(Atomic& word, std::int64_t now, std::uint32_t size,
                         std::int64_t per_second, bool starts_full) noexcept {
  // As the recorders have it: a division by a quotient, and no fraction.
  const double rate = size / static_cast<double>(per_second);
  const auto price = static_cast<std::int64_t>(1.0 / rate);
  const auto most = static_cast<std::int64_t>(size / rate);
  std::uint64_t seen = word.load(std::memory_order_relaxed);
  for (;;) {
    const std::int64_t floor = seen != 0 ? time_of(seen) : now - (starts_full ? most : 0);
    // Of a time before the floor it is all one how long before.
    const std::int64_t held = std::clamp<std::int64_t>(difference(now, floor), -1, most);
    const std::int64_t left = held - price;
    const bool taken = left >= 0;
    if (!taken && seen != 0) return false;
    if (word.compare_exchange_weak(seen, word_of(taken ? now - left : floor),
                                   std::memory_order_relaxed)) {
      return taken;
    }
  }
}

inline std::uint64_t word_of(double time) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(time);
  return bits != 0 ? bits : std::bit_cast<std::uint64_t>(-0.0);
}

/// The floor is a floating-point number of milliseconds, and so is the price of a token.
template <typename Atomic>
bool take_floating_milliseconds(Atomic& word, double now, double price, bool starts_full) noexcept {
  constexpr double kMost = 1000.0;
  std::uint64_t seen = word.load(std::memory_order_relaxed);
  for (;;) {
    const double floor = seen != 0 ? std::bit_cast<double>(seen) : now - (starts_full ? kMost : 0);
    const double left = std::min(now - floor, kMost) - price;
    const bool taken = left >= 0;
    if (!taken && seen != 0) return false;
    if (word.compare_exchange_weak(seen, word_of(taken ? now - left : floor),
                                   std::memory_order_relaxed)) {
      return taken;
    }
  }
}

/// The floor is a whole number of readings and a fraction of one in parts of `size`, in the second
/// word below the size itself. Of a bucket whose size has changed the fraction is lost.
template <typename Words>
bool take_exactly(Words words, std::int64_t now, std::uint32_t size, std::int64_t per_second,
                  bool starts_full) noexcept {
  TwoWordValue seen = words.load();
  for (;;) {
    std::int64_t floor = now - (starts_full ? per_second : 0);
    std::uint64_t parts = 0;
    if (seen.first != 0) {
      floor = time_of(seen.first);
      if (seen.second >> 32 == size) parts = seen.second & 0xFFFFFFFF;
      if (floor < now - per_second) {
        floor = now - per_second;
        parts = 0;
      }
    }
    std::int64_t next = floor;
    std::uint64_t next_parts = parts;
    // A floor this late has no token to give, and no room for its price.
    if (floor < now) {
      next += per_second / size;
      next_parts += static_cast<std::uint64_t>(per_second % size);
      if (next_parts >= size) {
        next_parts -= size;
        ++next;
      }
    }
    const bool taken = floor < now && (next < now || (next == now && next_parts == 0));
    if (!taken && seen.first != 0) return false;
    const TwoWordValue desired =
        taken ? TwoWordValue{word_of(next), std::uint64_t{size} << 32 | next_parts}
              : TwoWordValue{word_of(floor), std::uint64_t{size} << 32 | parts};
    if (words.compare_exchange(seen, desired)) return taken;
  }
}

/// A bucket that gains only when it is asked while it holds less than one token: the first word is
/// when it last did, the second what it holds, in billionths of a token. A bucket that is borrowed
/// from begins with one token, and gains one at most, on top of what it holds.
template <typename Words>
bool take_lazily(Words words, std::int64_t now, std::uint32_t size, bool borrows) noexcept {
  constexpr auto kToken = static_cast<std::uint64_t>(kNanosecondsPerSecond);
  TwoWordValue seen = words.load();
  for (;;) {
    std::int64_t gained_at = now;
    std::uint64_t holds = (borrows ? 1 : size) * kToken;
    if (seen.first != 0) {
      gained_at = time_of(seen.first);
      holds = seen.second;
      if (holds < kToken) {
        const auto passed = static_cast<std::uint64_t>(
            std::clamp<std::int64_t>(difference(now, gained_at), 0, kNanosecondsPerSecond));
        gained_at = std::max(gained_at, now);
        holds = borrows ? holds + passed : std::min(holds + passed * size, size * kToken);
      }
    }
    const bool taken = holds >= kToken;
    if (taken) holds -= kToken;
    const TwoWordValue desired = {word_of(gained_at), holds};
    if (desired.first == seen.first && desired.second == seen.second) return taken;
    if (words.compare_exchange(seen, desired)) return taken;
  }
}

}  // namespace dosimeter::detail
