#include "nn/network.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "support/expect_network.h"
#include "support/model_contents.h"

namespace edgel3 {
namespace {

std::unique_ptr<Network> create(const NetworkWeights& weights, Storage storage) {
  const std::vector<std::byte> file =
      model_file(weights, storage);  // which the network does not need any longer
  return Network::create(*ModelFile::parse(file));
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
                                         Case{"sea", 512, 95, true}, Case{"sparse", 512, 95, true},
                                         Case{"sparse", 512, 99, true}),
                         [](const testing::TestParamInfo<Case>& info) { return name(info.param); });

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
      std::vector<float> expected(kWidth);
      expected[0] = column < 48 ? 50.0F : 10.0F;
      ASSERT_EQ(run(*network, mel, kWidth), expected) << "peak in row " << row << ", column " << column;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Storages, NetworkStorageTest, testing::Bool(),
                         [](const testing::TestParamInfo<bool>& sparse) {
                           return sparse.param ? "Sparse" : "Dense";
                         });

}  // namespace
}  // namespace edgel3
