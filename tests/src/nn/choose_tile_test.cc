#include "nn/choose_tile.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <vector>

namespace edgel3 {
namespace {

using Channels = std::array<std::size_t, kConvolutionCount>;
constexpr Channels kL3Channels{64, 64, 128, 128, 256, 256, 512, 512};
constexpr Channels kSea64Channels{32, 32, 64, 64, 128, 128, 64, 64};

Architecture architecture(PlaneSize input, const Channels& channels) {
  return {.input = input,
          .channels = channels,
          .pooling = {false, true, false, true, false, true, false, false},
          .final_pooling = {.height = 1, .width = 1}};
}

/// Rows, and columns, of the tiles of convolutions 1 to 7.
std::vector<std::size_t> sides(const Architecture& architecture) {
  std::vector<std::size_t> sides;
  for (std::size_t layer = 1; layer < kConvolutionCount; ++layer) {
    sides.push_back(choose_tile(architecture, layer).side);
  }
  return sides;
}

TEST(ChooseTileTest, TakesLargeTilesInTheFirstConvolutions) {
  const std::vector<std::size_t> expected{4, 4, 4, 2, 2, 2, 2};
  EXPECT_EQ(sides(architecture({.height = 64, .width = 50}, kSea64Channels)), expected);
  EXPECT_EQ(sides(architecture({.height = 256, .width = 199}, kL3Channels)), expected);
}

TEST(ChooseTileTest, TakesNoLargeTilesWithTooManyWeights) {
  EXPECT_EQ(sides(architecture({.height = 256, .width = 199}, {64, 128, 128, 136, 256, 256, 512, 512})),
            (std::vector<std::size_t>{4, 4, 2, 2, 2, 2, 2}));
}

TEST(ChooseTileTest, TakesNoLargeTilesThatReachFarPastThePlane) {
  EXPECT_EQ(sides(architecture({.height = 2, .width = 199}, kSea64Channels)),
            (std::vector<std::size_t>{2, 2, 2, 2, 2, 2, 2}));
}

TEST(ChooseTileTest, ComputesNoRowAndNoColumnThatPoolingDrops) {
  const Architecture odd = architecture({.height = 257, .width = 197}, kL3Channels);
  EXPECT_EQ(computed_plane(odd, 0), (PlaneSize{.height = 257, .width = 197}));
  EXPECT_EQ(computed_plane(odd, 1), (PlaneSize{.height = 256, .width = 196}));
  EXPECT_EQ(computed_plane(odd, 2), (PlaneSize{.height = 128, .width = 98}));
}

}  // namespace
}  // namespace edgel3
