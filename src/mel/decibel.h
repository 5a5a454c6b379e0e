#pragma once

#include <span>

#include "mel/f64x2.h"

namespace edgel3 {

/// Replaces each mel power, from 0 to the largest double, by kapre 0.1.4's decibels of its square root:
/// 10 * log10(max(amplitude, 1e-10)), within 1e-15 and three units in the last place. That is 10 and not 20,
/// although the square root is an amplitude.
void to_decibel(std::span<F64x2> powers);

/// Decibels relative to `maximum`, cut off at -80. Silence, all of it at the maximum, becomes 0.
double relative_decibel(double decibel, double maximum);

}  // namespace edgel3
