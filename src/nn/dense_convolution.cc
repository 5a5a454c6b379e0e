#include "nn/dense_convolution.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace edgel3 {
namespace {

using xnnpack::kGemmColumns;

constexpr std::size_t kTaps = 9;
constexpr std::size_t kDepth = 64;  // input channels that are summed in float32

}  // namespace

DenseConvolution::DenseConvolution(const ConvolutionWeights& weights, bool relu)
    : in_channels_(weights.in_channels),
      out_channels_(weights.out_channels),
      relu_(relu),
      scale_(weights.scale),
      shift_(weights.shift) {
  assert(out_channels_ % kGemmColumns == 0);
  for (std::size_t block = 0; block < out_channels_; block += kGemmColumns) {
    for (std::size_t tap = 0; tap < kTaps; ++tap) {
      for (std::size_t in = 0; in < in_channels_; ++in) {
        if (in % kDepth == 0) packed_.insert(packed_.end(), kGemmColumns, 0.0F);
        for (std::size_t out = block; out < block + kGemmColumns; ++out) {
          packed_.push_back(weights.values[(((out * in_channels_) + in) * kTaps) + tap]);
        }
      }
    }
  }
}

void DenseConvolution::compute(const float* input, const BorderedPlane& plane, Tile& tile) const {
  constexpr std::size_t kChannels = Tile::kChannels;
  const std::size_t packed_per_block = packed_.size() / (out_channels_ / kChannels);
  for (std::size_t i = 0; i < tile.rows; ++i) {
    std::array<double, Tile::kPixels * kChannels> sums{};
    std::array<float, Tile::kPixels * kChannels> partial{};
    const float* packed = packed_.data() + (tile.channel / kChannels * packed_per_block);
    // The pixel above and to the left of the first one.
    const float* first = input + plane.offset(tile.row + i, tile.column) - plane.row_stride() - in_channels_;
    for (std::size_t tap = 0; tap < kTaps; ++tap) {
      const float* pixel = first + (tap / 3 * plane.row_stride()) + (tap % 3 * in_channels_);
      for (std::size_t in = 0; in < in_channels_; in += kDepth) {
        const std::size_t depth = std::min(kDepth, in_channels_ - in);
        xnnpack::multiply_tile(tile.pixels, depth, pixel + in, in_channels_, packed, partial.data());
        packed += (1 + depth) * kChannels;
        for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += static_cast<double>(partial[j]);
      }
    }
    std::array<float, Tile::kPixels * kChannels> results{};
    for (std::size_t pixel = 0; pixel < Tile::kPixels; ++pixel) {
      for (std::size_t j = 0; j < kChannels; ++j) {
        const double sum = sums[(pixel * kChannels) + j];
        const auto result = static_cast<float>((sum * scale_[tile.channel + j]) + shift_[tile.channel + j]);
        results[(pixel * kChannels) + j] = relu_ ? std::max(result, 0.0F) : result;
      }
    }
    std::ranges::copy(results, tile.values.begin() + static_cast<std::ptrdiff_t>(i * results.size()));
  }
}

}  // namespace edgel3
