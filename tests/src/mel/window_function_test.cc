#include "mel/window_function.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace edgel3 {
namespace {

TEST(WindowFunctionTest, IsPeriodicHannInFloat32) {
  for (const std::size_t size : {4UZ, 1024UZ, 2048UZ}) {
    const std::vector<float> window = periodic_hann(size);
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

}  // namespace
}  // namespace edgel3
