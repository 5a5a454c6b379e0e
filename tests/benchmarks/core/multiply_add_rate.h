#pragma once

#include <cstddef>

namespace edgel3::benchmarks {

/// The fastest that 128-bit loads, each feeding one multiply-add, can be: aligned, from a buffer that stays
/// in the first-level cache, with as many independent sums as the registers hold. Goes `repetitions` times
/// over the buffer and returns how many multiply-adds of single numbers that were.
double load_and_multiply_add(std::size_t repetitions);

}  // namespace edgel3::benchmarks
