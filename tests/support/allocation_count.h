#pragma once

#include <cstddef>

/// How often this thread has called operator new. Links a counting operator new into the test
/// program.
std::size_t allocation_count() noexcept;
