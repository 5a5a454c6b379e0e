#include "mel/window_function.h"

#include <cmath>
#include <numbers>

namespace edgel3 {

std::vector<float> periodic_hann(std::size_t size) {
  std::vector<float> window(size);
  for (std::size_t n = 0; n < size; ++n) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(size);
    window[n] = static_cast<float>(0.5 - 0.5 * std::cos(angle));
  }
  return window;
}

}  // namespace edgel3
