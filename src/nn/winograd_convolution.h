#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "network/weights.h"
#include "nn/kernels/gemm.h"
#include "nn/kernels/winograd_transforms.h"
#include "nn/plane_rows.h"

namespace edgel3 {

/// A 3x3 convolution with all its weights by Winograd's algorithm around matrix products, then scale, shift
/// and, if asked for, ReLU.
///
/// The products of a slice of the input channels are summed in float32, and then these partial sums: one sum
/// over all channels would be farther from the exact result than Keras is. Tiles of 4x4 pixels, whose
/// transforms magnify what the sums round, have slices half as deep.
class WinogradConvolution {
 public:
  /// Channels of planes are padded to a multiple of this; so many take one panel of the GEMM.
  static constexpr std::size_t kChannelUnit = 8;
  static constexpr std::size_t padded(std::size_t channels) {
    return (channels + kChannelUnit - 1) / kChannelUnit * kChannelUnit;
  }

  WinogradConvolution(const ConvolutionWeights& weights, bool relu, const WinogradTransforms& transforms);

  /// Rows and columns of its tiles.
  [[nodiscard]] std::size_t tile_side() const { return transforms_->side; }

  /// Memory for what is under way, which convolutions that run one after another share.
  class Workspace {
    friend class WinogradConvolution;
    std::vector<float> pixels_;    // [place][kGemmDepth of the input channels][tile][channel]
    std::vector<float> products_;  // [place][tile][channel], of tile_'s channels
    OutputTile tile_;
  };

  /// Makes room for what `run` needs, which does so itself.
  void reserve(Workspace& workspace) const;

  /// Computes `tiles` of the plane of which `input` holds all rows that these tiles cover, the one above and
  /// the one below, in padded(in_channels) channels. `done` is called with every OutputTile, which may reach
  /// past the last row or column of the plane, while it is in the cache.
  template <typename Done>
  void run(const PlaneRows& input, const TileRows& tiles, Workspace& workspace, Done done) const {
    reserve(workspace);
    OutputTile& tile = workspace.tile_;
    tile.side = tile_side();
    const std::size_t end = tiles.end_row * tiles.columns;
    for (std::size_t first = tiles.first_row * tiles.columns; first < end; first += kTiles) {
      const std::size_t count = std::min(kTiles, end - first);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = (first + i) / tiles.columns;
        const std::size_t column = (first + i) % tiles.columns;
        begin(
            workspace,
            input.row(static_cast<std::ptrdiff_t>(row * tile.side) - 1) + (column * tile.side * in_channels_),
            input.row_stride(), i, count);
      }
      for (tile.channel = 0; tile.channel < out_channels_; tile.channel += OutputTile::kMaxChannels) {
        tile.channels = std::min(OutputTile::kMaxChannels, out_channels_ - tile.channel);
        multiply(workspace, count);
        for (std::size_t i = 0; i < count; ++i) {
          tile.row = tile.side * ((first + i) / tiles.columns);
          tile.column = tile.side * ((first + i) % tiles.columns);
          finish(workspace, i, count);
          done(static_cast<const OutputTile&>(tile));
        }
      }
    }
  }

 private:
  /// Tiles that are computed at once. The weights of deep layers do not stay in any cache, so they are to be
  /// read for many tiles.
  static constexpr std::size_t kTiles = 48;
  static_assert(kTiles % kGemmRows == 0, "the GEMM reads a multiple of kGemmRows");

  /// Between the places: 16 or more streams that lie a multiple of 4 KiB apart would share few sets of the
  /// cache.
  static constexpr std::size_t kStagger = 16;

  /// Floats from a place to the next one, of so many tiles.
  [[nodiscard]] std::size_t pixel_stride(std::size_t tiles) const {
    const std::size_t rows = (in_channels_ + kGemmDepth - 1) / kGemmDepth * tiles;
    return (rows * kGemmDepth) + kStagger;
  }
  [[nodiscard]] std::size_t product_stride(std::size_t tiles) const {
    return (tiles * std::min(OutputTile::kMaxChannels, out_channels_)) + kStagger;
  }

  /// Transforms the pixels of tile `index` of `count`, the upper left one of which is `pixels`.
  void begin(Workspace& workspace, const float* pixels, std::size_t row_stride, std::size_t index,
             std::size_t count) const;

  /// The products of `count` tiles for the channels of workspace.tile_.
  void multiply(Workspace& workspace, std::size_t count) const;

  /// The same at one place, for `columns` output channels, of which `packed` has the weights.
  void multiply(const float* pixels, std::size_t count, std::size_t columns, const float* packed,
                float* products) const;

  /// Makes the values of workspace.tile_, the one with this index of `count`, out of their products.
  void finish(Workspace& workspace, std::size_t index, std::size_t count) const;

  const WinogradTransforms* transforms_;
  std::size_t depth_;         // input channels whose products are summed in one float32 sum
  std::size_t in_channels_;   // padded
  std::size_t out_channels_;  // padded
  float min_output_;          // of a result: 0 with ReLU
  std::vector<float> scale_;
  std::vector<float> shift_;
  /// By run of kMaxChannels output channels, place, slice of depth_ input channels and panel of the GEMM, and
  /// another panel that is never multiplied.
  std::vector<float> packed_;
};

}  // namespace edgel3
