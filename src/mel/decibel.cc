#include "mel/decibel.h"

#include <algorithm>
#include <cmath>

namespace edgel3 {

void to_decibel(std::span<double> powers) {
  for (double& value : powers) value = 10 * std::log10(std::max(std::sqrt(value), 1e-10));
}

double relative_decibel(double decibel, double maximum) { return std::max(decibel - maximum, -80.0); }

}  // namespace edgel3
