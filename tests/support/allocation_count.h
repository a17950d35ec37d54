#pragma once

#include <cstddef>
#include <cstdint>

/// How often this thread has called operator new, and operator delete on something. Links counting
/// operators into the program.
std::size_t allocation_count() noexcept;
std::size_t deallocation_count() noexcept;

/// How many bytes this thread has allocated in that way and not freed, as malloc rounds them up.
/// What other threads free of them still counts.
std::int64_t held_bytes() noexcept;

/// The most that held_bytes() has been since the last reset, or since the thread began.
std::int64_t highest_bytes() noexcept;
void reset_highest_bytes() noexcept;

/// While one exists, operator new fails on this thread after so many allocations.
class AllocationLimit {
 public:
  explicit AllocationLimit(std::size_t allowed) noexcept;
  ~AllocationLimit();
  AllocationLimit(const AllocationLimit&) = delete;
  AllocationLimit& operator=(const AllocationLimit&) = delete;
};
