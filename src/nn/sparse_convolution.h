#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/model_file.h"
#include "nn/tiled_rows.h"

namespace edgel3 {

/// Rows that a tile of `vectors` vectors (the layer's widest) is computed with: as many as keep the sums in
/// registers.
constexpr std::size_t tile_rows(std::size_t vectors) { return vectors <= 3 ? 4 : 2; }

/// The non-zeros of a 3x3 convolution in the order in which a tile is computed, for inputs laid out as
/// TiledRows.
class SparseConvolution {
 public:
  /// Output channels that `run` computes at a time.
  static constexpr std::size_t kChannelsPerRun = 16;

  /// Floats that `run` writes at most.
  static constexpr std::size_t kMaxOutput = kChannelsPerRun * kMaxVectors * 2 * kLanes;

  SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input);

  [[nodiscard]] std::size_t out_channels() const { return scale_.size(); }

  /// Computes output channels `channel` to channel + kChannelsPerRun of one tile of the next rows of `input`,
  /// with scale, shift and ReLU: output[channel][row][column], input.step() rows of tile.width() columns.
  /// `channel` is a multiple of kChannelsPerRun.
  void run(const TiledRows& input, std::size_t tile, std::size_t channel, float* output) const;

 private:
  struct NonZero {
    std::uint32_t offset;  // in bytes, from TiledRows::window
    float weight;
  };

  /// What a kernel needs. `begins`: where the non-zeros of each of kChannelsPerRun output channels begin, and
  /// the end.
  struct Channels {
    const NonZero* nonzeros;
    const std::uint32_t* begins;
    const float* scale;
    const float* shift;
    float least;  // of a result: 0 with ReLU
  };

  using Kernel = void (*)(const Channels& channels, const float* window, float* output);

  template <std::size_t kRows, std::size_t kVectors, std::size_t kWidest>
  static void run_tile(const Channels& channels, const float* window, float* output);

  static Kernel find_kernel(std::size_t vectors, std::size_t widest);

  float least_;
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<NonZero> nonzeros_;
  std::vector<std::uint32_t> begins_;  // per output channel, and the end
  /// Per tile. Called through a pointer, because V8 replaces baseline code by optimised code only where a
  /// function is called anew: a kernel inlined into its caller would run slowly for a whole window.
  std::vector<Kernel> kernels_;
};

}  // namespace edgel3
