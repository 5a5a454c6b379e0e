#include "nn/network.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "model/model_file.h"
#include "support/expect_network.h"
#include "support/model_contents.h"

namespace edgel3 {
namespace {

std::unique_ptr<Network> create(const NetworkWeights& weights, Storage storage) {
  const std::vector<std::byte> file =
      model_file(weights, storage);  // which the network does not need any longer
  return Network::create(*ModelFile::parse(FileBytes::in_memory(file)),
                         storage.sparse ? Executor::kSparse : Executor::kDense);
}

std::vector<float> run(Network& network, const std::vector<double>& mel, std::size_t dimension,
                       const ActivationObserver& observer = nullptr) {
  std::vector<float> embedding(dimension);
  network.run(mel, embedding, observer);
  return embedding;
}

struct Case {
  const char* family;
  std::size_t width;
  int percent_zeros;
  bool sparse;
};

std::string name(const Case& model) {
  const auto& [family, width, percent_zeros, sparse] = model;
  return std::string(family) + std::to_string(width) + "Zeros" + std::to_string(percent_zeros) +
         (sparse ? "StoredSparse" : "StoredDense");
}

/// GoogleTest would print the bytes, of which some lie between the members and were never set.
std::ostream& operator<<(std::ostream& stream, const Case& model) { return stream << name(model); }

class NetworkTest : public testing::TestWithParam<Case> {
 protected:
  NetworkWeights weights =
      random_network(GetParam().family, GetParam().width, GetParam().percent_zeros / 100.0, 1);
  Storage storage = {.sparse = GetParam().sparse};
};

TEST_P(NetworkTest, EqualsTheReferenceAfterEveryConvolution) {
  expect_equals_reference(*create(weights, storage), weights);
}

// 99 % leaves out channels without any weight.
INSTANTIATE_TEST_SUITE_P(Models, NetworkTest,
                         testing::Values(Case{"sea", 64, 0, false}, Case{"sea", 64, 90, false},
                                         Case{"sea", 64, 0, true}, Case{"sea", 64, 90, true},
                                         Case{"sea", 64, 99, true}, Case{"sea", 128, 90, true},
                                         Case{"sea", 256, 0, false}, Case{"sea", 256, 90, true},
                                         Case{"sea", 512, 95, true}, Case{"openl3", 512, 0, false},
                                         Case{"openl3", 6144, 0, false}, Case{"sparse", 512, 95, true},
                                         Case{"sparse", 512, 99, true}, Case{"openl3", 6144, 95, true}),
                         [](const testing::TestParamInfo<Case>& info) { return name(info.param); });

/// A form of its own: widths that fill no register, poolings elsewhere, a grid at the end.
NetworkDescription odd_network(PlaneSize input) {
  NetworkDescription network = known_network("sea", 64);
  network.front_end.mel_bands = input.height;
  network.front_end.hop = (network.front_end.sample_rate + input.width - 1) / input.width;
  EXPECT_EQ(network.front_end.frames(), input.width);
  network.architecture.input = input;
  network.architecture.channels = {3, 9, 20, 17, 65, 72, 130, 5};
  network.architecture.pooling = {true, false, false, false, true, true, false, false};
  network.architecture.relu_after_last = false;
  network.architecture.final_pooling = {.height = 2, .width = 1};
  return network;
}

TEST(DenseNetworkTest, RunsNetworksOfOtherShapes) {
  for (const PlaneSize input : {PlaneSize{.height = 17, .width = 13}, PlaneSize{.height = 96, .width = 25},
                                PlaneSize{.height = 163, .width = 8}}) {
    const NetworkWeights weights = random_network(odd_network(input), 0, 3);
    expect_equals_reference(*create(weights, {.sparse = false}), weights);
  }
}

TEST(DenseNetworkTest, TakesWeightsThatAreStoredSparse) {
  const NetworkWeights weights = random_network(odd_network({.height = 33, .width = 14}), 0.9, 3);
  const std::vector<std::byte> file = model_file(weights, {.sparse = true});
  expect_equals_reference(*Network::create(*ModelFile::parse(FileBytes::in_memory(file)), Executor::kDense),
                          weights);
}

TEST(SparseNetworkTest, TakesWeightsThatAreStoredDense) {
  const NetworkWeights weights = random_network("sea", 64, 0.9, 3);
  const std::vector<std::byte> file = model_file(weights, {.sparse = false});
  expect_equals_reference(*Network::create(*ModelFile::parse(FileBytes::in_memory(file)), Executor::kSparse),
                          weights);
}

std::array<std::size_t, kConvolutionCount> nonzeros(const Architecture& architecture, double share) {
  std::array<std::size_t, kConvolutionCount> counts{};
  for (std::size_t layer = 0; layer < kConvolutionCount; ++layer) {
    counts[layer] = static_cast<std::size_t>(share * static_cast<double>(architecture.weight_count(layer)));
  }
  return counts;
}

TEST(ExecutorTest, IsTheSparseOneWhereFewWeightsAreLeft) {
  const Architecture sparse = known_network("sparse", 512).architecture;
  EXPECT_EQ(choose_executor(sparse, nonzeros(sparse, 1)), Executor::kDense);
  EXPECT_EQ(choose_executor(sparse, nonzeros(sparse, 0.465)), Executor::kDense);
  EXPECT_EQ(choose_executor(sparse, nonzeros(sparse, 0.19)), Executor::kSparse);
  EXPECT_EQ(choose_executor(sparse, nonzeros(sparse, 0)), Executor::kSparse);
}

TEST(ExecutorTest, IsTheSparseOneForAGridOfPlacesToo) {
  const Architecture grid = known_network("openl3", 6144).architecture;
  EXPECT_EQ(choose_executor(grid, nonzeros(grid, 0.05)), Executor::kSparse);
  EXPECT_EQ(choose_executor(grid, nonzeros(grid, 1)), Executor::kDense);
}

TEST(ExecutorTest, IsTheDenseOneForOtherShapes) {
  const Architecture odd = odd_network({.height = 17, .width = 13}).architecture;
  EXPECT_EQ(choose_executor(odd, nonzeros(odd, 0)), Executor::kDense);
}

class NetworkStorageTest : public testing::TestWithParam<bool> {
 protected:
  static constexpr std::size_t kWidth = 64;

  NetworkWeights weights = random_network("sea", kWidth, 0.9, 1);
  Storage storage = {.sparse = GetParam()};
};

TEST_P(NetworkStorageTest, GivesTheSameBitsAgain) {
  const std::vector<double> mel = random_mel(weights.architecture, 1);
  const std::vector<double> other_mel = random_mel(weights.architecture, 2);
  const std::unique_ptr<Network> network = create(weights, storage);
  const std::vector<float> embedding = run(*network, mel, kWidth);
  EXPECT_EQ(run(*network, mel, kWidth), embedding);
  EXPECT_NE(run(*network, other_mel, kWidth), embedding);
  EXPECT_EQ(run(*network, mel, kWidth), embedding);
  ActivationRecorder recorder(weights.architecture);
  EXPECT_EQ(run(*network, mel, kWidth, std::ref(recorder)), embedding);
  EXPECT_EQ(run(*create(weights, storage), mel, kWidth), embedding);
}

TEST_P(NetworkStorageTest, DoesNotDependOnTheTypeOfTheNumbers) {
  const std::vector<double> mel = random_mel(weights.architecture, 1);
  const Storage halves = {.sparse = storage.sparse, .float16 = true};
  EXPECT_EQ(run(*create(weights, halves), mel, kWidth), run(*create(weights, storage), mel, kWidth));
}

TEST_P(NetworkStorageTest, PoolsWhatItsWindowsCoverOnly) {
  // Channel 0 passes its input on through every centre tap, so number 0 is the input's maximum as far as
  // pooling sees it: 50 columns become 25, of which 24 are halved, so that the input's last two count for
  // nothing.
  for (ConvolutionWeights& convolution : weights.convolutions) {
    std::ranges::fill(convolution.values, 0.0F);
    convolution.values[4] = 1;
    std::ranges::fill(convolution.scale, 1.0F);
    std::ranges::fill(convolution.shift, 0.0F);
  }
  weights.input = {.scale = 1, .shift = 80};
  const std::unique_ptr<Network> network = create(weights, storage);
  for (const std::size_t row : {0UZ, 1UZ, 38UZ, 63UZ}) {
    for (const std::size_t column : {0UZ, 1UZ, 30UZ, 46UZ, 47UZ, 48UZ, 49UZ}) {
      std::vector<double> mel(64UZ * 50, -70.0);
      mel[(row * 50) + column] = -30;
      std::vector<float> embedding = run(*network, mel, kWidth);
      // Winograd's larger tiles round where nothing would have to be.
      ASSERT_NEAR(embedding[0], column < 48 ? 50.0F : 10.0F, storage.sparse ? 0 : 1e-4)
          << "peak in row " << row << ", column " << column;
      embedding[0] = 0;
      ASSERT_EQ(embedding, std::vector<float>(kWidth));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Storages, NetworkStorageTest, testing::Bool(),
                         [](const testing::TestParamInfo<bool>& sparse) {
                           return sparse.param ? "Sparse" : "Dense";
                         });

}  // namespace
}  // namespace edgel3
