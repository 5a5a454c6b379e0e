#pragma once

namespace edgel3::benchmarks {

/// Loads 128 bits and multiplies and adds them, as fast as that can be: aligned, from a buffer that stays in
/// the first-level cache, with as many independent sums as the registers hold. Stops after the pass over the
/// buffer that completes `count` multiply-adds of single numbers.
void load_and_multiply_add(double count);

}  // namespace edgel3::benchmarks
