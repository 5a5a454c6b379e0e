#include "mel/window_function.h"

#include <cmath>
#include <numbers>

namespace edgel3 {
namespace {

float hann(std::size_t n, std::size_t size) {
  const double angle = 2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(size);
  return static_cast<float>(0.5 - 0.5 * std::cos(angle));
}

/// The cosine is the float32 nearest to that of the rounded angle.
float hann_float32(std::size_t n, std::size_t size) {
  constexpr auto kCircle = static_cast<float>(2 * std::numbers::pi);
  const float angle = kCircle * static_cast<float>(n) / static_cast<float>(size);
  const auto cosine = static_cast<float>(std::cos(double{angle}));
  return 0.5F - 0.5F * cosine;
}

}  // namespace

std::vector<float> window_values(WindowFunction function, std::size_t size) {
  std::vector<float> values(size);
  for (std::size_t n = 0; n < size; ++n) {
    values[n] = function == WindowFunction::kHann ? hann(n, size) : hann_float32(n, size);
  }
  return values;
}

}  // namespace edgel3
