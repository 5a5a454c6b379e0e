#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/model_file.h"
#include "nn/tile_kernel.h"
#include "nn/tiled_rows.h"

namespace edgel3 {

/// The non-zeros of a 3x3 convolution in the order in which a tile is computed, for inputs laid out as
/// TiledRows.
class SparseConvolution {
 public:
  SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input);

  [[nodiscard]] std::size_t out_channels() const { return scale_.size(); }

  /// Computes output channels `channel` to channel + kChannelsPerRun of one tile of the next rows of `input`,
  /// with scale, shift and ReLU: output[channel][row][column], kTileRows rows of tile.width() columns,
  /// kMaxSums floats at most. `channel` is a multiple of kChannelsPerRun.
  void run(const TiledRows& input, std::size_t tile, std::size_t channel, float* output) const;

 private:
  /// Input channels that are walked through at a time, for kChannelsPerRun output channels: their lines stay
  /// in the first-level cache meanwhile.
  static constexpr std::size_t kChannelsPerBlock = 64;

  void add_block(const ConvolutionWeights& weights, std::size_t out, std::size_t first_in,
                 const TiledRows& input);

  std::size_t blocks_;
  float least_;  // of a result: 0 with ReLU
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<std::uint64_t> offsets_;  // see NonZeros; by run of output channels, block, output channel
  std::vector<float> weights_;
  std::vector<std::uint16_t> counts_;
  std::vector<std::uint32_t> begins_;  // per run of output channels: its first element of offsets_
};

}  // namespace edgel3
