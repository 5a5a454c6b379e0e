#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "network/architecture.h"
#include "network/weights.h"
#include "nn/xnnpack/gemm.h"

namespace edgel3 {

/// Planes of pixels (channels last) with a border of one pixel of zeros around them.
struct BorderedPlane {
  PlaneSize size;
  std::size_t channels = 0;

  [[nodiscard]] std::size_t row_stride() const { return (size.width + 2) * channels; }
  [[nodiscard]] std::size_t float_count() const { return (size.height + 2) * row_stride(); }

  /// Where the pixel at `row` and `column` starts.
  [[nodiscard]] std::size_t offset(std::size_t row, std::size_t column) const {
    return ((row + 1) * row_stride()) + ((column + 1) * channels);
  }
};

/// A 3x3 convolution with all its weights, then scale, shift and, if asked for, ReLU.
///
/// Products are summed in float32 by XNNPACK's GEMM over at most kDepth input channels of one tap, and these
/// partial sums in double: one float32 sum over all taps and channels would be farther from the exact result
/// than Keras is.
class DenseConvolution {
 public:
  DenseConvolution(const ConvolutionWeights& weights, bool relu);

  [[nodiscard]] std::size_t out_channels() const { return out_channels_; }

  /// A piece of the output: kChannels channels from `channel` on of 1 or 2 rows (the first of them even) and
  /// 1 to kPixels columns.
  struct Tile {
    static constexpr std::size_t kRows = 2;
    static constexpr std::size_t kPixels = xnnpack::kGemmRows;
    static constexpr std::size_t kChannels = xnnpack::kGemmColumns;

    std::size_t channel = 0;
    std::size_t row = 0;
    std::size_t column = 0;
    std::size_t rows = 0;
    std::size_t pixels = 0;
    std::array<float, kRows * kPixels * kChannels> values{};  // [row][pixel][channel]

    [[nodiscard]] const float* pixel(std::size_t i, std::size_t j) const {
      return values.data() + (((i * kPixels) + j) * kChannels);
    }
  };

  /// `input`: a plane of in_channels with its border. `done` is called with every Tile of the output plane,
  /// which has the same size, while it is in the cache.
  template <typename Done>
  void run(const float* input, PlaneSize size, Done done) const {
    const BorderedPlane plane{.size = size, .channels = in_channels_};
    Tile tile;
    for (tile.channel = 0; tile.channel < out_channels_; tile.channel += Tile::kChannels) {
      for (tile.row = 0; tile.row < size.height; tile.row += Tile::kRows) {
        tile.rows = std::min(Tile::kRows, size.height - tile.row);
        for (tile.column = 0; tile.column < size.width; tile.column += Tile::kPixels) {
          tile.pixels = std::min(Tile::kPixels, size.width - tile.column);
          compute(input, plane, tile);
          done(tile);
        }
      }
    }
  }

 private:
  void compute(const float* input, const BorderedPlane& plane, Tile& tile) const;

  std::size_t in_channels_;
  std::size_t out_channels_;
  bool relu_;
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<float>
      packed_;  // per block of output channels, tap and slice of input channels: zeros, then weights
};

}  // namespace edgel3
