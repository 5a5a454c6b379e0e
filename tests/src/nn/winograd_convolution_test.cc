#include "nn/winograd_convolution.h"

#include <gtest/gtest.h>

#include <utility>

#include "support/dense_definition.h"

namespace edgel3 {
namespace {

/// Whole numbers stay exact in tiles of 2x2; the points of larger ones are no whole numbers.
double tolerance(const WinogradTransforms& transforms) { return transforms.side == 2 ? 0 : 4e-6; }

void expect_equals_definition(std::size_t in_channels, std::size_t out_channels, PlaneSize size, bool relu) {
  const ConvolutionWeights weights = integer_weights(in_channels, out_channels);
  IntegerPlane input(size, in_channels, WinogradConvolution::padded(in_channels));
  WinogradConvolution::Workspace workspace;  // of one after another, as in a network
  for (const WinogradTransforms* transforms : {&winograd_2x2(), &winograd_4x4()}) {
    const WinogradConvolution convolution(weights, relu, *transforms);
    const TileRows tiles = input.tiles(transforms->side);
    expect_defined_tiles(
        weights, relu, input,
        [&](const auto& done) { convolution.run(input.rows(), tiles, workspace, done); },
        tolerance(*transforms));
  }
}

TEST(WinogradConvolutionTest, EqualsItsDefinitionAtEveryDepth) {
  for (const std::size_t depth : {1UZ, 2UZ, 8UZ, 31UZ, 63UZ, 64UZ, 65UZ, 72UZ, 128UZ, 129UZ, 512UZ}) {
    expect_equals_definition(depth, 8, {.height = 2, .width = 5}, true);
  }
}

TEST(WinogradConvolutionTest, EqualsItsDefinitionOnEveryPlane) {
  for (std::size_t height = 1; height <= 5; ++height) {
    for (std::size_t width = 1; width <= 9; ++width) {
      expect_equals_definition(3, 4, {.height = height, .width = width}, height % 2 == 0);
    }
  }
  expect_equals_definition(3, 4, {.height = 9, .width = 31}, true);  // more tiles than are computed at once
}

TEST(WinogradConvolutionTest, EqualsItsDefinitionForEveryNumberOfOutputs) {
  for (const std::size_t outputs : {1UZ, 7UZ, 8UZ, 9UZ, 63UZ, 64UZ, 65UZ, 72UZ, 128UZ, 130UZ}) {
    expect_equals_definition(70, outputs, {.height = 3, .width = 6}, false);
  }
}

TEST(WinogradConvolutionTest, ComputesTheRowsThatItIsAskedFor) {
  const ConvolutionWeights weights = integer_weights(8, 8);
  IntegerPlane input({.height = 23, .width = 7}, 8, 8);
  for (const WinogradTransforms* transforms : {&winograd_2x2(), &winograd_4x4()}) {
    const WinogradConvolution convolution(weights, true, *transforms);
    WinogradConvolution::Workspace workspace;
    const TileRows all = input.tiles(transforms->side);
    expect_defined_tiles(
        weights, true, input,
        [&](const auto& done) {
          for (const auto [first, end] : {std::pair{0UZ, 1UZ}, {1UZ, 4UZ}, {4UZ, all.end_row}}) {
            convolution.run(input.rows(), {.first_row = first, .end_row = end, .columns = all.columns},
                            workspace, done);
          }
        },
        tolerance(*transforms));
  }
}

TEST(WinogradConvolutionTest, SumsMorePreciselyThanFloat32) {
  // 2^26 from the first input channel, a one from each of 32 in the middle, -2^26 from the last. In one
  // float32 sum, the ones would be lost.
  ConvolutionWeights weights{.in_channels = 256,
                             .out_channels = 8,
                             .scale = std::vector(8, 1.0F),
                             .shift = std::vector(8, 0.0F),
                             .values = std::vector(8UZ * 256 * 9, 0.0F),
                             .positions = {}};
  const auto center_tap = [&](std::size_t in) -> float& { return weights.values[(in * 9) + 4]; };
  center_tap(0) = 0x1p24F;
  for (std::size_t in = 128; in < 160; ++in) center_tap(in) = 1;
  center_tap(63) = -0x1p24F;
  IntegerPlane input({.height = 1, .width = 1}, 256, 256);
  std::fill_n(input.rows().pixel(0, 0), 256, 1.0F);
  const WinogradConvolution convolution(weights, false, winograd_2x2());
  WinogradConvolution::Workspace workspace;
  convolution.run(input.rows(), input.tiles(2), workspace,
                  [](const OutputTile& tile) { EXPECT_EQ(tile.values[0], 32.0F); });
}

}  // namespace
}  // namespace edgel3
