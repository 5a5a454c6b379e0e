#include "network/architecture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

namespace edgel3 {
namespace {

double million_multiply_adds(const Architecture& architecture, std::size_t layer) {
  const PlaneSize plane = architecture.plane(layer);
  return static_cast<double>(architecture.weight_count(layer) * plane.height * plane.width) / 1e6;
}

TEST(ArchitectureTest, KnowsThePublishedNetworks) {
  struct Published {
    const char* family;
    std::size_t width;
    std::vector<std::size_t> channels;
  };
  for (const auto& [family, width, channels] : std::vector<Published>{
           {"sparse", 512, {64, 64, 128, 128, 256, 256, 512, 512}},
           {"sea", 512, {64, 64, 128, 128, 256, 256, 512, 512}},
           {"sea", 256, {32, 32, 64, 64, 128, 128, 256, 256}},
           {"sea", 128, {32, 32, 64, 64, 128, 128, 128, 128}},
           {"sea", 64, {32, 32, 64, 64, 128, 128, 64, 64}},
       }) {
    const auto architecture = find_architecture(family, width);
    ASSERT_TRUE(architecture) << family << width;
    EXPECT_EQ(family_name(architecture->family), family);
    EXPECT_EQ(architecture->embedding_dimension(), width);
    EXPECT_EQ(std::vector(architecture->channels.begin(), architecture->channels.end()), channels);
  }
}

TEST(ArchitectureTest, KnowsNoOther) {
  for (const std::size_t width : {0UZ, 1UZ, 63UZ, 65UZ, 1024UZ}) {
    EXPECT_EQ(find_architecture("sea", width), std::nullopt);
    EXPECT_EQ(find_architecture("sparse", width), std::nullopt);
  }
  EXPECT_EQ(find_architecture("sparse", 64), std::nullopt);
  EXPECT_EQ(find_architecture("", 512), std::nullopt);
  EXPECT_EQ(find_architecture("Sea", 512), std::nullopt);
  EXPECT_EQ(find_architecture("openl3", 512), std::nullopt);
}

TEST(ArchitectureTest, HalvesThePlaneBetweenBlocks) {
  const Architecture sparse = *find_architecture("sparse", 512);
  const Architecture sea = *find_architecture("sea", 64);
  const std::vector<PlaneSize> sparse_planes = {{256, 199}, {128, 99}, {64, 49}, {32, 24}};
  const std::vector<PlaneSize> sea_planes = {{64, 50}, {32, 25}, {16, 12}, {8, 6}};
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    EXPECT_EQ(sparse.plane(layer), sparse_planes[layer / 2]) << layer;
    EXPECT_EQ(sea.plane(layer), sea_planes[layer / 2]) << layer;
    EXPECT_EQ(Architecture::has_pooling(layer), layer == 1 || layer == 3 || layer == 5) << layer;
    EXPECT_EQ(sparse.has_relu(layer), layer < 7) << layer;
    EXPECT_TRUE(sea.has_relu(layer)) << layer;
  }
}

TEST(ArchitectureTest, ChainsTheChannels) {
  const Architecture sea = *find_architecture("sea", 64);
  EXPECT_EQ(sea.in_channels(0), 1U);
  EXPECT_EQ(sea.weight_count(0), 288U);
  EXPECT_EQ(sea.in_channels(6), 128U);
  EXPECT_EQ(sea.weight_count(6), 128U * 64 * 9);
}

TEST(ArchitectureTest, CostsWhatUpstreamsNetworksCost) {
  // Million multiply-adds per window: of each convolution of the sparse network, in all for SEA's.
  const Architecture sparse = *find_architecture("sparse", 512);
  const std::vector<double> per_layer = {29, 1878, 934, 1869, 925, 1850, 906, 1812};
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    EXPECT_EQ(std::round(million_multiply_adds(sparse, layer)), per_layer[layer]) << layer;
  }
  for (const auto& [width, expected] :
       {std::pair{64UZ, 122.4}, std::pair{128UZ, 131.3}, std::pair{256UZ, 159.6}, std::pair{512UZ, 636.5}}) {
    double total = 0;
    for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
      total += million_multiply_adds(*find_architecture("sea", width), layer);
    }
    EXPECT_NEAR(total, expected, 0.05) << width;
  }
}

}  // namespace
}  // namespace edgel3
