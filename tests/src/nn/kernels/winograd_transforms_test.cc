#include "nn/kernels/winograd_transforms.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "support/integers.h"

namespace edgel3 {
namespace {

/// The four sums of a 3x3 convolution over 4x4 pixels, by definition.
std::array<double, 4> definition(const std::vector<float>& weights, const std::array<float, 16>& pixels) {
  std::array<double, 4> sums{};
  for (std::size_t i = 0; i < sums.size(); ++i) {
    for (std::size_t tap = 0; tap < 9; ++tap) {
      sums[i] += double{weights[tap]} * pixels[(((i / 2) + (tap / 3)) * 4) + (i % 2) + (tap % 3)];
    }
  }
  return sums;
}

TEST(WinogradTransformsTest, MakeAConvolutionOfProducts) {
  constexpr std::size_t kChannels = 8;
  constexpr std::size_t kPixel = kChannels + 2;
  constexpr std::size_t kRowStride = (4 * kPixel) + 3;
  constexpr std::size_t kPlaceStride = kChannels + 5;
  constexpr std::size_t kPixelStride = kChannels + 1;
  const std::vector<float> pixels = integers(4 * kRowStride, 1);
  std::vector<float> places(kWinogradPlaces * kPlaceStride);
  transform_pixels(pixels.data(), kPixel, kRowStride, kChannels, places.data(), kPlaceStride);
  std::vector<std::vector<float>> weights;
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    // Multiples of four, so that the transformed weights are whole.
    std::vector<float> of_channel = integers(9, 2 + channel);
    for (float& weight : of_channel) weight *= 4;
    const auto transformed = transform_weights(of_channel.data());
    for (std::size_t place = 0; place < kWinogradPlaces; ++place) {
      places[(place * kPlaceStride) + channel] *= transformed[place];
    }
    weights.push_back(of_channel);
  }
  const std::vector<float> scale = integers(kChannels, 20);
  const std::vector<float> shift = integers(kChannels, 21);
  for (const float least : {0.0F, -1e30F}) {
    std::vector<float> results(4 * kPixelStride);
    transform_places(places.data(), kPlaceStride, kChannels,
                     {.scale = scale.data(), .shift = shift.data(), .min_output = least}, results.data(),
                     kPixelStride);
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
      std::array<float, 16> seen{};
      for (std::size_t i = 0; i < seen.size(); ++i) {
        seen[i] = pixels[(i / 4 * kRowStride) + (i % 4 * kPixel) + channel];
      }
      const std::array<double, 4> sums = definition(weights[channel], seen);
      for (std::size_t i = 0; i < sums.size(); ++i) {
        const double expected = std::max((sums[i] * scale[channel]) + shift[channel], double{least});
        EXPECT_EQ(results[(i * kPixelStride) + channel], expected) << channel << ", " << i;
      }
    }
  }
}

TEST(WinogradTransformsTest, RoundWeightsOnce) {
  // In float32, 1 + 2^-24 would be 1 before the third weight takes the 1 away again.
  const std::array<float, 9> weights{1, 0, 0, 0x1p-24F, 0, 0, -1, 0, 0};
  EXPECT_EQ(transform_weights(weights.data())[4], 0x1p-25F);
}

}  // namespace
}  // namespace edgel3
