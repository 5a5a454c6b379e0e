#include "network/front_end.h"

#include <gtest/gtest.h>

namespace edgel3 {
namespace {

TEST(FrontEndTest, HasTheSizesOfEdgeL3) {
  EXPECT_EQ(kSeaFrontEnd.frames, 50U);
  EXPECT_EQ(kSeaFrontEnd.pad_left, 432U);
  EXPECT_EQ(kSeaFrontEnd.bins(), 513U);
  EXPECT_EQ(kSparseFrontEnd.frames, 199U);
  EXPECT_EQ(kSparseFrontEnd.pad_left, 982U);
  EXPECT_EQ(kSparseFrontEnd.bins(), 1025U);
}

TEST(FrontEndTest, PadsAnOddZeroBehind) { EXPECT_EQ(front_end(8000, 1023, 160, 64).pad_left, 431U); }

}  // namespace
}  // namespace edgel3
