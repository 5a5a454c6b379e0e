#include "network/overflow.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "embedder.h"
#include "nn/network.h"
#include "support/model_contents.h"

namespace edgel3 {
namespace {

constexpr float kHuge = 3e38F;

/// A network in the clear, as executors take it.
class Source final : public NetworkSource {
 public:
  explicit Source(const NetworkWeights& weights, bool sparse = false) : weights_(weights), sparse_(sparse) {}

  [[nodiscard]] const Architecture& architecture() const override { return weights_.architecture; }
  [[nodiscard]] InputNormalization input() const override { return weights_.input; }
  [[nodiscard]] bool is_sparse() const override { return sparse_; }
  [[nodiscard]] ConvolutionWeights convolution(std::size_t layer) const override {
    return sparse_ ? without_zeros(weights_.convolutions[layer]) : weights_.convolutions[layer];
  }

 private:
  const NetworkWeights& weights_;
  bool sparse_;
};

NetworkWeights random(const char* family, std::size_t width) { return random_network(family, width, 0.9, 1); }

/// Every weight of one output channel of a convolution.
void fill_channel(ConvolutionWeights& convolution, std::size_t channel, float weight) {
  const auto length = static_cast<std::ptrdiff_t>(convolution.in_channels * 9);
  std::fill_n(convolution.values.begin() + (static_cast<std::ptrdiff_t>(channel) * length), length, weight);
}

bool is_refused(const NetworkWeights& weights, bool sparse = false) {
  const auto checked = check_overflow(Source(weights, sparse), weights.front_end);
  if (!checked) EXPECT_EQ(checked.error().code, ErrorCode::kModelInvalid);
  return !checked;
}

/// What an executor makes of the weights when nobody has checked them.
std::vector<float> run_unchecked(const NetworkWeights& weights, bool sparse) {
  std::vector<float> embedding(weights.architecture.embedding_dimension());
  Network::create(Source(weights, sparse), sparse ? Executor::kSparse : Executor::kDense)
      ->run(random_mel(weights.architecture, 7), embedding);
  return embedding;
}

bool all_finite(const std::vector<float>& numbers) {
  return std::ranges::all_of(numbers, [](float number) { return std::isfinite(number); });
}

TEST(OverflowTest, TakesNetworksWithoutIt) {
  for (const bool sparse : {false, true}) {
    EXPECT_FALSE(is_refused(random("sea", 64), sparse));
    EXPECT_FALSE(is_refused(random("sparse", 512), sparse));
  }
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    NetworkWeights weights = random("sea", 64);
    for (float& weight : weights.convolutions[layer].values) weight *= 1e6F;
    EXPECT_FALSE(is_refused(weights)) << layer;
  }
}

TEST(OverflowTest, IsRefusedWhereverItBegins) {
  const NetworkWeights good = random("sea", 64);
  for (const bool sparse : {false, true}) {
    for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
      SCOPED_TRACE("convolution " + std::to_string(layer + 1));
      for (const float huge : {kHuge, -kHuge}) {
        NetworkWeights weights = good;
        weights.convolutions[layer].values[5] = huge;
        EXPECT_TRUE(is_refused(weights, sparse));

        weights.convolutions[layer].values[5] = 0;
        fill_channel(weights.convolutions[layer], 3, 1);
        EXPECT_FALSE(is_refused(weights, sparse));
        weights.convolutions[layer].scale[3] = huge;
        EXPECT_TRUE(is_refused(weights, sparse));

        weights.convolutions[layer].scale[3] = 1;
        weights.convolutions[layer].shift[3] = huge;
        EXPECT_TRUE(is_refused(weights, sparse));
      }
    }
    NetworkWeights weights = good;
    weights.input.scale = kHuge;
    EXPECT_TRUE(is_refused(weights, sparse));
    weights.input = {.scale = 0, .shift = -kHuge};
    EXPECT_TRUE(is_refused(weights, sparse));
    // No weight looks at it, but infinity times zero is no number.
    std::ranges::fill(weights.convolutions[0].values, 0.0F);
    weights.input.scale = kHuge;
    EXPECT_TRUE(is_refused(weights, sparse));
  }
}

TEST(OverflowTest, IsRefusedWhereManySmallStepsLeadToIt) {
  NetworkWeights weights = random("sea", 64);
  for (ConvolutionWeights& convolution : weights.convolutions) {
    for (float& weight : convolution.values) weight *= 1e5F;
  }
  EXPECT_TRUE(is_refused(weights));
}

TEST(OverflowTest, IsRefusedWhereNumbersWouldBeSmallAgain) {
  // Rounding takes the sums back to 0, but the transforms of fast convolutions add up weights alone.
  NetworkWeights weights = random("sea", 64);
  std::ranges::fill(weights.convolutions[2].scale, 1e-38F);
  std::ranges::fill(weights.convolutions[2].shift, 0.0F);
  fill_channel(weights.convolutions[3], 0, kHuge);
  EXPECT_TRUE(is_refused(weights));
}

TEST(OverflowTest, IsRefusedWhereAReluWouldHideIt) {
  // Minus infinity in the middle of the network, of which the ReLU makes 0: numbers that look like any
  // others.
  for (const bool sparse : {false, true}) {
    NetworkWeights weights = random("sea", 64);
    ConvolutionWeights& convolution = weights.convolutions[3];
    fill_channel(convolution, 5, -kHuge);
    convolution.scale[5] = 1;
    convolution.shift[5] = 0;
    if (sparse) EXPECT_TRUE(all_finite(run_unchecked(weights, sparse))) << "or the test tests nothing";
    EXPECT_TRUE(is_refused(weights, sparse));
  }
}

TEST(OverflowTest, IsRefusedWhereAMaximumWouldHideIt) {
  // The last convolution ends linearly. Its weights look at the left upper neighbour: minus infinity wherever
  // that is more than 1, and a finite maximum from the border, where there is none.
  NetworkWeights weights = random("sparse", 512);
  ASSERT_FALSE(weights.architecture.relu_after_last);
  ConvolutionWeights& last = weights.convolutions[kConvolutionCount - 1];
  for (std::size_t out = 0; out < last.out_channels; ++out) fill_channel(last, out, 0);
  for (std::size_t out = 0; out < last.out_channels; ++out) {
    last.values[(((out * last.in_channels) + out) * 9)] = -kHuge;
    last.scale[out] = 10;
  }
  EXPECT_TRUE(all_finite(run_unchecked(weights, true))) << "or the test tests nothing";
  EXPECT_TRUE(is_refused(weights, true));
}

TEST(OverflowTest, IsRefusedByWhoLoadsAFile) {
  for (const bool sparse : {false, true}) {
    NetworkWeights weights = random("sea", 64);
    weights.convolutions[6].values[0] = -kHuge;
    const auto embedder = Embedder::create(FileBytes::in_memory(model_file(weights, {.sparse = sparse})));
    ASSERT_FALSE(embedder);
    EXPECT_EQ(embedder.error().code, ErrorCode::kModelInvalid);
    EXPECT_NE(embedder.error().message.find("float32"), std::string::npos);
  }
}

/// The largest numbers that the check lets through stay finite in both executors.
TEST(OverflowTest, TakesNothingThatLeadsToInfinity) {
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    NetworkWeights weights = random("sea", 64);
    ConvolutionWeights& convolution = weights.convolutions[layer];
    while (!is_refused(weights)) {
      for (float& weight : convolution.values) weight *= 16;
    }
    for (float& weight : convolution.values) weight /= 16;
    for (const bool sparse : {false, true}) EXPECT_TRUE(all_finite(run_unchecked(weights, sparse))) << layer;
  }
}

}  // namespace
}  // namespace edgel3
