#pragma once

#include <cstddef>
#include <span>

namespace edgel3 {

/// Table points between two zero crossings of the filter's sinc.
inline constexpr std::size_t kPointsPerZeroCrossing = 512;

/// The right half of resampy 0.2.2's filter `kaiser_best` (a sinc under a Kaiser window), from its center to
/// its 64th zero crossing: 64 * kPointsPerZeroCrossing + 1 points. Made on first use, then shared.
std::span<const double> kaiser_best_half_window();

}  // namespace edgel3
