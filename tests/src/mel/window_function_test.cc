#include "mel/window_function.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace edgel3 {
namespace {

TEST(WindowFunctionTest, IsPeriodicHannInFloat32) {
  for (const std::size_t size : {4UZ, 1024UZ, 2048UZ}) {
    const std::vector<float> window = window_values(WindowFunction::kHann, size);
    ASSERT_EQ(window.size(), size);
    EXPECT_EQ(window[0], 0.0F);
    EXPECT_EQ(window[size / 4], 0.5F);
    EXPECT_EQ(window[size / 2], 1.0F);
    for (std::size_t n = 0; n < size; ++n) {
      const double sine = std::sin(std::numbers::pi * static_cast<double>(n) / static_cast<double>(size));
      EXPECT_NEAR(window[n], sine * sine, 3e-8) << n;
    }
  }
}

TEST(WindowFunctionTest, TakesEveryStepInFloat32AsTensorFlowDoes) {
  const std::vector<float> window = window_values(WindowFunction::kHannFloat32, 2048);
  const std::vector<float> rounded_once = window_values(WindowFunction::kHann, 2048);
  EXPECT_NE(window, rounded_once);
  for (std::size_t n = 0; n < window.size(); ++n) EXPECT_NEAR(window[n], rounded_once[n], 2.4e-7) << n;
  EXPECT_EQ(window[0], 0.0F);
  EXPECT_EQ(window[1], 2.3543834686279297e-06F);
  EXPECT_EQ(window[447], 0.4009508490562439F);
  EXPECT_EQ(window[1234], 0.899768590927124F);
  EXPECT_EQ(window[2047], 2.3543834686279297e-06F);
}

}  // namespace
}  // namespace edgel3
