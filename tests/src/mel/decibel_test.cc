#include "mel/decibel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "support/noise.h"
#include "support/pairs.h"

namespace edgel3 {
namespace {

std::vector<double> decibels(const std::vector<double>& numbers, Summed summed = Summed::kPower) {
  std::vector<F64x2> pairs = side_by_side(numbers, noise(numbers.size(), 1));
  to_decibel(pairs, summed, 1e-10);
  return lane(pairs, 0);
}

TEST(DecibelTest, TakesTenLogarithmsOfTheAmplitude) {
  const std::vector<double> actual = decibels({1, 100, 1e-4, 1e-20, 1e-30, 5e-324, 0});
  const std::vector<double> expected = {0, 10, -20, -100, -100, -100, -100};
  for (std::size_t i = 0; i < actual.size(); ++i) EXPECT_NEAR(actual[i], expected[i], 4e-14) << i;
}

TEST(DecibelTest, TakesAmplitudesToo) {
  const std::vector<double> actual = decibels({1, 10, 1e-4, 1e-10, 1e-30, 0}, Summed::kMagnitude);
  const std::vector<double> expected = {0, 10, -40, -100, -100, -100};
  for (std::size_t i = 0; i < actual.size(); ++i) EXPECT_NEAR(actual[i], expected[i], 4e-14) << i;
}

TEST(DecibelTest, EqualsTheLogarithmOfTheStandardLibrary) {
  // Over all that float samples can make, and closely on both sides of where the exponent changes.
  std::vector<double> powers;
  for (int exponent = -66; exponent < 280; ++exponent) {
    for (const double factor : {1.0, 1 + 0x1p-52, 1.2, std::numbers::sqrt2 - 0x1p-52, std::numbers::sqrt2,
                                std::numbers::sqrt2 + 0x1p-52, 1.7, 2 - 0x1p-52}) {
      powers.push_back(std::ldexp(factor, exponent));
    }
  }
  for (const double number : noise(10000, 2)) powers.push_back(1 + number);
  const std::vector<double> actual = decibels(powers);
  for (std::size_t i = 0; i < powers.size(); ++i) {
    const double expected = 5 * std::log10(std::max(powers[i], 1e-20));
    EXPECT_NEAR(actual[i], expected, 1e-15 + 6e-16 * std::abs(expected)) << powers[i];
  }
}

TEST(DecibelTest, IsRelativeToTheMaximumAndCutOff) {
  EXPECT_EQ(relative_decibel(12.5, 12.5, 80), 0.0);
  EXPECT_EQ(relative_decibel(-60, 12.5, 80), -72.5);
  EXPECT_EQ(relative_decibel(-67.5, 12.5, 80), -80.0);
  EXPECT_EQ(relative_decibel(-100, 12.5, 80), -80.0);
  EXPECT_EQ(relative_decibel(-100, -100, 80), 0.0);
  EXPECT_EQ(relative_decibel(-100, 0, 60), -60.0);
}

}  // namespace
}  // namespace edgel3
