#include "tests/support/allocation_count.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <new>

namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

thread_local std::size_t allocations = 0;
thread_local std::size_t deallocations = 0;
thread_local std::int64_t bytes = 0;
thread_local std::int64_t highest = 0;
thread_local std::size_t allowed_allocations = kNoLimit;

void* allocate(std::size_t size, std::size_t alignment) {
  ++allocations;
  if (allowed_allocations == 0) throw std::bad_alloc();
  if (allowed_allocations != kNoLimit) --allowed_allocations;
  const std::size_t whole = (size + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, whole == 0 ? alignment : whole);
  if (memory == nullptr) throw std::bad_alloc();
  bytes += static_cast<std::int64_t>(::malloc_usable_size(memory));
  highest = std::max(highest, bytes);
  return memory;
}

void release(void* memory) noexcept {
  if (memory != nullptr) {
    ++deallocations;
    bytes -= static_cast<std::int64_t>(::malloc_usable_size(memory));
  }
  std::free(memory);
}

}  // namespace

AllocationLimit::AllocationLimit(std::size_t allowed) noexcept {
  allowed_allocations = allowed;
}
AllocationLimit::~AllocationLimit() {
  allowed_allocations = kNoLimit;
}

std::size_t deallocation_count() noexcept {
  return deallocations;
}
std::size_t allocation_count() noexcept {
  return allocations;
}
std::int64_t held_bytes() noexcept {
  return bytes;
}
std::int64_t highest_bytes() noexcept {
  return highest;
}
void reset_highest_bytes() noexcept {
  highest = bytes;
}

void* operator new(std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
void* operator new[](std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
// std::stable_sort asks for its buffer in this way.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return allocate(size, alignof(std::max_align_t));
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void* operator new[](std::size_t size, const std::nothrow_t& nothrow) noexcept {
  return operator new(size, nothrow);
}
void operator delete(void* memory) noexcept {
  release(memory);
}
void operator delete[](void* memory) noexcept {
  release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  release(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  release(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
  release(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  release(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
  release(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  release(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  release(memory);
}
