#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "network/weights.h"
#include "nn/plane_rows.h"
#include "support/integers.h"

namespace edgel3 {

inline ConvolutionWeights integer_weights(std::size_t in_channels, std::size_t out_channels) {
  // Multiples of four, so that Winograd's transformed weights are whole.
  std::vector<float> values = integers(out_channels * in_channels * 9, 4);
  for (float& value : values) value *= 4;
  return {.in_channels = in_channels,
          .out_channels = out_channels,
          .scale = integers(out_channels, 2),
          .shift = integers(out_channels, 3),
          .values = values,
          .positions = {}};
}

/// A plane with whole numbers inside, zeros in the border and in the channels that only fill up a pixel.
struct IntegerPlane {
  PlaneSize size;
  std::size_t channels = 0;
  std::size_t stored_channels = 0;
  std::vector<float> memory;

  IntegerPlane(PlaneSize plane_size, std::size_t channel_count, std::size_t stored)
      : size(plane_size), channels(channel_count), stored_channels(stored) {
    memory.resize(PlaneRows::stored_columns(size.height) * PlaneRows::stored_columns(size.width) * stored);
    for (std::size_t row = 0; row < size.height; ++row) {
      for (std::size_t column = 0; column < size.width; ++column) {
        const std::vector<float> numbers = integers(channels, 5 + (row * 31) + column);
        std::ranges::copy(numbers, rows().pixel(row, column));
      }
    }
  }

  [[nodiscard]] PlaneRows rows() {
    return {.storage = memory.data(), .width = size.width, .channels = stored_channels, .first_row = 0};
  }

  /// Of so many rows and as many columns each.
  [[nodiscard]] TileRows tiles(std::size_t side) const {
    return {.first_row = 0,
            .end_row = (size.height + side - 1) / side,
            .columns = (size.width + side - 1) / side};
  }
};

/// A number of a convolution's output.
struct DefinedOutput {
  float value = 0;
  double magnitude = 0;  ///< of what was added up
};

/// By definition; 0 outside the plane is not asked for.
inline DefinedOutput defined_output(const ConvolutionWeights& weights, bool relu, IntegerPlane& input,
                                    std::size_t row, std::size_t column, std::size_t out) {
  double sum = 0;
  double magnitude = 0;
  for (std::size_t in = 0; in < weights.in_channels; ++in) {
    for (std::size_t tap = 0; tap < 9; ++tap) {
      const float* const line = input.rows().row(static_cast<std::ptrdiff_t>(row + (tap / 3)) -
                                                 1);  // the border makes it the tap's
      const double product = double{weights.values[(((out * weights.in_channels) + in) * 9) + tap]} *
                             line[((column + (tap % 3)) * input.stored_channels) + in];
      sum += product;
      magnitude += std::abs(product);
    }
  }
  const double result = (sum * weights.scale[out]) + weights.shift[out];
  return {.value = static_cast<float>(relu ? std::max(result, 0.0) : result),
          .magnitude = magnitude * std::abs(weights.scale[out])};
}

/// Expects of `run(done)`, which calls `done` with every tile, each number of the plane once and as defined,
/// up to `tolerance` times the magnitude of what is added up.
template <typename Run>
void expect_defined_tiles(const ConvolutionWeights& weights, bool relu, IntegerPlane& input, Run run,
                          double tolerance = 0) {
  const PlaneSize size = input.size;
  std::vector<int> seen(size.height * size.width * weights.out_channels);
  run([&](const OutputTile& tile) {
    for (std::size_t i = 0; i < tile.side * tile.side; ++i) {
      const std::size_t row = tile.row + (i / tile.side);
      const std::size_t column = tile.column + (i % tile.side);
      const float* const numbers = tile.pixel(i / tile.side, i % tile.side);
      if (row >= size.height || column >= size.width) continue;
      for (std::size_t channel = 0; channel < tile.channels; ++channel) {
        const std::size_t out = tile.channel + channel;
        if (out >= weights.out_channels) {
          ASSERT_EQ(numbers[channel], 0) << "what fills up a pixel is zero";
          continue;
        }
        const DefinedOutput expected = defined_output(weights, relu, input, row, column, out);
        ASSERT_NEAR(numbers[channel], expected.value, tolerance * expected.magnitude)
            << "row " << row << ", column " << column << ", channel " << out;
        ++seen[(((row * size.width) + column) * weights.out_channels) + out];
      }
    }
  });
  EXPECT_TRUE(std::ranges::all_of(seen, [](int count) { return count == 1; }))
      << weights.in_channels << " to " << weights.out_channels << " channels, " << size.height << "x"
      << size.width;
}

}  // namespace edgel3
