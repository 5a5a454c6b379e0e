#pragma once

#include <span>

#include "mel/f64x2.h"
#include "network/front_end.h"

namespace edgel3 {

/// Replaces numbers from 0 to the largest double, which are amplitudes or, as `summed` says, their squares,
/// by kapre's decibels: 10 * log10(max(amplitude, floor)), within 1e-15 and three units in the last place.
/// That is 10 and not 20, although it is an amplitude. `floor`: 1e-100 to 1.
void to_decibel(std::span<F64x2> numbers, Summed summed, double floor);

/// Decibels relative to `maximum`, cut off at -range. Silence, all of it at the maximum, becomes 0.
double relative_decibel(double decibel, double maximum, double range);

}  // namespace edgel3
