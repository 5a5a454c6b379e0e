#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/weights.h"
#include "nn/tile_kernel.h"
#include "nn/tiled_rows.h"

namespace edgel3 {

/// The non-zeros of a 3x3 convolution in the order in which a tile is computed, for inputs laid out as
/// TiledRows.
class SparseConvolution {
 public:
  SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input);

  /// Output channels between which the sums go back and forth, so that the lines of kChannelsPerBlock input
  /// channels can stay in the first-level cache.
  static constexpr std::size_t kChannelsPerRun = 16;

  /// Room for what `run` computes at a time.
  struct alignas(kLineStride * sizeof(float)) Sums {
    std::array<float, kChannelsPerRun * kTileRows * kMaxVectors * kLanes> floats;
  };

  [[nodiscard]] std::size_t out_channels() const { return scale_.size(); }

  /// Computes all output channels of one tile of the next rows of `input`, with scale, shift and ReLU, and
  /// calls `done(channel, rows)` for each as soon as it is there; `rows` [kTileRows][tile.width()] is valid
  /// until `done` returns, and a part of `sums`. What `done` stores reaches memory while the next channel is
  /// computed.
  template <typename Done>
  void run(const TiledRows& input, std::size_t tile, Sums& sums, Done done) const {
    const std::size_t size = kTileRows * input.tiles()[tile].width();
    for (std::size_t first = 0; first < out_channels(); first += kChannelsPerRun) {
      Progress progress = begin(input, tile, first, sums.floats.data());
      float* rows = sums.floats.data();
      for (std::size_t channel = first; channel < first + kChannelsPerRun; ++channel, rows += size) {
        finish(progress, channel, size, rows);
        done(channel, static_cast<const float*>(rows));
      }
    }
  }

 private:
  static constexpr std::size_t kChannelsPerBlock = 64;

  struct Progress {
    TileKernel kernel = nullptr;
    NonZeros nonzeros;
    const float* tile_input = nullptr;
  };

  /// Sums all blocks of input channels but the last, for kChannelsPerRun output channels.
  Progress begin(const TiledRows& input, std::size_t tile, std::size_t first_channel, float* sums) const;

  /// Adds the last block to the `size` sums of one channel, and applies scale, shift and ReLU.
  void finish(Progress& progress, std::size_t channel, std::size_t size, float* sums) const;

  /// The non-zeros `begin` to `end` of `weights`: those of one output channel in kChannelsPerBlock input
  /// channels, of which the first weight has position `first_position`.
  struct Block {
    std::size_t first_position = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// In the order in which they are summed: by run of output channels, block of input channels, output
  /// channel.
  [[nodiscard]] std::vector<Block> find_blocks(const ConvolutionWeights& weights) const;

  void add_block(const ConvolutionWeights& weights, const Block& block, const TiledRows& input);

  std::size_t blocks_;
  float min_output_;  // of a result: 0 with ReLU
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<std::uint64_t> offsets_;  // see NonZeros; in the order of find_blocks
  std::vector<float> weights_;
  std::vector<std::uint16_t> counts_;
  std::vector<std::uint32_t> begins_;  // per run of output channels: its first element of offsets_
};

}  // namespace edgel3
