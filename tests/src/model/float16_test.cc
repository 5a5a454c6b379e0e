#include "model/float16.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/float16_bits.h"

namespace edgel3 {
namespace {

/// The magnitude of a binary16 number that is not NaN, by the definition of the format.
double magnitude(unsigned bits) {
  const int exponent = static_cast<int>(bits >> 10U & 31U);
  const int mantissa = static_cast<int>(bits & 1023U);
  if (exponent == 31) return std::numeric_limits<double>::infinity();
  return exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
}

TEST(Float16Test, ConvertsEveryPattern) {
  for (unsigned bits = 0; bits <= 0xFFFF; ++bits) {
    const float number = float16_to_float32(static_cast<std::uint16_t>(bits));
    ASSERT_EQ(std::signbit(number), bits >= 0x8000) << bits;
    if ((bits & 0x7FFFU) > 0x7C00) {
      ASSERT_TRUE(std::isnan(number)) << bits;
    } else {
      ASSERT_EQ(std::abs(number), magnitude(bits)) << bits;
    }
  }
}

TEST(Float16Test, EveryNumberIsTheNearestToItself) {
  for (unsigned bits = 0; bits < 0x7C00; ++bits) {
    const double number = magnitude(bits);
    ASSERT_EQ(float16_bits(number), bits);
    ASSERT_EQ(float16_bits(-number), bits | 0x8000U);
    // Between it and the next one: the even one.
    if (bits + 1 < 0x7C00) {
      ASSERT_EQ(float16_bits((number + magnitude(bits + 1)) / 2), bits + (bits & 1U));
    }
  }
  EXPECT_EQ(float16_bits(65'520), 0x7C00);
  EXPECT_EQ(float16_bits(std::numeric_limits<double>::infinity()), 0x7C00);
}

}  // namespace
}  // namespace edgel3
