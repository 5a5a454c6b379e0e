#include "nn/sparse_convolution.h"

#include <cassert>
#include <limits>
#include <utility>

namespace edgel3 {
namespace {

/// Products that are summed in float32; these sums are then summed in double. One long float32 sum would be
/// farther from the exact result than Keras is.
constexpr std::ptrdiff_t kLongestSum = 32;

}  // namespace

SparseConvolution::SparseConvolution(const ConvolutionWeights& weights, bool relu, const TiledRows& input)
    : least_(relu ? 0 : -std::numeric_limits<float>::infinity()),
      scale_(weights.scale),
      shift_(weights.shift) {
  assert(weights.out_channels % kChannelsPerRun == 0);
  const std::size_t weights_per_channel = weights.in_channels * 9;
  nonzeros_.reserve(weights.values.size());
  begins_.push_back(0);
  for (std::size_t out = 0, next = 0; out < weights.out_channels; ++out) {
    for (; next < weights.values.size() && weights.positions[next] < (out + 1) * weights_per_channel;
         ++next) {
      const std::size_t position = weights.positions[next] - (out * weights_per_channel);
      const std::size_t offset =
          (position / 9 * input.channel_stride()) + (position % 9 / 3 * input.line_stride()) + (position % 3);
      nonzeros_.push_back(
          {.offset = static_cast<std::uint32_t>(offset * sizeof(float)), .weight = weights.values[next]});
    }
    begins_.push_back(static_cast<std::uint32_t>(next));
  }
  const std::size_t widest = input.tiles().front().vectors;
  assert(input.step() == tile_rows(widest));
  for (const Tile& tile : input.tiles()) kernels_.push_back(find_kernel(tile.vectors, widest));
}

/// `kWidest`: vectors of the layer's widest tile, which fixes the distance of the lines.
template <std::size_t kRows, std::size_t kVectors, std::size_t kWidest>
void SparseConvolution::run_tile(const Channels& channels, const float* window, float* output) {
  constexpr std::size_t kLineStride = (kWidest + 1) * kLanes;
  const NonZero* nonzero = channels.nonzeros + channels.begins[0];
  for (std::size_t channel = 0; channel < kChannelsPerRun; ++channel) {
    WideSum totals[kRows][kVectors];
    const NonZero* const end = channels.nonzeros + channels.begins[channel + 1];
    while (nonzero != end) {
      const NonZero* const part_end = end - nonzero > kLongestSum ? nonzero + kLongestSum : end;
      Vector sums[kRows][kVectors] = {};
      for (; nonzero != part_end; ++nonzero) {
        const auto* input =
            reinterpret_cast<const float*>(reinterpret_cast<const char*>(window) + nonzero->offset);
        const Vector weight = splat(nonzero->weight);
        for (std::size_t row = 0; row < kRows; ++row) {
          for (std::size_t i = 0; i < kVectors; ++i) {
            sums[row][i] =
                multiply_add(load(input + (row * kLineStride) + (i * kLanes)), weight, sums[row][i]);
          }
        }
      }
      for (std::size_t row = 0; row < kRows; ++row) {
        for (std::size_t i = 0; i < kVectors; ++i) totals[row][i].add(sums[row][i]);
      }
    }
    const double scale = channels.scale[channel];
    const double shift = channels.shift[channel];
    const Vector least = splat(channels.least);
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t i = 0; i < kVectors; ++i) {
        store(output, maximum(totals[row][i].scaled(scale, shift), least));
        output += kLanes;
      }
    }
  }
}

SparseConvolution::Kernel SparseConvolution::find_kernel(std::size_t vectors, std::size_t widest) {
  switch ((10 * widest) + vectors) {
    case 66:
      return run_tile<2, 6, 6>;
    case 65:
      return run_tile<2, 5, 6>;
    case 55:
      return run_tile<2, 5, 5>;
    case 54:
      return run_tile<2, 4, 5>;
    case 44:
      return run_tile<2, 4, 4>;
    case 43:
      return run_tile<2, 3, 4>;
    case 33:
      return run_tile<4, 3, 3>;
    case 32:
      return run_tile<4, 2, 3>;
    case 22:
      return run_tile<4, 2, 2>;
    default:
      std::unreachable();  // a plane of at most 4 columns, or tiles that differ by more than one vector
  }
}

void SparseConvolution::run(const TiledRows& input, std::size_t tile, std::size_t channel,
                            float* output) const {
  assert(channel % kChannelsPerRun == 0 && channel < out_channels());
  const Channels channels{.nonzeros = nonzeros_.data(),
                          .begins = begins_.data() + channel,
                          .scale = scale_.data() + channel,
                          .shift = shift_.data() + channel,
                          .least = least_};
  kernels_[tile](channels, input.window(tile), output);
}

}  // namespace edgel3
