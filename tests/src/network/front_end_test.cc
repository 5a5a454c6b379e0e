#include "network/front_end.h"

#include <gtest/gtest.h>

#include "support/known_networks.h"

namespace edgel3 {
namespace {

TEST(FrontEndTest, HasTheSizesOfEdgeL3) {
  EXPECT_EQ(kSeaFrontEnd.frames(), 50U);
  EXPECT_EQ(kSeaFrontEnd.pad_left(), 432U);
  EXPECT_EQ(kSeaFrontEnd.bins(), 513U);
  EXPECT_EQ(kSparseFrontEnd.frames(), 199U);
  EXPECT_EQ(kSparseFrontEnd.pad_left(), 982U);
  EXPECT_EQ(kSparseFrontEnd.bins(), 1025U);
}

TEST(FrontEndTest, HasTheSizesOfOpenL3) {
  EXPECT_EQ(kOpenL3LinearFrontEnd.bands(), 257U);
  EXPECT_EQ(kOpenL3LinearFrontEnd.frames(), 197U);
  EXPECT_EQ(kOpenL3LinearFrontEnd.pad_left(), 0U);
  EXPECT_EQ(kOpenL3Mel128FrontEnd.bands(), 128U);
  EXPECT_EQ(kOpenL3Mel128FrontEnd.frames(), 199U);
  EXPECT_EQ(kOpenL3Mel128FrontEnd.pad_left(), 0U);
}

TEST(FrontEndTest, KnowsWhereTheFirstColumnLies) {
  EXPECT_EQ(kSeaFrontEnd.first_middle(), 80U);
  EXPECT_EQ(kSparseFrontEnd.first_middle(), 42U);
  EXPECT_EQ(kOpenL3LinearFrontEnd.first_middle(), 256U);
  EXPECT_EQ(kOpenL3Mel128FrontEnd.first_middle(), 1024U);
}

TEST(FrontEndTest, PadsAnOddZeroBehind) {
  constexpr FrontEnd kOdd{.sample_rate = 8000, .fft_size = 1023, .hop = 160, .mel_bands = 64};
  EXPECT_EQ(kOdd.pad_left(), 431U);
}

TEST(FrontEndTest, PadsNothingWhereColumnsAreShorterThanTheirDistance) {
  constexpr FrontEnd kShort{.sample_rate = 8000, .fft_size = 64, .hop = 100, .mel_bands = 4};
  EXPECT_EQ(kShort.frames(), 80U);
  EXPECT_EQ(kShort.pad_left(), 0U);
}

}  // namespace
}  // namespace edgel3
