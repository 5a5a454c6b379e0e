#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "network/weights.h"
#include "nn/plane_rows.h"
#include "nn/winograd_transforms.h"

namespace edgel3 {

/// A 3x3 convolution with all its weights by Winograd's F(2x2, 3x3) around XNNPACK's GEMM, then scale, shift
/// and, if asked for, ReLU.
///
/// Products are summed in float32 over at most kDepth input channels, and these partial sums once more: one
/// sum over all channels would be farther from the exact result than Keras is.
class WinogradConvolution {
 public:
  /// Channels of planes are padded to a multiple of this; so many take one panel of XNNPACK's.
  static constexpr std::size_t kChannelUnit = 8;
  static constexpr std::size_t padded(std::size_t channels) {
    return (channels + kChannelUnit - 1) / kChannelUnit * kChannelUnit;
  }

  WinogradConvolution(const ConvolutionWeights& weights, bool relu);

  /// Memory for what is under way, which convolutions that run one after another share.
  class Workspace {
    friend class WinogradConvolution;
    std::vector<float> pixels_;    // [place][tile][input channel]
    std::vector<float> products_;  // [place][tile][output channel]
    OutputTile tile_;
  };

  /// Computes `tiles` of the plane of which `input` holds the rows from 2 * tiles.first_row - 1 to
  /// 2 * tiles.end_row, in padded(in_channels) channels. `done` is called with every OutputTile, which may
  /// reach past an odd last row or column of the plane, while it is in the cache.
  template <typename Done>
  void run(const PlaneRows& input, const TileRows& tiles, Workspace& workspace, Done done) const {
    reserve(workspace);
    const std::size_t end = tiles.end_row * tiles.columns;
    for (std::size_t first = tiles.first_row * tiles.columns; first < end; first += block_) {
      const std::size_t count = std::min(block_, end - first);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = (first + i) / tiles.columns;
        const std::size_t column = (first + i) % tiles.columns;
        transform_pixels(input.row(static_cast<std::ptrdiff_t>(2 * row) - 1) + (2 * column * in_channels_),
                         input.row_stride(), in_channels_, workspace.pixels_.data() + (i * in_channels_),
                         pixel_stride());
      }
      OutputTile& tile = workspace.tile_;
      for (tile.channel = 0; tile.channel < out_channels_; tile.channel += OutputTile::kMaxChannels) {
        tile.channels = std::min(OutputTile::kMaxChannels, out_channels_ - tile.channel);
        multiply(workspace, count);
        for (std::size_t i = 0; i < count; ++i) {
          tile.row = 2 * ((first + i) / tiles.columns);
          tile.column = 2 * ((first + i) % tiles.columns);
          finish(workspace, i);
          done(static_cast<const OutputTile&>(tile));
        }
      }
    }
  }

 private:
  /// Input channels whose products are summed in one float32 sum; with kMaxChannels output channels their
  /// weights at a place fill a quarter of a first-level cache.
  static constexpr std::size_t kDepth = 32;

  /// Between the places: 16 streams that lie a multiple of 4 KiB apart would share few sets of the cache.
  static constexpr std::size_t kStagger = 16;

  [[nodiscard]] std::size_t pixel_stride() const { return (block_ * in_channels_) + kStagger; }
  [[nodiscard]] std::size_t product_stride() const { return (block_ * OutputTile::kMaxChannels) + kStagger; }

  void reserve(Workspace& workspace) const;

  /// The products of `count` tiles for the output channels of workspace.tile_.
  void multiply(Workspace& workspace, std::size_t count) const;

  /// Makes tile `index` of the block out of its products.
  void finish(Workspace& workspace, std::size_t index) const;

  std::size_t in_channels_;   // padded
  std::size_t out_channels_;  // padded
  std::size_t block_;         // tiles that are computed at once
  float least_;               // of a result: 0 with ReLU
  std::vector<float> scale_;
  std::vector<float> shift_;
  /// By kMaxChannels output channels, place, kDepth input channels and panel of the GEMM: zeros to begin the
  /// sums with, then the weights.
  std::vector<float> packed_;
};

}  // namespace edgel3
