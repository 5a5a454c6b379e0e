#include "audio/kaiser_best.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace edgel3 {
namespace {

/// The Bessel function by its integral, mean of exp(x cos t) over a circle, which 64 points give to the last
/// digits.
double bessel_i0(double x) {
  double sum = 0;
  for (int i = 0; i < 64; ++i) sum += std::exp(x * std::cos(2 * std::numbers::pi * i / 64));
  return sum / 64;
}

TEST(KaiserBestTest, IsAKaiserWindowedSinc) {
  constexpr double kRolloff = 0.9475937167399596;
  constexpr double kBeta = 14.769656459379492;
  const std::span<const double> window = kaiser_best_half_window();
  ASSERT_EQ(window.size(), 32769U);
  EXPECT_EQ(window[0], kRolloff);
  for (std::size_t m = 1; m < window.size(); m += 17) {
    const double angle = std::numbers::pi * kRolloff * static_cast<double>(m) / 512;
    const double position = static_cast<double>(m) / 32768;
    const double taper = bessel_i0(kBeta * std::sqrt(1 - position * position)) / bessel_i0(kBeta);
    EXPECT_NEAR(window[m], kRolloff * std::sin(angle) / angle * taper, 3e-15) << m;
  }
}

TEST(KaiserBestTest, MeetsTheValuesOfNumpy) {
  const std::span<const double> window = kaiser_best_half_window();
  EXPECT_NEAR(window[1], 0.947588371269956, 2e-15);
  EXPECT_NEAR(window[256], 0.6341878970614925, 2e-15);
  EXPECT_NEAR(window[540], 0.0005533584675386723, 2e-15);
  EXPECT_NEAR(window[10000], 0.008256852583604304, 2e-15);
  EXPECT_NEAR(window[32768], 1.6401183069347283e-08, 1e-22);
}

}  // namespace
}  // namespace edgel3
