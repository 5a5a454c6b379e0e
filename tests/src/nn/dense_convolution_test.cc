#include "nn/dense_convolution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <vector>

#include "nn/xnnpack/gemm.h"
#include "support/integers.h"

namespace edgel3 {
namespace {

constexpr float kUntouched = 12345;

ConvolutionWeights integer_weights(std::size_t in_channels, std::size_t out_channels) {
  return {.in_channels = in_channels,
          .out_channels = out_channels,
          .scale = integers(out_channels, 2),
          .shift = integers(out_channels, 3),
          .values = integers(out_channels * in_channels * 9, 4),
          .positions = {}};
}

/// Whole numbers inside, zeros in the border.
std::vector<float> integer_plane(const BorderedPlane& plane) {
  std::vector<float> memory(plane.float_count());
  for (std::size_t row = 0; row < plane.size.height; ++row) {
    const std::vector<float> numbers = integers(plane.size.width * plane.channels, 5 + row);
    std::ranges::copy(numbers, memory.begin() + static_cast<std::ptrdiff_t>(plane.offset(row, 0)));
  }
  return memory;
}

/// The sum over all taps and input channels at one pixel, by definition.
double sum_at(const ConvolutionWeights& weights, const std::vector<float>& input, const BorderedPlane& plane,
              std::size_t row, std::size_t column, std::size_t out) {
  double sum = 0;
  for (std::size_t in = 0; in < plane.channels; ++in) {
    for (std::size_t ky = 0; ky < 3; ++ky) {
      for (std::size_t kx = 0; kx < 3; ++kx) {
        const double weight = weights.values[((((out * plane.channels) + in) * 3 + ky) * 3) + kx];
        // The border makes row + ky, column + kx the position in memory of the tap.
        sum += weight * input[((row + ky) * plane.row_stride()) + ((column + kx) * plane.channels) + in];
      }
    }
  }
  return sum;
}

/// The output plane by definition; its border stays untouched.
std::vector<float> definition(const ConvolutionWeights& weights, bool relu, const std::vector<float>& input,
                              PlaneSize size) {
  const BorderedPlane from{.size = size, .channels = weights.in_channels};
  const BorderedPlane to{.size = size, .channels = weights.out_channels};
  std::vector<float> output(to.float_count(), kUntouched);
  for (std::size_t row = 0; row < size.height; ++row) {
    for (std::size_t column = 0; column < size.width; ++column) {
      for (std::size_t out = 0; out < weights.out_channels; ++out) {
        const double result =
            (sum_at(weights, input, from, row, column, out) * weights.scale[out]) + weights.shift[out];
        output[to.offset(row, column) + out] = static_cast<float>(relu ? std::max(result, 0.0) : result);
      }
    }
  }
  return output;
}

/// Gathers the tiles in a plane with a border.
std::vector<float> run(const DenseConvolution& convolution, const std::vector<float>& input, PlaneSize size) {
  const BorderedPlane plane{.size = size, .channels = convolution.out_channels()};
  std::vector<float> output(plane.float_count(), kUntouched);
  convolution.run(input.data(), size, [&](const DenseConvolution::Tile& tile) {
    EXPECT_EQ(tile.row % 2, 0U);
    for (std::size_t row = 0; row < tile.rows; ++row) {
      for (std::size_t pixel = 0; pixel < tile.pixels; ++pixel) {
        float* to = output.data() + plane.offset(tile.row + row, tile.column + pixel) + tile.channel;
        EXPECT_EQ(*to, kUntouched) << "computed twice";
        std::copy_n(tile.pixel(row, pixel), DenseConvolution::Tile::kChannels, to);
      }
    }
  });
  return output;
}

void expect_equals_definition(std::size_t in_channels, std::size_t out_channels, PlaneSize size, bool relu) {
  const ConvolutionWeights weights = integer_weights(in_channels, out_channels);
  const std::vector<float> input = integer_plane({.size = size, .channels = in_channels});
  const DenseConvolution convolution(weights, relu);
  EXPECT_EQ(convolution.out_channels(), out_channels);
  EXPECT_EQ(run(convolution, input, size), definition(weights, relu, input, size))
      << in_channels << " to " << out_channels << " channels, " << size.height << "x" << size.width;
}

constexpr std::size_t kBlock = xnnpack::kGemmColumns;

TEST(BorderedPlaneTest, PlacesPixelsInsideABorderOfOne) {
  constexpr BorderedPlane kPlane{.size = {.height = 2, .width = 3}, .channels = 4};
  EXPECT_EQ(kPlane.row_stride(), 20U);
  EXPECT_EQ(kPlane.float_count(), 80U);
  EXPECT_EQ(kPlane.offset(0, 0), 24U);
  EXPECT_EQ(kPlane.offset(1, 2), 52U);
}

TEST(DenseConvolutionTest, EqualsItsDefinitionAtEveryDepth) {
  for (const std::size_t depth : {1UZ, 2UZ, 31UZ, 32UZ, 33UZ, 63UZ, 64UZ, 65UZ, 128UZ, 129UZ}) {
    expect_equals_definition(depth, 2 * kBlock, {.height = 2, .width = 5}, true);
  }
}

TEST(DenseConvolutionTest, EqualsItsDefinitionOnEveryPlane) {
  for (std::size_t height = 1; height <= 4; ++height) {
    for (std::size_t width = 1; width <= 13; ++width) {
      expect_equals_definition(3, kBlock, {.height = height, .width = width}, height % 2 == 0);
    }
  }
}

TEST(DenseConvolutionTest, EqualsItsDefinitionForEveryBlockOfOutputs) {
  for (const std::size_t blocks : {1UZ, 2UZ, 3UZ, 8UZ}) {
    expect_equals_definition(5, blocks * kBlock, {.height = 3, .width = 6}, false);
  }
}

TEST(DenseConvolutionTest, SumsMorePreciselyThanFloat32) {
  // 2^26 from the first input channel, a one from each of 32 in the middle, -2^26 from the last. In one
  // float32 sum, the ones would be lost.
  ConvolutionWeights weights{.in_channels = 256,
                             .out_channels = kBlock,
                             .scale = std::vector(kBlock, 1.0F),
                             .shift = std::vector(kBlock, 0.0F),
                             .values = std::vector(kBlock * 256 * 9, 0.0F),
                             .positions = {}};
  const auto center_tap = [&](std::size_t in) -> float& { return weights.values[(in * 9) + 4]; };
  center_tap(0) = 0x1p26F;
  for (std::size_t in = 128; in < 160; ++in) center_tap(in) = 1;
  center_tap(255) = -0x1p26F;

  constexpr BorderedPlane kFrom{.size = {.height = 1, .width = 1}, .channels = 256};
  constexpr BorderedPlane kTo{.size = kFrom.size, .channels = kBlock};
  std::vector<float> input(kFrom.float_count());
  std::ranges::fill(std::span(input).subspan(kFrom.offset(0, 0), 256), 1.0F);
  const std::vector<float> output = run(DenseConvolution(weights, false), input, kFrom.size);
  EXPECT_EQ(output[kTo.offset(0, 0)], 32.0F);
}

}  // namespace
}  // namespace edgel3
