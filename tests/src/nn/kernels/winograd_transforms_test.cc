#include "nn/kernels/winograd_transforms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "support/integers.h"

namespace edgel3 {
namespace {

/// Of 4x4 pixels or fewer; their rows and columns are two more on the way in.
constexpr std::size_t kMostPixels = 6;
constexpr std::size_t kChannels = 8;
constexpr std::size_t kPixel = kChannels + 2;
constexpr std::size_t kRowStride = (kMostPixels * kPixel) + 3;
constexpr std::size_t kPlaceStride = kChannels + 5;
constexpr std::size_t kPixelStride = kChannels + 1;

struct Sum {
  double value = 0;
  double magnitude = 0;  // of what was added up
};

/// One of the sums of a 3x3 convolution, by definition.
Sum definition(const std::vector<float>& weights, const std::vector<float>& pixels, std::size_t channel,
               std::size_t row, std::size_t column) {
  Sum sum;
  for (std::size_t tap = 0; tap < 9; ++tap) {
    const double product =
        double{weights[tap]} *
        pixels[((row + (tap / 3)) * kRowStride) + ((column + (tap % 3)) * kPixel) + channel];
    sum.value += product;
    sum.magnitude += std::abs(product);
  }
  return sum;
}

class WinogradTransformsTest : public testing::TestWithParam<const WinogradTransforms*> {};

TEST_P(WinogradTransformsTest, MakeAConvolutionOfProducts) {
  const WinogradTransforms& transforms = *GetParam();
  // Whole numbers stay exact in tiles of 2x2; the points of larger ones are no whole numbers.
  const double tolerance = transforms.side == 2 ? 0 : 4e-6;
  const std::vector<float> pixels = integers(kMostPixels * kRowStride, 1);
  std::vector<float> places(transforms.place_count() * kPlaceStride);
  transforms.pixels(pixels.data(), kPixel, kRowStride, kChannels, places.data(), kPlaceStride);
  std::vector<std::vector<float>> weights;
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    // Multiples of four, so that the transformed weights are whole.
    std::vector<float> of_channel = integers(9, 2 + channel);
    for (float& weight : of_channel) weight *= 4;
    std::array<float, kMostPlaces> transformed{};
    transforms.weights(of_channel.data(), transformed.data());
    for (std::size_t place = 0; place < transforms.place_count(); ++place) {
      places[(place * kPlaceStride) + channel] *= transformed[place];
    }
    weights.push_back(of_channel);
  }
  const std::vector<float> scale = integers(kChannels, 20);
  const std::vector<float> shift = integers(kChannels, 21);
  for (const float least : {0.0F, -1e30F}) {
    std::vector<float> results(transforms.side * transforms.side * kPixelStride);
    transforms.places(places.data(), kPlaceStride, kChannels,
                      {.scale = scale.data(), .shift = shift.data(), .min_output = least}, results.data(),
                      kPixelStride);
    for (std::size_t channel = 0; channel < kChannels; ++channel) {
      for (std::size_t i = 0; i < transforms.side * transforms.side; ++i) {
        const Sum sum =
            definition(weights[channel], pixels, channel, i / transforms.side, i % transforms.side);
        const double expected = std::max((sum.value * scale[channel]) + shift[channel], double{least});
        EXPECT_NEAR(results[(i * kPixelStride) + channel], expected,
                    tolerance * sum.magnitude * std::abs(scale[channel]))
            << channel << ", " << i;
      }
    }
  }
}

TEST_P(WinogradTransformsTest, WriteNothingBetweenThePlacesAndThePixels) {
  const WinogradTransforms& transforms = *GetParam();
  const std::vector<float> pixels = integers(kMostPixels * kRowStride, 1);
  std::vector<float> places(transforms.place_count() * kPlaceStride, 0.5F);
  transforms.pixels(pixels.data(), kPixel, kRowStride, kChannels, places.data(), kPlaceStride);
  const std::vector<float> ones(kChannels, 1.0F);
  std::vector<float> results(transforms.side * transforms.side * kPixelStride, 0.5F);
  transforms.places(places.data(), kPlaceStride, kChannels,
                    {.scale = ones.data(), .shift = ones.data(), .min_output = 0}, results.data(),
                    kPixelStride);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i % kPlaceStride >= kChannels) EXPECT_EQ(places[i], 0.5F) << i;
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (i % kPixelStride >= kChannels) EXPECT_EQ(results[i], 0.5F) << i;
  }
}

TEST_P(WinogradTransformsTest, RoundWeightsOnce) {
  // In float32, 1 + 2^-24 would be 1 before the third weight takes the 1 away again. Only 2x2 has a place
  // that adds all three; at the others' points the third one counts half or twice.
  const WinogradTransforms& transforms = *GetParam();
  const float third = transforms.side == 2 ? -1.0F : -2.0F;
  const std::array<float, 9> weights{1, 0, 0, 0x1p-24F, 0, 0, third, 0, 0};
  const double expected = transforms.side == 2 ? 0x1p-25 : std::sqrt(0.5) * 0x1p-24 / -1.5;
  std::array<float, kMostPlaces> places{};
  transforms.weights(weights.data(), places.data());
  EXPECT_EQ(places[transforms.side + 2], static_cast<float>(expected));
}

INSTANTIATE_TEST_SUITE_P(EveryTile, WinogradTransformsTest, testing::Values(&winograd_2x2(), &winograd_4x4()),
                         [](const testing::TestParamInfo<const WinogradTransforms*>& tile) {
                           return "Of" + std::to_string(tile.param->side);
                         });

}  // namespace
}  // namespace edgel3
