#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "network/weights.h"
#include "nn/plane_rows.h"

namespace edgel3 {

/// The 3x3 convolution of a plane of one channel, then scale, shift and, if asked for, ReLU.
///
/// In double and rounded once. It is a small part of a network's work, and what it rounds is in all that
/// follows: in float32 it alone took SEA-64's embedding of silence farther from the exact one than Keras is.
class FirstConvolution {
 public:
  /// Rows and columns of its tiles.
  static constexpr std::size_t kTileSide = 2;

  FirstConvolution(const ConvolutionWeights& weights, bool relu);

  /// As WinogradConvolution::run, of a plane of one channel.
  template <typename Done>
  void run(const PlaneRows& input, const TileRows& tiles, OutputTile& tile, Done done) const {
    tile.side = kTileSide;
    for (std::size_t row = tiles.first_row; row < tiles.end_row; ++row) {
      for (std::size_t column = 0; column < tiles.columns; ++column) {
        tile.row = kTileSide * row;
        tile.column = kTileSide * column;
        const Patch patch = gather(input, tile.row, tile.column);
        for (tile.channel = 0; tile.channel < out_channels_; tile.channel += OutputTile::kMaxChannels) {
          compute(patch, tile);
          done(static_cast<const OutputTile&>(tile));
        }
      }
    }
  }

 private:
  static constexpr std::size_t kTaps = 9;
  static constexpr std::size_t kPixels = kTileSide * kTileSide;
  using Patch = std::array<std::array<double, kTaps>, kPixels>;  // what each pixel is made of

  static Patch gather(const PlaneRows& input, std::size_t row, std::size_t column);
  void compute(const Patch& patch, OutputTile& tile) const;

  std::size_t out_channels_;  // padded
  float min_output_;          // of a result: 0 with ReLU
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<double> packed_;  // by four output channels, tap and channel
};

}  // namespace edgel3
