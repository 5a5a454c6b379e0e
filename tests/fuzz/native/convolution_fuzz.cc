// A sparse convolution of any shape and any non-zeros, against its definition. Weights, inputs, scale and
// shift are small integers, of which every sum is exact in float32, so not one bit may differ.

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "nn/sparse_convolution.h"
#include "support/require.h"

namespace edgel3 {
namespace {

constexpr std::size_t kMostColumns = 26;  // three tiles
constexpr std::size_t kMostChannels = 66;

/// Rows 0 to kTileRows of a plane of integers from -8 to 8: channel, row, column. The row above is zeros.
using Plane = std::array<std::array<std::array<float, kMostColumns>, kTileRows + 1>, kMostChannels>;

const Plane& input_plane() {
  static const Plane plane = [] {
    Plane numbers;
    std::uint32_t next = 1;
    for (auto& channel : numbers) {
      for (auto& row : channel) {
        for (float& number : row) {
          next = (next * 1664525) + 1013904223;
          number = static_cast<float>((next >> 16U) % 17) - 8;
        }
      }
    }
    return numbers;
  }();
  return plane;
}

struct Shape {
  std::size_t width = 1;
  bool relu = false;
  ConvolutionWeights weights;
};

Shape consume_shape(FuzzedDataProvider& provider) {
  Shape shape{.width = provider.ConsumeIntegralInRange<std::size_t>(1, kMostColumns),
              .relu = provider.ConsumeBool(),
              .weights = {}};
  ConvolutionWeights& weights = shape.weights;
  weights.in_channels =
      provider.PickValueInArray({1UZ, 1UZ, 1UZ, 2UZ, 2UZ, 3UZ, 5UZ, 9UZ, 63UZ, 64UZ, 65UZ, kMostChannels});
  weights.out_channels = 16;
  for (std::size_t i = 0; i < weights.out_channels; ++i) {
    weights.scale.push_back(static_cast<float>(i % 3) - 1);
    weights.shift.push_back(static_cast<float>(i % 7) - 3);
  }
  const std::size_t count = weights.out_channels * weights.in_channels * 9;
  std::size_t position = provider.ConsumeIntegralInRange<std::size_t>(0, count - 1);
  while (position < count && provider.remaining_bytes() > 0) {
    weights.positions.push_back(static_cast<std::uint32_t>(position));
    weights.values.push_back(provider.ConsumeIntegral<std::int8_t>());
    position += 1 + provider.ConsumeIntegral<std::uint8_t>();
  }
  return shape;
}

void fill(TiledRows& input, const Shape& shape) {
  input.reset(1);
  for (std::size_t row = 0; row <= kTileRows; ++row) {
    for (std::size_t channel = 0; channel < shape.weights.in_channels; ++channel) {
      const float* const numbers = input_plane()[channel][row].data();
      for (std::size_t tile = 0; tile < input.tiles().size(); ++tile) {
        const ColumnTile& columns = input.tiles()[tile];
        const std::size_t end = std::min(columns.column + columns.width(), shape.width);
        std::copy(numbers + columns.column, numbers + end,
                  input.next_row(tile, 0) + (channel * input.channel_stride()));
      }
    }
    input.commit(1);
  }
}

/// What the convolution of the first kTileRows rows adds up, by its definition: channel, row, column.
using Sums = std::array<std::array<std::array<float, kMostColumns>, kTileRows>, 16>;

void sum_by_definition(const Shape& shape, Sums& sums) {
  const ConvolutionWeights& weights = shape.weights;
  for (std::size_t i = 0; i < weights.positions.size(); ++i) {
    const std::size_t tap = weights.positions[i] % 9;
    const std::size_t kernel = weights.positions[i] / 9;
    const auto& plane = input_plane()[kernel % weights.in_channels];
    auto& sum = sums[kernel / weights.in_channels];
    for (std::size_t row = tap < 3 ? 1 : 0; row < kTileRows; ++row) {
      for (std::size_t column = tap % 3 == 0 ? 1 : 0;
           column + (tap % 3) <= shape.width && column < shape.width; ++column) {
        sum[row][column] += weights.values[i] * plane[row + (tap / 3) - 1][column + (tap % 3) - 1];
      }
    }
  }
}

void compare_with_definition(const Shape& shape) {
  TiledRows input(shape.weights.in_channels, shape.width, cut_columns(shape.width), kTileRows + 2);
  fill(input, shape);
  Sums expected{};
  sum_by_definition(shape, expected);
  const SparseConvolution convolution(shape.weights, shape.relu, input);
  std::vector<float> sums(convolution.sums_size());
  for (std::size_t index = 0; index < input.tiles().size(); ++index) {
    const ColumnTile& tile = input.tiles()[index];
    const std::size_t columns = std::min(tile.width(), shape.width - tile.column);
    constexpr std::size_t kChannelStride = kTileRows * kLineStride;
    std::vector<float> results(shape.weights.out_channels * kChannelStride);
    input.prepare(index);
    convolution.run(input, index,
                    {.outcome = TileOutcome::kRows, .to = results.data(), .channel_stride = kChannelStride},
                    sums);
    for (std::size_t channel = 0; channel < shape.weights.out_channels; ++channel) {
      bool equal = true;
      const float* rows = results.data() + (channel * kChannelStride);
      for (std::size_t row = 0; row < kTileRows; ++row, rows += kLineStride) {
        for (std::size_t i = 0; i < columns; ++i) {
          const float result = (expected[channel][row][tile.column + i] * shape.weights.scale[channel]) +
                               shape.weights.shift[channel];
          equal &= rows[i] == (shape.relu ? std::max(result, 0.0F) : result);
        }
      }
      require(equal, "a convolution is what its definition says");
    }
  }
}

}  // namespace
}  // namespace edgel3

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider provider(data, size);
  edgel3::compare_with_definition(edgel3::consume_shape(provider));
  return 0;
}
