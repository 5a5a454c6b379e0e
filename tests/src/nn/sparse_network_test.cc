#include "nn/sparse_network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/expect_network.h"
#include "support/random_network.h"

namespace edgel3 {
namespace {

/// A network in the clear as the source of an executor.
class ClearSource final : public NetworkSource {
 public:
  explicit ClearSource(const NetworkWeights& network) : network_(network) {}

  [[nodiscard]] const Architecture& architecture() const override { return network_.architecture; }
  [[nodiscard]] InputNormalization input() const override { return network_.input; }
  [[nodiscard]] bool is_sparse() const override { return true; }
  [[nodiscard]] ConvolutionWeights convolution(std::size_t layer) const override {
    ConvolutionWeights weights = network_.convolutions[layer];
    weights.values.clear();
    const std::vector<float>& values = network_.convolutions[layer].values;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] == 0) continue;
      weights.values.push_back(values[i]);
      weights.positions.push_back(static_cast<std::uint32_t>(i));
    }
    return weights;
  }

 private:
  const NetworkWeights& network_;
};

/// `weights` on a plane and with channels of another size.
NetworkWeights resized(PlaneSize input, const std::array<std::size_t, kConvolutionCount>& channels,
                       double zeros) {
  Architecture architecture = known_network("sea", 64).architecture;
  architecture.input = input;
  architecture.channels = channels;
  architecture.final_pooling = architecture.plane(kConvolutionCount - 1);
  return random_network(architecture, zeros, 5);
}

TEST(SparseNetwork, RunsPlanesOfAnySize) {
  constexpr std::array<std::size_t, kConvolutionCount> kChannels{3, 4, 5, 6, 7, 8, 9, 10};
  for (const std::size_t height : {8UZ, 9UZ, 15UZ, 31UZ, 62UZ, 64UZ, 66UZ, 73UZ, 130UZ, 257UZ}) {
    for (const std::size_t width : {8UZ, 15UZ, 23UZ, 33UZ, 50UZ, 63UZ, 95UZ, 97UZ, 111UZ, 199UZ}) {
      SCOPED_TRACE(testing::Message() << height << " x " << width);
      const NetworkWeights weights = resized({.height = height, .width = width}, kChannels, 0.7);
      SparseNetwork network{ClearSource(weights)};
      expect_equals_reference(network, weights);
      if (testing::Test::HasFailure()) return;
    }
  }
}

TEST(SparseNetwork, RunsEveryGridOfPlaces) {
  constexpr std::array<std::size_t, kConvolutionCount> kChannels{3, 4, 5, 6, 7, 8, 9, 10};
  NetworkWeights weights = resized({.height = 96, .width = 81}, kChannels, 0.7);
  ASSERT_EQ(weights.architecture.final_pooling, (PlaneSize{.height = 12, .width = 10}));
  for (const std::size_t height : {1UZ, 2UZ, 3UZ, 4UZ, 6UZ, 12UZ}) {
    for (const std::size_t width : {1UZ, 2UZ, 5UZ, 10UZ}) {
      SCOPED_TRACE(testing::Message() << "places of " << height << " x " << width);
      weights.architecture.final_pooling = {.height = height, .width = width};
      SparseNetwork network{ClearSource(weights)};
      expect_equals_reference(network, weights);
    }
  }
}

TEST(SparseNetwork, RunsAnyNumberOfChannelsFromAllWeightsToNone) {
  constexpr std::array<std::size_t, kConvolutionCount> kChannels{1, 65, 129, 33, 200, 70, 7, 1};
  for (const double zeros : {0.0, 0.5, 0.95, 0.99, 1.0}) {
    SCOPED_TRACE(zeros);
    const NetworkWeights weights = resized({.height = 16, .width = 27}, kChannels, zeros);
    SparseNetwork network{ClearSource(weights)};
    expect_equals_reference(network, weights);
  }
}

TEST(SparseNetwork, GivesTheSameBitsWhenItIsObservedAndWhenItRunsAgain) {
  constexpr std::array<std::size_t, kConvolutionCount> kChannels{16, 16, 80, 16, 100, 16, 130, 32};
  const NetworkWeights weights = resized({.height = 64, .width = 99}, kChannels, 0.8);
  const std::vector<double> mel = random_mel(weights.architecture, 3);
  SparseNetwork network{ClearSource(weights)};
  std::vector<float> embedding(32);
  network.run(mel, embedding, nullptr, nullptr);
  std::vector<float> again(32);
  ActivationRecorder recorder(weights.architecture);
  network.run(mel, again, std::ref(recorder), nullptr);
  EXPECT_EQ(again, embedding);
  network.run(random_mel(weights.architecture, 4), again, nullptr, nullptr);
  EXPECT_NE(again, embedding);
  network.run(mel, again, nullptr, nullptr);
  EXPECT_EQ(again, embedding);
}

}  // namespace
}  // namespace edgel3
