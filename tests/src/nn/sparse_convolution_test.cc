#include "nn/sparse_convolution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/noise.h"

namespace edgel3 {
namespace {

/// A convolution with the share `density` of its weights, and a plane for it.
class Tester {
 public:
  Tester() {
    weights_.in_channels = 3;
    weights_.out_channels = 16;
  }

  Tester& width(std::size_t columns) { return width_ = columns, *this; }
  Tester& in_channels(std::size_t count) { return weights_.in_channels = count, *this; }
  Tester& out_channels(std::size_t count) { return weights_.out_channels = count, *this; }
  Tester& density(double share) { return density_ = share, *this; }
  Tester& relu(bool on) { return relu_ = on, *this; }

  /// Computes the rows of one step in the middle of a plane and compares them with the definition.
  void test() {
    make_weights();
    TiledRows input(weights_.in_channels, width_, cut_columns(width_), kTileRows + 2);
    make_plane(input);
    const SparseConvolution convolution(weights_, relu_, input);
    ASSERT_TRUE(input.ready());
    std::vector<float> sums(convolution.sums_size());
    for (std::size_t tile = 0; tile < input.tiles().size(); ++tile) {
      input.prepare(tile);
      const ColumnTile& columns = input.tiles()[tile];
      std::vector<float> results(weights_.out_channels * kChannelStride);
      const SparseConvolution::Target target{
          .outcome = TileOutcome::kRows, .to = results.data(), .channel_stride = kChannelStride};
      convolution.run(input, tile, target, sums);
      for (std::size_t channel = 0; channel < weights_.out_channels; ++channel) {
        expect_tile(columns, channel, results.data() + (channel * kChannelStride), kLineStride);
      }
      expect_same_when_observed(convolution, input, tile, results);
    }
  }

 private:
  static constexpr std::size_t kChannelStride = kTileRows * kLineStride;

  void expect_same_when_observed(const SparseConvolution& convolution, const TiledRows& input,
                                 std::size_t tile, const std::vector<float>& results) const {
    const ColumnTile& columns = input.tiles()[tile];
    std::vector<float> sums(convolution.sums_size());
    std::vector<float> again(results.size());
    std::size_t next = 0;
    const SparseConvolution::Observer observer = [&](std::size_t channel, const float* rows) {
      EXPECT_EQ(channel, next++);
      expect_tile(columns, channel, rows, columns.width());
    };
    const SparseConvolution::Target target{
        .outcome = TileOutcome::kRows, .to = again.data(), .channel_stride = kChannelStride};
    convolution.run(input, tile, target, sums, &observer);
    EXPECT_EQ(next, weights_.out_channels);
    EXPECT_EQ(again, results);
  }

  void make_weights() {
    const std::size_t count = weights_.in_channels * weights_.out_channels * 9;
    const std::vector<double> numbers = noise(count, 1);
    const std::vector<double> lots = noise(count, 2);
    for (std::size_t i = 0; i < count; ++i) {
      if ((lots[i] + 1) / 2 >= density_) continue;
      weights_.values.push_back(static_cast<float>(numbers[i]));
      weights_.positions.push_back(static_cast<std::uint32_t>(i));
    }
    for (const double number : noise(weights_.out_channels, 3))
      weights_.scale.push_back(static_cast<float>(number));
    for (const double number : noise(weights_.out_channels, 4))
      weights_.shift.push_back(static_cast<float>(number));
  }

  /// Rows 0 to step of the plane; the row above it is zeros.
  void make_plane(TiledRows& input) {
    input.reset(1);
    const std::vector<double> numbers = noise(weights_.in_channels * width_ * (kTileRows + 1), 5);
    plane_.assign(numbers.begin(), numbers.end());
    for (std::size_t row = 0; row <= kTileRows; ++row) {
      for (std::size_t channel = 0; channel < weights_.in_channels; ++channel) {
        for (std::size_t tile = 0; tile < input.tiles().size(); ++tile) {
          const ColumnTile& columns = input.tiles()[tile];
          const std::size_t count = std::min(columns.width(), width_ - columns.column);
          std::copy_n(plane_.data() + index(channel, row, columns.column), count,
                      input.next_row(tile, 0) + (channel * input.channel_stride()));
        }
      }
      input.commit(1);
    }
  }

  [[nodiscard]] std::size_t index(std::size_t channel, std::size_t row, std::size_t column) const {
    return (((row * weights_.in_channels) + channel) * width_) + column;
  }

  void expect_tile(const ColumnTile& tile, std::size_t channel, const float* output,
                   std::size_t stride) const {
    for (std::size_t row = 0; row < kTileRows; ++row, output += stride) {
      for (std::size_t i = 0; i < tile.width() && tile.column + i < width_; ++i) {
        expect_near(output[i], channel, row, tile.column + i);
      }
    }
  }

  void expect_near(float actual, std::size_t channel, std::size_t row, std::size_t column) const {
    double sum = 0;
    double magnitude = 1;
    for (std::size_t i = 0; i < weights_.values.size(); ++i) {
      const std::size_t position = weights_.positions[i];
      if (position / 9 / weights_.in_channels != channel) continue;
      const std::size_t y = row + (position % 9 / 3);  // one more than the row it reads
      const std::size_t x = column + (position % 3);
      if (y < 1 || x < 1 || x > width_) continue;
      const double product =
          static_cast<double>(weights_.values[i]) *
          static_cast<double>(plane_[index(position / 9 % weights_.in_channels, y - 1, x - 1)]);
      sum += product;
      magnitude += std::abs(product);
    }
    const double result =
        (sum * static_cast<double>(weights_.scale[channel])) + static_cast<double>(weights_.shift[channel]);
    ASSERT_NEAR(actual, relu_ ? std::max(result, 0.0) : result, 1e-6 * magnitude)
        << "width " << width_ << " channel " << channel << " row " << row << " column " << column;
  }

  ConvolutionWeights weights_;
  std::size_t width_ = 24;
  double density_ = 0.3;
  bool relu_ = true;
  std::vector<float> plane_;
};

TEST(SparseConvolution, ComputesEveryWidthOfTile) {
  for (const std::size_t width : {1U, 3U, 4U, 5U, 6U, 12U, 16U, 20U, 24U, 25U, 48U, 49U, 50U, 99U, 199U})
    Tester().width(width).test();
}

TEST(SparseConvolution, ComputesAnyNumberOfChannels) {
  for (const std::size_t in_channels : {1U, 2U, 7U, 33U, 63U, 64U, 65U, 200U}) {
    Tester().in_channels(in_channels).out_channels(48).test();
  }
}

TEST(SparseConvolution, ComputesFromNoWeightToAllOfThem) {
  for (const double density : {0.0, 0.01, 0.5, 1.0}) Tester().out_channels(32).density(density).test();
}

TEST(SparseConvolution, ComputesInBlocksAndRunsOfEverySize) {
  for (const double density : {0.01, 0.03, 0.1}) {
    Tester().width(8).in_channels(300).out_channels(40).density(density).test();
  }
}

TEST(SparseConvolution, KeepsNegativeResultsWithoutRelu) { Tester().relu(false).test(); }

}  // namespace
}  // namespace edgel3
