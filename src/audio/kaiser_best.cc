#include "audio/kaiser_best.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace edgel3 {
namespace {

// The parameters resampy 0.2.2 made its `data/kaiser_best.npz` with. The formula meets that file
// within 3.3e-16.
constexpr std::size_t kZeroCrossings = 64;
constexpr double kRolloff = 0.9475937167399596;
constexpr double kBeta = 14.769656459379492;

/// Modified Bessel function of the first kind, order 0, by its power series: sum of ((x/2)^k / k!)^2.
/// All terms are positive, so the sum is accurate to a few units in the last place.
double bessel_i0(double x) {
  const double quarter_square = x * x / 4;
  double sum = 1;
  double term = 1;
  for (double k = 1; term > sum * 1e-18; ++k) {
    term *= quarter_square / (k * k);
    sum += term;
  }
  return sum;
}

double sinc(double x) {
  const double angle = std::numbers::pi * x;
  return angle == 0 ? 1 : std::sin(angle) / angle;
}

std::vector<double> make_half_window() {
  constexpr std::size_t kLast = kZeroCrossings * kPointsPerZeroCrossing;
  const double taper_at_center = bessel_i0(kBeta);
  std::vector<double> window(kLast + 1);
  for (std::size_t m = 0; m <= kLast; ++m) {
    const double crossings = static_cast<double>(m) / kPointsPerZeroCrossing;
    const double position = static_cast<double>(m) / kLast;
    const double taper = bessel_i0(kBeta * std::sqrt(1 - position * position)) / taper_at_center;
    window[m] = kRolloff * sinc(kRolloff * crossings) * taper;
  }
  return window;
}

}  // namespace

std::span<const double> kaiser_best_half_window() {
  static const std::vector<double> window = make_half_window();
  return window;
}

}  // namespace edgel3
