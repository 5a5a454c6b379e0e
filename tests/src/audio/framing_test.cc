#include "audio/framing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace edgel3 {
namespace {

TEST(FramingTest, TruncatesTheHop) {
  EXPECT_EQ(hop_length(0.1, 8000), 800U);
  EXPECT_EQ(hop_length(0.1, 48000), 4800U);
  EXPECT_EQ(hop_length(0.3, 48000), 14400U);
  // The double product lies below what the decimal number says.
  EXPECT_EQ(hop_length(0.0371, 8000), 296U);
  EXPECT_EQ(hop_length(0.29, 48000), 13919U);
  EXPECT_EQ(hop_length(0.57, 48000), 27359U);
  EXPECT_EQ(hop_length(0.58, 48000), 27839U);
  EXPECT_EQ(hop_length(1.13, 48000), 54239U);
  EXPECT_EQ(hop_length(2.01, 8000), 16079U);
  EXPECT_EQ(hop_length(4.06, 8000), 32479U);
  EXPECT_EQ(hop_length(1.0 / 8000, 8000), 1U);
  EXPECT_EQ(hop_length(kMaxHopSize, 48000), 28800000U);
}

TEST(FramingTest, RefusesUnusableHops) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double hop : {0.0, -0.1, std::nan(""), kInfinity, -kInfinity, 0.000124, 1e-300, 600.1, 1e300}) {
    const Result<std::size_t> result = hop_length(hop, 8000);
    ASSERT_FALSE(result) << hop;
    EXPECT_EQ(result.error().code, ErrorCode::kHopInvalid);
  }
}

TEST(FramingTest, CentersTheFirstWindow) {
  EXPECT_EQ(center_padding(8000), 4000U);
  EXPECT_EQ(center_padding(48000), 24000U);
}

/// edgel3/core.py: frame count and padding in Python's double arithmetic.
TEST(FramingTest, PadsToWholeHopsLikePython) {
  for (const std::size_t window : {8000UZ, 48000UZ}) {
    for (const std::size_t hop : {1UZ, 296UZ, 800UZ, 13919UZ, 54239UZ}) {
      for (const std::size_t length : {1UZ, window - 1, window, window + 1, window + hop - 1, window + hop,
                                       window + hop + 1, 3 * window + 17, 1000 * window + 5}) {
        const double beyond = static_cast<double>(length) - static_cast<double>(window);
        const double hops = beyond / static_cast<double>(hop);
        const double padding = beyond < 0 ? -beyond : std::ceil(hops) * static_cast<double>(hop) - beyond;
        EXPECT_EQ(end_padding(length, window, hop), static_cast<std::size_t>(padding))
            << length << " samples, hop " << hop;

        const std::size_t padded = length + end_padding(length, window, hop);
        const double frames = 1 + std::floor(static_cast<double>(padded - window) / static_cast<double>(hop));
        EXPECT_EQ(window_count(padded, window, hop), static_cast<std::size_t>(frames));
      }
    }
  }
}

TEST(FramingTest, PadsSignalsBeyondFourGigasamples) {
  EXPECT_EQ(end_padding(10'000'000'001, 48000, 4800), 3199U);
}

}  // namespace
}  // namespace edgel3
