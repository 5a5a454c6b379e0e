#include "mel/decibel.h"

#include <gtest/gtest.h>

#include <array>

namespace edgel3 {
namespace {

TEST(DecibelTest, TakesTenLogarithmsOfTheAmplitude) {
  std::array<double, 6> powers = {1, 100, 1e-4, 1e-20, 1e-30, 0};
  to_decibel(powers);
  const std::array<double, 6> expected = {0, 10, -20, -100, -100, -100};
  for (std::size_t i = 0; i < powers.size(); ++i) EXPECT_NEAR(powers[i], expected[i], 1e-13) << i;
}

TEST(DecibelTest, IsRelativeToTheMaximumAndCutOff) {
  EXPECT_EQ(relative_decibel(12.5, 12.5), 0.0);
  EXPECT_EQ(relative_decibel(-60, 12.5), -72.5);
  EXPECT_EQ(relative_decibel(-67.5, 12.5), -80.0);
  EXPECT_EQ(relative_decibel(-100, 12.5), -80.0);
  EXPECT_EQ(relative_decibel(-100, -100), 0.0);
}

}  // namespace
}  // namespace edgel3
