#include "network/architecture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "support/known_networks.h"

namespace edgel3 {
namespace {

double million_multiply_adds(const Architecture& architecture, std::size_t layer) {
  const PlaneSize plane = architecture.plane(layer);
  return static_cast<double>(architecture.weight_count(layer) * plane.height * plane.width) / 1e6;
}

TEST(ArchitectureTest, HalvesThePlaneBetweenBlocks) {
  const Architecture sparse = known_network("sparse", 512).architecture;
  const Architecture sea = known_network("sea", 64).architecture;
  const std::vector<PlaneSize> sparse_planes = {{256, 199}, {128, 99}, {64, 49}, {32, 24}};
  const std::vector<PlaneSize> sea_planes = {{64, 50}, {32, 25}, {16, 12}, {8, 6}};
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    EXPECT_EQ(sparse.plane(layer), sparse_planes[layer / 2]) << layer;
    EXPECT_EQ(sea.plane(layer), sea_planes[layer / 2]) << layer;
    EXPECT_EQ(sea.has_pooling(layer), layer == 1 || layer == 3 || layer == 5) << layer;
    EXPECT_EQ(sparse.has_relu(layer), layer < 7) << layer;
    EXPECT_TRUE(sea.has_relu(layer)) << layer;
  }
}

TEST(ArchitectureTest, PutsTheMaximaIntoAGrid) {
  const Architecture whole = known_network("openl3", 512).architecture;
  EXPECT_EQ(whole.grid(), (PlaneSize{.height = 1, .width = 1}));
  EXPECT_EQ(whole.embedding_dimension(), 512U);
  EXPECT_EQ(whole.final_place(31, 23), 0U);
  const Architecture grid = known_network("openl3", 6144).architecture;
  EXPECT_EQ(grid.grid(), (PlaneSize{.height = 4, .width = 3}));
  EXPECT_EQ(grid.embedding_dimension(), 6144U);
  EXPECT_EQ(grid.final_place(7, 7), 0U);
  EXPECT_EQ(grid.final_place(7, 8), 1U);
  EXPECT_EQ(grid.final_place(8, 0), 3U);
  EXPECT_EQ(grid.final_place(31, 23), 11U);
}

TEST(ArchitectureTest, ChainsTheChannels) {
  const Architecture sea = known_network("sea", 64).architecture;
  EXPECT_EQ(sea.in_channels(0), 1U);
  EXPECT_EQ(sea.weight_count(0), 288U);
  EXPECT_EQ(sea.in_channels(6), 128U);
  EXPECT_EQ(sea.weight_count(6), 128U * 64 * 9);
}

TEST(ArchitectureTest, CostsWhatUpstreamsNetworksCost) {
  // Million multiply-adds per window: of each convolution of the sparse network, in all for SEA's.
  const Architecture sparse = known_network("sparse", 512).architecture;
  const std::vector<double> per_layer = {29, 1878, 934, 1869, 925, 1850, 906, 1812};
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    EXPECT_EQ(std::round(million_multiply_adds(sparse, layer)), per_layer[layer]) << layer;
  }
  for (const auto& [width, expected] :
       {std::pair{64UZ, 122.4}, std::pair{128UZ, 131.3}, std::pair{256UZ, 159.6}, std::pair{512UZ, 636.5}}) {
    double total = 0;
    for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
      total += million_multiply_adds(known_network("sea", width).architecture, layer);
    }
    EXPECT_NEAR(total, expected, 0.05) << width;
  }
}

}  // namespace
}  // namespace edgel3
