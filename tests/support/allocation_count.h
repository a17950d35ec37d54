#pragma once

#include <cstddef>

/// How often this thread has called operator new, and operator delete on something. Links counting
/// operators into the test program.
std::size_t allocation_count() noexcept;
std::size_t deallocation_count() noexcept;

/// While one exists, operator new fails on this thread after so many allocations.
class AllocationLimit {
 public:
  explicit AllocationLimit(std::size_t allowed) noexcept;
  ~AllocationLimit();
  AllocationLimit(const AllocationLimit&) = delete;
  AllocationLimit& operator=(const AllocationLimit&) = delete;
};
