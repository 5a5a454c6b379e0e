#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "network/weights.h"
#include "nn/kernels/sparse_tile.h"
#include "nn/tiled_rows.h"

namespace edgel3 {

/// The non-zeros of a 3x3 convolution in the order in which a tile is computed, for inputs laid out as
/// TiledRows.
///
/// Input channels are taken in blocks, so that the lines of one can stay in the first-level cache; output
/// channels in runs, between which and the blocks the sums go back and forth. The fewer non-zeros, the larger
/// both are.
class SparseConvolution {
 public:
  SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input);

  [[nodiscard]] std::size_t out_channels() const { return scale_.size(); }

  /// Floats of working memory that `run` needs.
  [[nodiscard]] std::size_t sums_size() const { return run_ * kTileRows * kMaxVectors * kLanes; }

  /// Where the results of a tile go; see TileResults.
  struct Target {
    TileOutcome outcome = TileOutcome::kRows;
    float* to = nullptr;
    std::size_t channel_stride = 0;
  };

  /// Receives the results of a channel of a tile, [kTileRows][columns of the tile], valid during the call.
  using Observer = std::function<void(std::size_t channel, const float* rows)>;

  /// Computes all output channels of one tile of the next rows of `input`, with scale, shift and ReLU, and
  /// stores them in `target`; every result goes to `observer` too, where there is one, before any pooling.
  /// `sums`: sums_size() floats.
  void run(const TiledRows& input, std::size_t tile, const Target& target, std::span<float> sums,
           const Observer* observer = nullptr) const;

 private:
  /// The non-zeros `begin` to `end` of `weights`: those of one output channel in a block of input channels,
  /// of which the first weight has position `first_position`.
  struct Block {
    std::size_t first_position = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// In the order in which they are summed: by run of output channels, block of input channels, output
  /// channel.
  [[nodiscard]] std::vector<Block> find_blocks(const ConvolutionWeights& weights) const;

  void add_block(const ConvolutionWeights& weights, const Block& block, const TiledRows& input);
  void observe(const float* sums, std::size_t size, std::size_t first_channel, std::size_t channels,
               const Observer& observer) const;

  std::size_t block_;   // input channels
  std::size_t blocks_;  // all but the last one have block_ channels
  std::size_t run_;     // output channels
  float min_output_;    // of a result: 0 with ReLU
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<std::uint64_t> offsets_;  // see NonZeros; in the order of find_blocks
  std::vector<float> weights_;
  std::vector<std::uint16_t> counts_;
  std::vector<std::uint32_t> begins_;  // per run of output channels: its first element of offsets_
};

}  // namespace edgel3
